#include "hooks/folding.h"

#include <fmt/format.h>

#include "gates/core/guard.h"
#include "hooks/clock.h"
#include "hooks/command_line.h"
#include "hooks/staging_policy.h"

namespace hooks {

void AddFoldOptions(CommandLine& line, FoldOptions& options) {
  line.AddOption("--base", options.base, "REV",
                 "the commit whose policy says what may be waived (the default branch)");
  line.AddFlag("--strict", options.strict, "waive nothing");
}

gates::FoldReport FoldHere(
    const tl::expected<std::vector<gates::CheckResult>, std::string>& results,
    const FoldOptions& options, const Process& process) {
  gates::FoldReport report;
  const auto faults = gates::Guard([&]() -> std::vector<gates::Finding> {
    const auto policy = StagingPolicy(options.base);
    if (!policy) return {policy.error()};
    report.policy = policy->origin;
    report.tolerance =
        options.strict ? gates::Tolerance::kStrict : ToleranceUnder(policy->policy, process);
    report.folded = results ? gates::Fold(*results, policy->policy.staging, report.tolerance, Now())
                            : gates::FoldedFault(results.error());
    return {};
  });
  if (!faults.empty()) report = {.folded = gates::FoldedFault(ReasonFrom(faults.front()))};
  return report;
}

std::string ReasonFrom(const gates::Finding& fault) {
  std::string reason(gates::ReasonFor(fault.code).name);
  if (!fault.path.empty()) reason += " " + fault.path;
  if (!fault.path.empty() && fault.line > 0) reason += fmt::format(":{}", fault.line);
  reason += ": " + fault.message;
  if (!fault.found.empty()) reason += ", found " + fault.found;
  return reason;
}

}  // namespace hooks
