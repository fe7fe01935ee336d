#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/rules.h"
#include "gates/core/world.h"
#include "gates/policy_source.h"
#include "gates/protected_refs.h"

namespace gates {

/// What a door knows of the side that was trusted before the change came.
struct Trust {
  std::string default_branch;               // full ref name; empty: not known
  std::optional<ObjectId> policy_commit;    // the default branch's tip, or --policy-from
  std::optional<SourcedPolicy> pinned;      // verdict.policyFile
  std::vector<std::string> required_gates;  // --require: these must be in the policy
  std::vector<std::string> excused_gates{};  // a review's own: its log is not looked at
};

/// The policy that judges an update, compiled, where it came from, and the refs it protects.
struct TrustedSide {
  TrustedSide(Rules compiled, PolicyOrigin from, const World& world)
      : rules(std::move(compiled)), origin(std::move(from)), protected_refs(rules, world) {}

  const Rules rules;
  const PolicyOrigin origin;
  ProtectedRefs protected_refs;
};

/// Finds the policy for each update: the pinned one, else that of the policy
/// commit, else (no default branch known) that of the update's own base.
class TrustedSides {
 public:
  TrustedSides(Trust trust, const World& world) : trust_(std::move(trust)), world_(world) {}

  /// Findings POLICY_INVALID or TREE_MALFORMED; throws WorldError.
  tl::expected<TrustedSide*, Finding> For(const std::optional<ObjectId>& base);

 private:
  tl::expected<SourcedPolicy, Finding> Load(const std::optional<ObjectId>& commit) const;

  Trust trust_;
  const World& world_;
  std::map<ObjectId, std::unique_ptr<TrustedSide>> loaded_;  // by commit; zero: none
};

}  // namespace gates
