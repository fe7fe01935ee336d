#include "hooks/lost_input.h"

#include "hooks/hook_input.h"
#include "hooks/lefthook.h"

namespace hooks {
namespace {

gates::Finding Lost(std::string message, std::string remedy) {
  return gates::MakeFinding(gates::Code::kInputMalformed, std::move(message), std::move(remedy));
}

}  // namespace

std::optional<gates::Finding> FindNullInput(const Process& process) {
  if (!process.in_is_null) return std::nullopt;
  return Lost("standard input is the null device, so nobody knows what is pushed",
              "let whatever calls this hook pass on git's standard input");
}

std::optional<gates::Finding> FindLostInput(const Process& process) {
  // They call this hook for a push only with all that they know of it.
  if (!Variable(process, "PRE_COMMIT").empty())
    return Lost("the hook manager names no push, so nothing was judged",
                "`git push` tries it; `git verdict check` judges without a push");
  if (const auto program = FindLefthook(); program && !PassesInput(*program))
    return Lost("lefthook gave no standard input, so nobody knows what is pushed",
                "add `use_stdin: true` to the job in lefthook.yml that runs git verdict");
  return FindNullInput(process);
}

}  // namespace hooks
