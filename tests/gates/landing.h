#pragma once

#include <string>
#include <vector>

#include "gates/judge.h"
#include "tests/support/fake_world.h"

namespace test {

/// Where the logs of the built-in policy stand.
std::string StagingLog(const std::string& item = "ORCH-1");
std::string DeployLog(const std::string& item = "ORCH-1");

/// Staging logs. The older form names no commit but says when it was written.
std::string Passed(const gates::ObjectId& validated);
std::string PassedAt(const std::string& timestamp);
extern const std::string kFailed;
extern const std::string kDeployPassed;
extern const std::string kDeployFailed;

/// An armored SSH signature, as far as anyone looks.
extern const std::string kSignature;

/// "ALLOW exact", "BLOCK STALE_CODE VERDICT_FAILED": the decision with its
/// proof or, in their order, the codes of all findings.
std::string Told(const gates::UpdateReport& report);

/// Whether refs may move: the world, the policy that judges, what is asked for.
struct Landing {
  FakeWorld world{};
  gates::Trust trust{.default_branch = "refs/heads/main",
                     .policy_commit = std::nullopt,
                     .pinned = gates::SourcedPolicy{gates::BuiltInPolicy(), {"file", std::nullopt}},
                     .required_gates = {}};
  gates::Asked asked{};
  gates::Head head = gates::Head::kFinished;

  gates::Policy& policy() { return trust.pinned->policy; }
  gates::GateRule& gate(const std::string& id);

  std::vector<gates::UpdateReport> Judge(const std::vector<gates::RefUpdate>& updates) const;
  gates::UpdateReport Judge(const gates::RefUpdate& update) const {
    return Judge(std::vector{update})[0];
  }

  /// refs/heads/main from `before` to `after`.
  gates::UpdateReport Move(const gates::ObjectId& before, const gates::ObjectId& after) const {
    return Judge({"refs/heads/main", before, after});
  }
  std::string Land(const gates::ObjectId& before, const gates::ObjectId& after) const {
    return Told(Move(before, after));
  }

  /// The rules of the pinned policy.
  gates::Rules rules() const { return {trust.pinned->policy, trust.default_branch}; }
};

/// A base, a commit on it that staging validated, and room for what lands.
struct StagedLanding : Landing {
  gates::ObjectId base = world.Commit({.files = Files{{"README", "hello"}, {"src/a", "1"}}});
  gates::ObjectId staged = world.Commit(
      {.parents = {base}, .adds = {{"src/a", "2"}}, .message = "Count on\n\nRefs: ORCH-1\n"});

  /// A commit on the staged one.
  gates::ObjectId Then(const Files& adds, const std::vector<std::string>& drops = {}) {
    return world.Commit({.parents = {staged}, .adds = adds, .drops = drops, .message = "Record"});
  }

  /// Lands the staged commit with these files on it.
  std::string LandWith(const Files& adds) { return Land(base, Then(adds)); }
};

}  // namespace test
