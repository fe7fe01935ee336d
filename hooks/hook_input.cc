#include "hooks/hook_input.h"

#include <array>
#include <istream>

#include "gates/core/world.h"

namespace hooks {

std::string ReadAll(std::istream& in) {
  std::string text;
  std::array<char, 64 * 1024> chunk;
  while (in.read(chunk.data(), chunk.size()) || in.gcount() > 0)
    text.append(chunk.data(), static_cast<size_t>(in.gcount()));
  if (in.bad())
    throw gates::WorldError(
        gates::Code::kInputMalformed, "standard input cannot be read",
        "let git call this hook; a hook manager must pass its stdin on unchanged");
  return text;
}

std::string Variable(const Process& process, std::string_view name) {
  const auto found = process.environment.find(name);
  return found == process.environment.end() ? "" : found->second;
}

git::Repository OpenForHook(const Process& process) {
  const std::string git_dir = Variable(process, "GIT_DIR");
  return git_dir.empty() ? git::Repository::Discover(".")
                         : git::Repository::OpenGitDirectory(git_dir);
}

}  // namespace hooks
