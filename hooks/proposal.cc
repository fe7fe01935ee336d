#include "hooks/proposal.h"

#include <fmt/format.h>

#include "gates/judge.h"
#include "gates/report/escape.h"
#include "hooks/ci_job.h"
#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/git/merging.h"
#include "hooks/output.h"
#include "hooks/ref_lines.h"
#include "hooks/ssh_signatures.h"

namespace hooks {
namespace {

// In a shallow clone, what is not found was most likely cut off with the rest.
gates::WorldError NotFound(const git::Repository& repository, const std::string& what,
                           const std::string& remedy) {
  if (!repository.IsShallow()) return {gates::Code::kInputMalformed, what, remedy};
  return {gates::Code::kHistoryShallow, what + ", and this clone does not hold the whole history",
          "`git fetch --unshallow`; in CI `fetch-depth: 0` (GitLab: `GIT_DEPTH: 0`)"};
}

// Nothing but a full id: a name may be moved, and a short id may come to mean two.
std::optional<gates::ObjectId> ReadValidatedSha(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto id = gates::ObjectId::FromHex(text)) return id;
  throw UsageError(
      "--validated-sha wants 40 lower-case hex digits, as `git rev-parse` prints them");
}

// A blank at its end would make another ref of it, one that nobody protects.
std::string ReadRef(const std::string& text) {
  std::string ref = FullBranchName(text);
  if (MayBeRefName(ref)) return ref;
  throw UsageError("--ref '" + text + "' is no name of a ref");
}

gates::ObjectId Resolve(const git::Repository& repository, const std::string& revision,
                        std::string_view option) {
  if (const auto commit = repository.ResolveTyped(revision)) return *commit;
  throw NotFound(repository, fmt::format("{} '{}' names no commit here", option, revision),
                 "`git fetch` what is missing, or give another revision");
}

// The merge target: the upstream, but not where that is only the branch's own
// copy on the server: against that nothing would ever be left to land.
std::optional<gates::ObjectId> FindMergeTarget(const git::Repository& repository,
                                               const KnownRefs& refs) {
  const std::string default_branch = refs.DefaultBranch();
  const gates::Rules builtin(gates::BuiltInPolicy(), default_branch);
  if (const auto tracking = FindTracking(repository)) {
    const std::string target = FullBranchName(tracking->merges);
    if (tracking->remote == ".") return repository.FindRef(target);
    if (tracking->merges != tracking->branch || builtin.IsProtected(target))
      return refs.Find(target);
  }
  if (default_branch.empty()) return std::nullopt;
  return refs.Find(default_branch);
}

gates::ObjectId FindBase(const git::Repository& repository, const KnownRefs& refs,
                         const Proposal& proposal, const gates::ObjectId& head) {
  if (!proposal.base.empty()) return Resolve(repository, proposal.base, "--base");
  if (const auto target = FindMergeTarget(repository, refs)) return *target;
  const auto commit = repository.FindCommit(head);
  if (commit && commit->parents.size() > 1) return commit->parents[0];
  throw NotFound(repository, "nothing says what this would be merged into",
                 "give --base REV, or `git remote set-head origin --auto`");
}

gates::RefUpdate UpdateByHand(const Proposal& proposal, const git::Repository& repository,
                              const KnownRefs& refs) {
  gates::RefUpdate update;
  update.after = Resolve(repository, proposal.head.empty() ? "HEAD" : proposal.head, "--head");
  update.before = FindBase(repository, refs, proposal, *update.after);
  return update;
}

// Half by hand and half by the job would be a question that nobody asked.
std::optional<JobChange> FindJob(const Proposal& proposal, const git::Repository& repository,
                                 const KnownRefs& refs, Process& process) {
  if (!proposal.base.empty() || !proposal.head.empty()) return std::nullopt;
  auto job = FindJobChange(process, repository, refs);
  if (job) Write(gates::Escape("git-verdict: " + job->told) + "\n", Stream::kErr, process);
  return job;
}

// A clone that CI makes need not know which branch is the default, and with it where the policy
// stands. After a push, that is where it stood before: no change is its own judge.
void TrustTheForge(const JobChange& job, const gates::Refs& refs, gates::Trust& trust) {
  if (trust.default_branch.empty()) trust.default_branch = job.default_branch;
  if (trust.default_branch.empty()) return;
  trust.policy_commit = refs.Find(trust.default_branch);
  if (trust.policy_commit || trust.pinned || trust.default_branch == job.update.ref) return;
  throw gates::WorldError(
      gates::Code::kInputMalformed,
      trust.default_branch + ", the default branch with the policy, is not in this clone",
      "fetch all branches of origin");
}

// What such a job says hangs on the head alone, wherever that would go next. For a target that
// everybody may move, everybody could have said of it whatever they want.
void RequireProtected(const gates::RefUpdate& update, gates::TrustedSides& trusted) {
  const auto side = trusted.For(update.before);
  if (!side || (*side)->rules.IsProtected(*update.ref)) return;
  throw gates::WorldError(
      gates::Code::kInputMalformed,
      fmt::format("the policy does not protect {}, the target of this job", *update.ref),
      "run the job for protected targets only, or name one with --ref");
}

}  // namespace

void AddProposalOptions(CommandLine& line, Proposal& proposal) {
  line.AddOption("--base", proposal.base, "REV",
                 "what the target points at now (from the CI job; else the upstream)");
  line.AddOption("--head", proposal.head, "REV", "what is to land (from the CI job; else HEAD)");
  line.AddOption("--work-item", proposal.work_items, "ID", "ask for this item's verdicts as well");
  line.AddOption("--require", proposal.required_gates, "GATE", "ask for this gate as well");
  line.AddOption("--validated-sha", proposal.validated_sha, "SHA",
                 "the commit that staging validated, for logs that do not name it");
  line.AddOption("--policy-from", proposal.policy_from, "REV", "read the policy from this commit");
}

void RequireSensible(const Proposal& proposal) { ReadValidatedSha(proposal.validated_sha); }

gates::Report JudgeProposal(const Proposal& proposal, Process& process) {
  const auto repository = git::Repository::Discover(".");
  const KnownRefs known = RefsForCommands(repository);
  auto trust = FindTrust(repository, known);
  if (!trust) return {.updates = {}, .findings = {trust.error()}};
  const auto job = FindJob(proposal, repository, known, process);
  const gates::RefUpdate update = job ? job->update : UpdateByHand(proposal, repository, known);
  const bool has_happened = job && job->kind == forges::Kind::kPushed;
  const RefsBefore refs(known, has_happened ? std::optional(update) : std::nullopt,
                        job ? job->default_branch : "");
  if (job) TrustTheForge(*job, refs, *trust);
  trust->required_gates = proposal.required_gates;
  trust->excused_gates = proposal.excused_gates;
  if (!proposal.policy_from.empty())
    trust->policy_commit = Resolve(repository, proposal.policy_from, "--policy-from");

  gates::Question question{.updates = {update}, .head = gates::Head::kProposed, .asked = {}};
  if (job && job->kind != forges::Kind::kProposed) question.head = gates::Head::kFinished;
  question.asked.work_items = proposal.work_items;
  question.asked.validated = ReadValidatedSha(proposal.validated_sha);
  if (!proposal.ref.empty()) question.updates[0].ref = ReadRef(proposal.ref);

  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{repository, repository, refs, merging, signatures};
  gates::TrustedSides trusted(*std::move(trust), world);
  if (job && proposal.ref.empty()) RequireProtected(update, trusted);
  return {.updates = gates::Judge(question, trusted, world), .findings = {}};
}

}  // namespace hooks
