#include "install/git_process.h"

#include <cstdlib>
#include <system_error>

#include "hooks/child.h"

namespace install {

GitAnswer AskGit(const std::vector<std::string>& arguments, const std::string& directory,
                 const std::string& input) {
  // Without git's variables: the repository is the one we stand in, whatever they say.
  hooks::ChildOrder order{.arguments = {"git"},
                          .environment = hooks::EnvironmentWithout({"GIT_"}),
                          .directory = directory,
                          .input = input};
  order.arguments.insert(order.arguments.end(), arguments.begin(), arguments.end());
  hooks::ChildAnswer said = hooks::RunChild(order);
  using End = hooks::ChildAnswer::End;
  if (said.end == End::kNotStarted)
    throw std::system_error(said.status, std::generic_category(), "cannot run git");
  if (said.output.ends_with('\n')) said.output.pop_back();
  return {.status = said.end == End::kExit ? said.status : 128 + said.status,
          .output = std::move(said.output),
          .errors = std::move(said.errors)};
}

int GitVersion() {
  const std::string said = AskGit({"--version"}).output;
  const size_t digits = said.find_first_of("0123456789");
  if (digits == std::string::npos) return 0;
  char* end = nullptr;
  const long major = std::strtol(said.c_str() + digits, &end, 10);
  const long minor = *end == '.' ? std::strtol(end + 1, nullptr, 10) : 0;
  return static_cast<int>(major * 1000 + minor);
}

}  // namespace install
