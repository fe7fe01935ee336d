#include "hooks/hook_input.h"

#include <istream>
#include <iterator>
#include <stdexcept>

namespace hooks {

std::string ReadAll(std::istream& in) {
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) throw std::runtime_error("cannot read standard input");
  return text;
}

std::string Variable(const Process& process, std::string_view name) {
  const auto found = process.environment.find(name);
  return found == process.environment.end() ? "" : found->second;
}

}  // namespace hooks
