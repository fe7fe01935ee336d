#include "install/hook_plan.h"

#include <fmt/format.h>

namespace install {
namespace {

std::string HookPath(const HookFacts& facts) { return facts.folder + "/" + facts.hook; }

// A word that a POSIX shell reads back as it is.
std::string ShellQuoted(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string KeptPath(const HookFacts& facts) { return HookPath(facts) + ".before-git-verdict"; }

// An empty program is gone too: a shell would run it as a script that succeeds.
std::string Shim(const HookFacts& facts) {
  return fmt::format(
      "#!/bin/sh\n"
      "# {} 1: judges each push; `git verdict uninstall` takes it out again.\n"
      "p={}; [ -x \"$p\" ] && [ -s \"$p\" ] || {{ echo \"git-verdict is gone from $p, so nothing "
      "is let through: install it again, or remove $0\" >&2; exit 2; }}; "
      "exec \"$p\" hook {} --kept \"$0.before-git-verdict\" -- \"$@\"\n",
      kMarker, ShellQuoted(facts.program), facts.hook);
}

Plan PlanInstall(const HookFacts& facts) {
  const std::string path = HookPath(facts);
  if (facts.there == HookState::kOurs && facts.there_runs && facts.there_text == Shim(facts))
    return {.steps = {}, .message = path + " is in place already", .refusal = ""};
  const Step write{.kind = Step::Kind::kWrite, .from = "", .path = path, .text = Shim(facts)};
  if (facts.there != HookState::kForeign)
    return {.steps = {write}, .message = path + " judges every push from now on", .refusal = ""};
  if (facts.has_kept)
    return {.steps = {},
            .message = "",
            .refusal = fmt::format("{} is another program's, and {} holds a hook of before; "
                                   "make one of the two, then install again",
                                   path, KeptPath(facts))};
  const Step keep{.kind = Step::Kind::kMove, .from = path, .path = KeptPath(facts), .text = ""};
  return {.steps = {keep, write},
          .message = fmt::format("{} judges every push from now on, then runs the hook that was "
                                 "there (kept as {})",
                                 path, KeptPath(facts)),
          .refusal = ""};
}

Plan PlanUninstall(const HookFacts& facts) {
  const std::string path = HookPath(facts);
  if (facts.there != HookState::kOurs)
    return {.steps = {},
            .message = facts.there == HookState::kAbsent
                           ? path + " is not there, nothing to take out"
                           : path + " is another program's and stays as it is",
            .refusal = ""};
  if (facts.has_kept)
    return {.steps = {{.kind = Step::Kind::kMove, .from = KeptPath(facts), .path = path, .text = ""}},
            .message = path + " is again the hook of before",
            .refusal = ""};
  return {.steps = {{.kind = Step::Kind::kRemove, .from = "", .path = path, .text = ""}},
          .message = path + " is taken out",
          .refusal = ""};
}

}  // namespace install
