#include <string>
#include <vector>

#include "hooks/command.h"
#include "hooks/start.h"

int main(int argc, char** argv) {
  hooks::SecureStandardStreams();
  const std::vector<std::string> arguments(argv + (argc > 0), argv + argc);
  hooks::Process process = hooks::ThisProcess();
  return static_cast<int>(hooks::Run(arguments, process));
}
