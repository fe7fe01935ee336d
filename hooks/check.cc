// Command: judge what merging a head would land, for CI and for people.

#include "hooks/command_line.h"
#include "hooks/output.h"
#include "hooks/proposal.h"

namespace hooks {

ExitCode Check(Arguments, Process&);

ExitCode Check(Arguments arguments, Process& process) {
  CommandLine line("Judges what would land if HEAD (or --head) were merged into its target.",
                   "git verdict check");
  Proposal proposal;
  OutputOptions output;
  AddProposalOptions(line, proposal);
  line.AddOption("--ref", proposal.ref, "REF",
                 "name of the target; without it, it counts as protected");
  AddOutputOptions(line, output);
  line.AddNotes(
      "\nexamples:\n"
      "  git verdict check --base origin/main\n"
      "  git verdict check --base origin/main --head topic --format json\n"
      "\nexit codes: 0 allow, 1 block, 2 could not evaluate");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  RequireSensible(proposal);
  PrepareForFaults(output, Stream::kOut, process);
  const gates::Report report = JudgeProposal(proposal, process);
  Deliver(report, output, Stream::kOut, process);
  return ExitCodeFor(report.decision());
}

}  // namespace hooks
