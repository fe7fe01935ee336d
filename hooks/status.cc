// Command: where work items stand, by their logs, and which stage comes next.

#include "gates/proof/change.h"
#include "gates/proof/work_items.h"
#include "gates/standing.h"
#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/git/merging.h"
#include "hooks/output.h"
#include "hooks/ssh_signatures.h"
#include "hooks/staging_policy.h"

namespace hooks {

ExitCode Status(Arguments, Process&);

namespace {

struct StatusOptions {
  std::optional<std::string> work_item;  // an empty one is none of the commit's, not all of them
  std::string head = "HEAD";
  OutputOptions output;
};

// By the default branch as this clone knows it; where it knows none, nothing has landed.
bool HasLanded(const gates::ObjectId& commit, const git::Repository& repository,
               const KnownRefs& refs) {
  const std::string name = refs.DefaultBranch();
  const auto tip = name.empty() ? std::nullopt : refs.Find(name);
  return tip && (*tip == commit || repository.Contains(*tip, commit));
}

gates::Standings Look(const StatusOptions& options) {
  const auto repository = git::Repository::Discover(".");
  const gates::ObjectId head = NamedCommit(repository, options.head, "--head");
  const auto fault = [&](std::vector<gates::Finding> findings) {
    return gates::Standings{.commit = head, .findings = std::move(findings)};
  };
  const auto trusted = FindTrustedRules(repository, head);
  if (!trusted) return fault({trusted.error()});
  if (options.work_item) {
    auto invalid = gates::FindInvalidItems({*options.work_item}, trusted->rules);
    if (!invalid.empty()) return fault(std::move(invalid));
  }
  const KnownRefs refs = RefsForCommands(repository);
  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{repository, repository, refs, merging, signatures};
  return gates::FindStandings(
      {gates::RequireCommit(repository, head), HasLanded(head, repository, refs)}, trusted->rules,
      world, options.work_item);
}

}  // namespace

ExitCode Status(Arguments arguments, Process& process) {
  CommandLine line("Tells where work items stand, by their logs, and which stage comes next.",
                   "git verdict status");
  StatusOptions options;
  line.AddOperand("work-item", options.work_item, "ID", "only this item (else all of the commit)");
  line.AddOption("--head", options.head, "REV", "the commit whose logs are read (HEAD)");
  AddOutputOptions(line, options.output, Answer::kStandings);
  line.AddNotes(
      "\nIt reports what logs say and permits nothing: `git verdict check` does.\n"
      "\nexample:\n"
      "  git verdict status ORCH-061 --format json | jq -r '.work_items[0].next_stage'\n"
      "\nexit codes: 0 told, whatever comes next; 1 a log cannot be read, or this is no\n"
      "work item; 2 could not evaluate");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kStandings);
  const gates::Standings standings = Look(options);
  Deliver(standings, options.output, process);
  return ExitCodeFor(standings.decision());
}

}  // namespace hooks
