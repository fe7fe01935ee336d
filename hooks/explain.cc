// Command: what a reason code means, why it blocks and how to mend it.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "gates/core/reasons.h"
#include "gates/report/wrap.h"
#include "hooks/command_line.h"
#include "hooks/output.h"

namespace hooks {

ExitCode Explain(Arguments, Process&);

namespace {

std::string List() {
  std::string text;
  for (const gates::Reason& reason : gates::AllReasons())
    text += fmt::format("{:<24} {}\n", reason.name, reason.group);
  return text;
}

std::string Explanation(const gates::Reason& reason) {
  return fmt::format("{}\n\n{}\nwhy it blocks\n{}\nhow to mend it\n{}", reason.name,
                     gates::Wrap(reason.meaning, {}),
                     gates::Wrap(reason.why, {.indent = 2, .hang = 0}),
                     gates::Wrap(reason.mend, {.indent = 2, .hang = 0}));
}

}  // namespace

ExitCode Explain(Arguments arguments, Process& process) {
  CommandLine line("Tells what a reason code means, why it blocks and how to mend it.",
                   "git verdict explain");
  std::string code;
  line.AddOperand("code", code, "CODE", "a reason code; without one, all are listed");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  if (code.empty()) {
    Write(List(), Stream::kOut, process);
    return ExitCode::kAllowed;
  }
  std::ranges::transform(code, code.begin(), [](unsigned char c) { return std::toupper(c); });
  const gates::Reason* reason = gates::FindReason(code);
  if (!reason) throw UsageError("no reason code of this name; git verdict explain lists them");
  Write(Explanation(*reason), Stream::kOut, process);
  return ExitCode::kAllowed;
}

}  // namespace hooks
