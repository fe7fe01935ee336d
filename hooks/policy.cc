// Commands: the policy that judges here, and whether a policy file can be read.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "gates/report/escape.h"
#include "hooks/arguments.h"
#include "hooks/door.h"
#include "hooks/output.h"

namespace hooks {

ExitCode PolicyShow(Arguments, Process&);
ExitCode PolicyCheck(Arguments, Process&);

namespace {

gates::Report FaultReport(gates::Finding finding) {
  return {.updates = {}, .findings = {std::move(finding)}};
}

}  // namespace

ExitCode PolicyShow(Arguments arguments, Process& process) {
  CLI::App app("Prints the policy that judges here, as a file that can be committed.",
               "git verdict policy show");
  OutputOptions output;
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kOut, process);
  const auto policy = EffectivePolicy();
  if (!policy) {
    const gates::Report report = FaultReport(policy.error());
    Deliver(report, output, Stream::kOut, process);
    return ExitCodeFor(report.decision());
  }
  Write(fmt::format("# from: {}\n{}", gates::Escape(policy->origin.source),
                    gates::WritePolicy(policy->policy)),
        Stream::kOut, process);
  return ExitCode::kAllowed;
}
