#include "hooks/refusal.h"

#include <fmt/format.h>

#include "gates/core/report.h"
#include "gates/report/escape.h"
#include "hooks/folding.h"
#include "hooks/output.h"

namespace hooks {

Refusal RefusalFrom(const gates::Finding& finding) {
  const std::string_view mend = gates::ReasonFor(finding.code).mend;
  return {ReasonFrom(finding), finding.remedy.empty() ? std::string(mend) : finding.remedy,
          ExitCodeFor(gates::DecisionFor(finding))};
}

ExitCode Tell(const Refusal& refusal, Process& process) {
  Write(fmt::format("git-verdict: {}\n  fix: {}\n", gates::Escape(refusal.what),
                    gates::Escape(refusal.mend)),
        Stream::kErr, process);
  return refusal.exit;
}

}  // namespace hooks
