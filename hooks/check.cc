// Command: judge what merging a head would land, for CI and for people.

#include <CLI/CLI.hpp>

#include "hooks/arguments.h"
#include "hooks/output.h"
#include "hooks/proposal.h"

namespace hooks {

ExitCode Check(Arguments, Process&);

ExitCode Check(Arguments arguments, Process& process) {
  CLI::App app("Judges what would land if HEAD (or --head) were merged into its target.",
               "git verdict check");
  Proposal proposal;
  OutputOptions output;
  AddProposalOptions(app, proposal);
  app.add_option("--ref", proposal.ref, "name of the target; without it, it counts as protected")
      ->type_name("REF");
  AddOutputOptions(app, output);
  app.footer(
      "\nexamples:\n"
      "  git verdict check --base origin/main\n"
      "  git verdict check --base origin/main --head topic --format json\n"
      "\nexit codes: 0 allow, 1 block, 2 could not evaluate");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  RequireSensible(proposal);
  PrepareForFaults(output, Stream::kOut, process);
  const gates::Report report = JudgeProposal(proposal, process);
  Deliver(report, output, Stream::kOut, process);
  return ExitCodeFor(report.decision());
}

}  // namespace hooks
