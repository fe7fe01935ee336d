#include "hooks/refusal.h"

#include <fmt/format.h>

#include "gates/core/report.h"
#include "gates/report/escape.h"
#include "hooks/output.h"

namespace hooks {

Refusal RefusalFrom(const gates::Finding& finding) {
  const gates::Reason& reason = gates::ReasonFor(finding.code);
  std::string what(reason.name);
  if (!finding.path.empty()) what += " " + finding.path;
  if (finding.line > 0) what += fmt::format(":{}:{}", finding.line, finding.column);
  what += ": " + (finding.message.empty() ? std::string(reason.meaning) : finding.message);
  if (!finding.found.empty()) what += fmt::format(" (found {})", finding.found);
  return {what, finding.remedy.empty() ? std::string(reason.mend) : finding.remedy,
          ExitCodeFor(gates::DecisionFor(finding))};
}

ExitCode Tell(const Refusal& refusal, Process& process) {
  Write(fmt::format("git-verdict: {}\n  fix: {}\n", gates::Escape(refusal.what),
                    gates::Escape(refusal.mend)),
        Stream::kErr, process);
  return refusal.exit;
}

}  // namespace hooks
