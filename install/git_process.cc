#include "install/git_process.h"

#include <system_error>

#include "hooks/child.h"

namespace install {

GitAnswer AskGit(const std::vector<std::string>& arguments) {
  // Without git's variables: the repository is the one we stand in, whatever they say.
  hooks::ChildOrder order{.arguments = {"git"},
                          .environment = hooks::EnvironmentWithout({"GIT_"}),
                          .directory = "",
                          .input = ""};
  order.arguments.insert(order.arguments.end(), arguments.begin(), arguments.end());
  hooks::ChildAnswer said = hooks::RunChild(order);
  using End = hooks::ChildAnswer::End;
  if (said.end == End::kNotStarted)
    throw std::system_error(said.status, std::generic_category(), "cannot run git");
  if (said.output.ends_with('\n')) said.output.pop_back();
  return {.status = said.end == End::kExit ? said.status : 128 + said.status,
          .output = std::move(said.output)};
}

}  // namespace install
