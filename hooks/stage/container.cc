#include "hooks/stage/container.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace stage {
namespace {

bool IsInPath(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty() && access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  return false;
}

}  // namespace

tl::expected<std::string, std::string> FindEngine(const std::string& asked) {
  if (!asked.empty()) {
    if (IsInPath(asked)) return asked;
    return tl::unexpected(fmt::format("there is no {} in PATH", asked));
  }
  for (const char* engine : {"docker", "podman"})
    if (IsInPath(engine)) return engine;
  return tl::unexpected(std::string("there is no docker and no podman in PATH"));
}

std::vector<std::string> WrapInExec(const Container& container,
                                    const std::vector<std::string>& arguments) {
  std::vector<std::string> command{container.engine, "exec", container.name};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

tl::expected<std::string, std::string> LifeOf(const Container& container, hooks::ChildOrder order) {
  order.arguments = {container.engine,
                     "container",
                     "inspect",
                     "--format",
                     "{{.State.Running}} {{.Id}} {{.State.StartedAt}}",
                     container.name};
  const hooks::ChildAnswer answer = hooks::RunChild(order);
  if (answer.Succeeded() && answer.output.starts_with("true ")) return answer.output;
  const std::string said = answer.errors.substr(0, answer.errors.find('\n'));
  return tl::unexpected(fmt::format("the container {} is not running{}", container.name,
                                    said.empty() ? "" : ": " + said));
}

// Whatever the program meant by them, these are what engines and shells say when
// nothing ran.
std::string FaultOfEngine(const Container& container, const hooks::ChildAnswer& answer) {
  const bool is_engines =
      answer.end == hooks::ChildAnswer::End::kExit && answer.status >= 125 && answer.status <= 127;
  if (!is_engines) return "";
  return fmt::format("{} exec exited with {}: the program did not run in {}: {}", container.engine,
                     answer.status, container.name,
                     answer.errors.empty() ? answer.output : answer.errors);
}

}  // namespace stage
