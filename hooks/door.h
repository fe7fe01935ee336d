#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gates/judge.h"
#include "gates/trusted_side.h"
#include "hooks/git/repository.h"

namespace hooks {

/// The refs of the repository that takes a change, as this one knows them:
/// its own (a server), or its remote-tracking copies (a client).
class KnownRefs final : public gates::Refs {
 public:
  static KnownRefs Own(const git::Repository& repository);
  static KnownRefs OfRemote(const git::Repository& repository, const std::string& remote);

  /// What a clone knows of where it pushes to, as git's hook tells it. Where nothing was ever
  /// fetched from there (a URL, a new remote): what it knows of the server that it works with,
  /// the upstream's, `origin`, else any.
  static KnownRefs OfPush(const git::Repository& repository, const std::string& remote,
                          const std::vector<gates::RefUpdate>& updates);

  std::optional<gates::ObjectId> Find(std::string_view name) const override;
  std::vector<gates::Ref> Under(std::string_view prefix) const override;
  /// Only the repository itself knows its symbolic refs; a client takes all for direct ones.
  std::string MovedBy(std::string_view name) const override;
  /// At a client: where no server was ever heard of, or this one's branches are all to be fetched.
  bool AreAll() const override { return are_all_; }

  /// Full name of the default branch, empty where it is not known.
  std::string DefaultBranch() const;

 private:
  KnownRefs(const git::Repository& repository, std::string tracking)
      : repository_(&repository), tracking_(std::move(tracking)) {}

  std::string Local(std::string_view name) const;

  const git::Repository* repository_;
  std::string tracking_;  // "refs/remotes/origin/", or empty for own refs
  bool are_all_ = false;
};

/// Reads a policy from a file on disk, and the signers that it names from
/// beside it. Finding POLICY_INVALID with its place.
tl::expected<gates::SourcedPolicy, gates::Finding> ReadPolicyFile(const std::string& path);

/// What is trusted: the pinned policy (verdict.policyFile), else the policy at
/// the default branch's tip. Finding POLICY_INVALID for a broken pinned file.
tl::expected<gates::Trust, gates::Finding> FindTrust(const git::Repository& repository,
                                                     const KnownRefs& refs);

/// Judges what a hook was told, as one push.
gates::Report JudgeAtDoor(std::vector<gates::RefUpdate> updates, const git::Repository& repository,
                          const KnownRefs& refs);

/// A branch name in full: `main` is refs/heads/main, refs/... stays as it is.
std::string FullBranchName(const std::string& name);

/// The branch that HEAD is on and the branch it tracks, by short name.
struct Tracking {
  std::string branch;
  std::string remote;  // "." for a branch of this repository
  std::string merges;
};
std::optional<Tracking> FindTracking(const git::Repository& repository);

/// The refs that a command which is no hook goes by: those of the upstream's
/// remote, of `origin`, or (a bare repository without remotes) its own.
KnownRefs RefsForCommands(const git::Repository& repository);

/// The policy that judges what stands on `commit`, compiled, for commands that are no
/// hook. Findings POLICY_INVALID or TREE_MALFORMED.
struct TrustedRules {
  gates::Rules rules;
  gates::PolicyOrigin origin;
};
tl::expected<TrustedRules, gates::Finding> FindTrustedRules(
    const git::Repository& repository, const std::optional<gates::ObjectId>& commit);
tl::expected<TrustedRules, gates::Finding> FindTrustedRules(
    const git::Repository& repository, const KnownRefs& refs,
    const std::optional<gates::ObjectId>& commit);

/// The policy that judges in the current directory and where it came from;
/// outside a repository the built-in one.
tl::expected<gates::SourcedPolicy, gates::Finding> EffectivePolicy();

}  // namespace hooks
