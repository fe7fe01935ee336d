// Command: what a reviewer says of a proposed change, by the gates alone.

#include <fmt/format.h>

#include <algorithm>

#include "gates/report/markdown.h"
#include "hooks/clock.h"
#include "hooks/command_line.h"
#include "hooks/output.h"
#include "hooks/proposal.h"
#include "hooks/record_verdict.h"

namespace hooks {

ExitCode Review(Arguments, Process&);

namespace {

constexpr std::string_view kReview = "review";

struct ReviewOptions {
  Proposal proposal;
  bool record = false;
  std::string onto;
  std::string key;  // empty: nothing is signed
  OutputOptions output;
};

void AddOptions(CommandLine& line, ReviewOptions& options) {
  AddProposalOptions(line, options.proposal);
  line.AddFlag("--record", options.record, "write the review down as a log and commit it");
  line.AddOption("--onto", options.onto, "BRANCH",
                 "record on this branch and leave the work tree alone");
  line.AddOption("--sign", options.key, "KEY",
                 "sign the log with this private key, or a public one that an agent has");
  options.output.format = "markdown";
  AddOutputOptions(line, options.output, Answer::kReview);
}

tl::unexpected<Refusal> Refuse(std::string what, std::string mend) {
  return tl::unexpected(Refusal{std::move(what), std::move(mend)});
}

// The one that was named, or else the one that the change concerns.
OrRefusal<std::string> FindWorkItem(const Proposal& proposal, const gates::UpdateReport& update) {
  std::vector<std::string> items = proposal.work_items;
  if (items.empty())
    for (const gates::WorkItemReport& item : update.work_items) items.push_back(item.id);
  if (items.size() == 1) return items.front();
  const std::string what = items.empty() ? "no work item" : "several work items";
  return Refuse(fmt::format("a review is recorded for one work item, and this is about {}", what),
                "name the one: --work-item <ID>");
}

// Whether the change itself was looked at, and not only where it would go.
bool WasJudged(const gates::UpdateReport& update) {
  return update.decision() != gates::Decision::kAllow ||
         update.proof <= gates::Proof::kEvidenceOnly;
}

OrRefusal<Told> RecordReview(Scene& scene, const ReviewOptions& options,
                             const gates::UpdateReport& update, Process& process) {
  if (!WasJudged(update))
    return Refuse(fmt::format("nothing was reviewed ({})", Name(update.proof)),
                  "name the change: --base, --head");
  const auto item = FindWorkItem(options.proposal, update);
  if (!item) return tl::unexpected(item.error());
  RequireWorkItem(*item, scene.trusted.rules);
  gates::NewVerdict verdict;
  verdict.gate = GateCalled(std::string(kReview), scene.trusted.rules.policy());
  verdict.passed = update.decision() == gates::Decision::kAllow;
  verdict.work_item = *item;
  verdict.validated = *update.after;
  verdict.written_at = Now();
  verdict.reasons = gates::RenderReasons(update);
  const Named named = options.proposal.head == Proposal().head ? Named::kByDefault : Named::kByHand;
  return RecordVerdict(scene, std::move(verdict), named, options.key, process);
}

// The review is told already; what becomes of its log is told beside it.
ExitCode Record(const ReviewOptions& options, const gates::Report& report, Process& process) {
  PrepareForFaults({}, Stream::kErr, process);
  const ExitCode advised = ExitCodeFor(report.decision());
  if (report.updates.size() != 1 || advised == ExitCode::kCannotEvaluate) {
    Write("nothing was recorded: the change could not be evaluated\n", Stream::kErr, process);
    return ExitCode::kCannotEvaluate;
  }
  const auto told = OnScene(options.onto, [&](Scene& scene) {
    return RecordReview(scene, options, report.updates.front(), process);
  });
  if (!told) return std::max(advised, Tell(told.error(), process));
  Write(told->text, Stream::kErr, process);
  if (told->warning) Tell(*told->warning, process);
  return advised;
}

}  // namespace

ExitCode Review(Arguments arguments, Process& process) {
  CommandLine line("Asks every gate about a proposed change, and says what a reviewer should.",
                   "git verdict review");
  ReviewOptions options;
  AddOptions(line, options);
  line.AddNotes(
      "\nIt asks for everything but a verdict of the gate review itself, whose log it writes.\n"
      "\nexamples:\n"
      "  git verdict review --base origin/main\n"
      "  git verdict review --record --work-item ORCH-061\n"
      "\nexit codes: 0 APPROVE, 1 REQUEST_CHANGES, 2 could not evaluate");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  if (!options.record && !(options.onto.empty() && options.key.empty()))
    throw UsageError("--onto and --sign are about --record");
  RequireSensible(options.proposal);
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kReview);
  options.proposal.excused_gates = {std::string(kReview)};
  const gates::Report report = JudgeProposal(options.proposal, process);
  DeliverReview(report, options.output, process);
  if (options.record) return Record(options, report, process);
  return report.decision() ? ExitCodeFor(report.decision()) : ExitCode::kCannotEvaluate;
}

}  // namespace hooks
