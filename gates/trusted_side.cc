#include "gates/trusted_side.h"

#include <algorithm>

#include "gates/proof/change.h"

namespace gates {
namespace {

tl::expected<Policy, Finding> Require(Policy policy, const std::vector<std::string>& required) {
  for (const std::string& id : required) {
    if (id == "docs" && policy.docs) continue;  // asked for wherever the policy has it
    const auto gate = std::ranges::find(policy.gates, id, &GateRule::id);
    if (gate == policy.gates.end()) {
      Finding finding = MakeFinding(Code::kInputMalformed, "--require names no gate of the policy",
                                    "`git verdict policy show` lists the gates");
      finding.found = id;
      return tl::unexpected(std::move(finding));
    }
    gate->required = true;
  }
  return policy;
}

}  // namespace

tl::expected<SourcedPolicy, Finding> TrustedSides::Load(
    const std::optional<ObjectId>& commit) const {
  if (trust_.pinned) return *trust_.pinned;
  if (!commit) return SourcedPolicy{BuiltInPolicy(), {}};
  TreeReader reader(world_.objects);
  auto policy = FindPolicy(RootOf(RequireCommit(world_.history, *commit)), reader);
  if (reader.malformed().empty()) return policy;
  Finding finding = reader.malformed().front();
  finding.weight = Weight::kCannotEvaluate;  // nobody proposes this tree, it is to judge
  return tl::unexpected(std::move(finding));
}

tl::expected<TrustedSide*, Finding> TrustedSides::For(const std::optional<ObjectId>& base) {
  std::optional<ObjectId> commit = trust_.policy_commit;
  if (!commit && base && !trust_.pinned) commit = world_.history.Peel(*base);
  std::unique_ptr<TrustedSide>& side = loaded_[commit.value_or(ObjectId{})];
  if (side) return side.get();
  auto sourced = Load(commit);
  if (!sourced) return tl::unexpected(sourced.error());
  auto policy = Require(std::move(sourced->policy), trust_.required_gates);
  if (!policy) return tl::unexpected(policy.error());
  for (GateRule& gate : policy->gates)
    gate.excused = std::ranges::find(trust_.excused_gates, gate.id) != trust_.excused_gates.end();
  side = std::make_unique<TrustedSide>(
      Rules(*std::move(policy), trust_.default_branch, std::move(sourced->allowed_signers)),
      sourced->origin, world_);
  return side.get();
}

}  // namespace gates
