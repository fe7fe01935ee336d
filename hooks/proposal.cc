#include "hooks/proposal.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "gates/judge.h"
#include "hooks/command.h"
#include "hooks/door.h"
#include "hooks/git/merging.h"
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

}  // namespace

void AddProposalOptions(CLI::App& app, Proposal& proposal) {
  app.add_option("--base", proposal.base, "what the target points at now")->type_name("REV");
  app.add_option("--head", proposal.head, "what is to land (HEAD)")->type_name("REV");
  app.add_option("--work-item", proposal.work_items, "ask for this item's verdicts as well")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--require", proposal.required_gates, "ask for this gate as well")
      ->type_name("GATE")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--validated-sha", proposal.validated_sha,
                 "the commit that staging validated, for logs that do not name it")
      ->type_name("SHA");
  app.add_option("--policy-from", proposal.policy_from, "read the policy from this commit")
      ->type_name("REV");
}

void RequireSensible(const Proposal& proposal) { ReadValidatedSha(proposal.validated_sha); }

gates::Report JudgeProposal(const Proposal& proposal) {
  const auto repository = git::Repository::Discover(".");
  const KnownRefs refs = RefsForCommands(repository);
  auto trust = FindTrust(repository, refs);
  if (!trust) return {.updates = {}, .findings = {trust.error()}};
  trust->required_gates = proposal.required_gates;
  if (!proposal.policy_from.empty())
    trust->policy_commit = Resolve(repository, proposal.policy_from, "--policy-from");

  gates::Question question;
  question.head = gates::Head::kProposed;
  question.asked.work_items = proposal.work_items;
  question.asked.validated = ReadValidatedSha(proposal.validated_sha);
  gates::RefUpdate& update = question.updates.emplace_back();
  if (!proposal.ref.empty()) update.ref = ReadRef(proposal.ref);
  update.after = Resolve(repository, proposal.head, "--head");
  update.before = FindBase(repository, refs, proposal, *update.after);

  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{repository, repository, refs, merging, signatures};
  gates::TrustedSides trusted(*std::move(trust), world);
  return {.updates = gates::Judge(question, trusted, world), .findings = {}};
}

}  // namespace hooks
