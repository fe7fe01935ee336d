#pragma once

#include <string>

#include "gates/core/finding.h"
#include "hooks/command.h"

namespace hooks {

/// Why a command does not do its work, and one step that mends it. No finding of a
/// gate: nothing was judged.
struct Refusal {
  std::string what;
  std::string mend;
  ExitCode exit = ExitCode::kRefused;
};

/// What a finding says, as the reason to do nothing.
Refusal RefusalFrom(const gates::Finding& finding);

/// `git-verdict: <what>` and `  fix: <mend>`, escaped, on standard error; gives its exit code.
ExitCode Tell(const Refusal& refusal, Process& process);

}  // namespace hooks
