#include "hooks/door.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "hooks/git/merging.h"
#include "hooks/small_file.h"
#include "hooks/ssh_signatures.h"

namespace hooks {
namespace {

constexpr std::string_view kBranches = "refs/heads/";
constexpr std::string_view kRemotes = "refs/remotes/";
constexpr int kDeepestSymbolicRef = 5;  // as git
constexpr size_t kPolicyBytes = 64 * 1024;

std::string TrackingOf(const std::string& remote) { return std::string(kRemotes) + remote + "/"; }

// Not where the clone was made of one branch alone.
bool FetchesAllBranches(const git::Repository& repository, const std::string& remote) {
  const std::string all = fmt::format("{}*:{}*", kBranches, TrackingOf(remote));
  const auto refspecs = repository.OwnConfigValues(fmt::format("remote.{}.fetch", remote));
  return std::ranges::any_of(refspecs, [&](const auto& spec) { return spec.ends_with(all); }) &&
         std::ranges::none_of(refspecs, [](const auto& spec) { return spec.starts_with('^'); });
}

// A bare clone has a server's branches among its own, and is told of no new one.
bool FetchesInPart(const git::Repository& repository, const std::string& remote) {
  return repository.OwnConfig(fmt::format("remote.{}.url", remote)) &&
         !FetchesAllBranches(repository, remote);
}

/// The remote that this clone works with, of those that it ever fetched from.
std::optional<std::string> FindKnownRemote(const git::Repository& repository) {
  std::vector<std::string> remotes;
  if (const auto tracking = FindTracking(repository)) remotes.push_back(tracking->remote);
  remotes.emplace_back("origin");
  for (const std::string& remote : remotes)
    if (!repository.RefsUnder(TrackingOf(remote)).empty()) return remote;
  const std::vector<gates::Ref> any = repository.RefsUnder(kRemotes);
  if (any.empty()) return std::nullopt;
  const std::string name = any.front().name.substr(kRemotes.size());
  return name.substr(0, name.find('/'));
}

}  // namespace

KnownRefs KnownRefs::Own(const git::Repository& repository) {
  KnownRefs refs(repository, "");
  refs.are_all_ = true;
  return refs;
}

KnownRefs KnownRefs::OfRemote(const git::Repository& repository, const std::string& remote) {
  return {repository, TrackingOf(remote)};
}

KnownRefs KnownRefs::OfPush(const git::Repository& repository, const std::string& remote,
                            const std::vector<gates::RefUpdate>& updates) {
  KnownRefs refs = OfRemote(repository, remote);
  if (!repository.RefsUnder(refs.tracking_).empty())
    refs.are_all_ = FetchesAllBranches(repository, remote);
  else if (const auto other = FindKnownRemote(repository))
    refs = OfRemote(repository, *other);
  else
    refs.are_all_ = !FetchesInPart(repository, remote) && !FetchesInPart(repository, "origin");
  for (const gates::RefUpdate& update : updates)
    if (update.before && !refs.Find(*update.ref)) refs.are_all_ = false;
  return refs;
}

std::string KnownRefs::Local(std::string_view name) const {
  if (tracking_.empty()) return std::string(name);
  if (!name.starts_with(kBranches)) return "";
  return tracking_ + std::string(name.substr(kBranches.size()));
}

std::optional<gates::ObjectId> KnownRefs::Find(std::string_view name) const {
  return repository_->FindRef(Local(name));
}

std::vector<gates::Ref> KnownRefs::Under(std::string_view prefix) const {
  if (tracking_.empty()) return repository_->RefsUnder(prefix);
  const bool means_all = kBranches.starts_with(prefix);
  if (!means_all && !prefix.starts_with(kBranches)) return {};
  std::vector<gates::Ref> refs = repository_->RefsUnder(means_all ? tracking_ : Local(prefix));
  for (gates::Ref& ref : refs)
    ref.name = std::string(kBranches) + ref.name.substr(tracking_.size());
  return refs;
}

std::string KnownRefs::MovedBy(std::string_view name) const {
  std::string moved(name);
  if (!tracking_.empty()) return moved;
  for (int depth = 0; depth <= kDeepestSymbolicRef; ++depth) {
    auto target = repository_->SymbolicTarget(moved);
    if (!target) return moved;
    moved = *std::move(target);
  }
  throw gates::WorldError(gates::Code::kRepositoryUnreadable,
                          fmt::format("the symbolic ref {} has no end", name),
                          "`git symbolic-ref --delete` it on the server");
}

std::string KnownRefs::DefaultBranch() const {
  const auto target = repository_->SymbolicTarget(tracking_ + "HEAD");
  if (!target) return "";
  if (tracking_.empty()) return MovedBy(*target);
  if (!target->starts_with(tracking_)) return "";
  return std::string(kBranches) + target->substr(tracking_.size());
}

tl::expected<gates::SourcedPolicy, gates::Finding> ReadPolicyFile(const std::string& path) {
  const auto text = ReadSmallFile(path, kPolicyBytes);
  auto policy = text ? gates::ReadPolicy(*text)
                     : tl::unexpected(gates::MakeFinding(gates::Code::kPolicyInvalid,
                                                         "this file cannot be read",
                                                         "name a readable policy file"));
  if (!policy) {
    policy.error().path = path;
    return tl::unexpected(policy.error());
  }
  std::optional<std::string> signers("");
  if (policy->writers) {
    const auto beside =
        std::filesystem::path(path).parent_path() / policy->writers->allowed_signers;
    signers = ReadSmallFile(beside.string(), gates::kSignersBytes);
    if (!signers || signers->size() > gates::kSignersBytes)
      return tl::unexpected(gates::BadSigners(
          beside.string(), fmt::format("a file of at most {} bytes", gates::kSignersBytes),
          signers ? "more" : "none that can be read"));
  }
  return gates::SourcedPolicy{*std::move(policy), {"file", std::nullopt}, *std::move(signers)};
}

tl::expected<gates::Trust, gates::Finding> FindTrust(const git::Repository& repository,
                                                     const KnownRefs& refs) {
  gates::Trust trust;
  trust.default_branch = refs.DefaultBranch();
  if (!trust.default_branch.empty()) trust.policy_commit = refs.Find(trust.default_branch);
  if (const auto pinned = repository.OwnConfig("verdict.policyfile")) {
    const auto path = std::filesystem::path(repository.common_directory()) / *pinned;
    auto policy = ReadPolicyFile(path.string());
    if (!policy) {
      policy.error().remedy = "mend the pinned file, or `git config --unset verdict.policyFile`";
      return tl::unexpected(policy.error());
    }
    trust.pinned = *std::move(policy);
  }
  return trust;
}

gates::Report JudgeAtDoor(std::vector<gates::RefUpdate> updates, const git::Repository& repository,
                          const KnownRefs& refs) {
  auto trust = FindTrust(repository, refs);
  if (!trust) return {.updates = {}, .findings = {trust.error()}};
  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{repository, repository, refs, merging, signatures};
  gates::TrustedSides trusted(*std::move(trust), world);
  const gates::Question question{.updates = std::move(updates), .asked = {}};
  return {.updates = gates::Judge(question, trusted, world), .findings = {}};
}

std::string FullBranchName(const std::string& name) {
  return name.starts_with("refs/") ? name : std::string(kBranches) + name;
}

std::optional<Tracking> FindTracking(const git::Repository& repository) {
  const auto head = repository.SymbolicTarget("HEAD");
  if (!head || !head->starts_with(kBranches)) return std::nullopt;
  const std::string branch = head->substr(kBranches.size());
  const auto remote = repository.OwnConfig(fmt::format("branch.{}.remote", branch));
  const auto merges = repository.OwnConfig(fmt::format("branch.{}.merge", branch));
  if (!remote || !merges || !merges->starts_with(kBranches)) return std::nullopt;
  return Tracking{branch, *remote, merges->substr(kBranches.size())};
}

KnownRefs RefsForCommands(const git::Repository& repository) {
  const auto tracking = FindTracking(repository);
  if (tracking && tracking->remote != ".") return KnownRefs::OfRemote(repository, tracking->remote);
  const bool has_remotes = !repository.RefsUnder("refs/remotes/").empty();
  if (!has_remotes && repository.OwnConfig("core.bare") == "true")
    return KnownRefs::Own(repository);
  return KnownRefs::OfRemote(repository, "origin");
}

tl::expected<TrustedRules, gates::Finding> FindTrustedRules(
    const git::Repository& repository, const std::optional<gates::ObjectId>& commit) {
  return FindTrustedRules(repository, RefsForCommands(repository), commit);
}

tl::expected<TrustedRules, gates::Finding> FindTrustedRules(
    const git::Repository& repository, const KnownRefs& refs,
    const std::optional<gates::ObjectId>& commit) {
  auto trust = FindTrust(repository, refs);
  if (!trust) return tl::unexpected(trust.error());
  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{repository, repository, refs, merging, signatures};
  gates::TrustedSides sides(*std::move(trust), world);
  const auto side = sides.For(commit);
  if (!side) return tl::unexpected(side.error());
  const gates::Rules& rules = (*side)->rules;
  return TrustedRules{gates::Rules(rules.policy(), rules.default_branch(), rules.allowed_signers()),
                      (*side)->origin};
}

tl::expected<gates::SourcedPolicy, gates::Finding> EffectivePolicy() {
  const auto repository = git::Repository::DiscoverIfAny(".");
  if (!repository) return gates::SourcedPolicy{gates::BuiltInPolicy(), {}};
  auto side = FindTrustedRules(*repository, repository->FindRef("HEAD"));
  if (!side) return tl::unexpected(side.error());
  return gates::SourcedPolicy{side->rules.policy(), side->origin};
}

}  // namespace hooks
