#include "gates/ref_rules.h"

namespace gates {
namespace {

Finding Forbidden(const std::string& ref, std::string message, std::string remedy) {
  Finding finding = MakeFinding(Code::kRefForbidden, std::move(message), std::move(remedy));
  finding.found = ref;
  return finding;
}

}  // namespace

bool IsGuarded(const RefUpdate& update, const Rules& rules) {
  return !update.ref || rules.IsProtected(*update.ref);
}

std::optional<Finding> FindForbiddenName(const RefUpdate& update, const Rules& rules) {
  if (!update.ref || !update.after) return std::nullopt;
  if (update.ref->starts_with("refs/replace/"))
    return Forbidden(*update.ref, "a replace ref makes git show other objects than are there",
                     "do not push refs/replace");
  if (rules.LooksProtected(*update.ref))
    return Forbidden(*update.ref, "this name reads like a protected ref and is none",
                     "push under another name");
  return std::nullopt;
}

NewRefStart FindNewRefStart(const ObjectId& landing, const Rules& rules,
                            ProtectedRefs& protected_refs, const World& world) {
  std::optional<ObjectId> default_tip;
  if (!rules.default_branch().empty()) default_tip = world.refs.Find(rules.default_branch());
  if (!default_tip && protected_refs.AreNone())
    return {.allowed = world.refs.AreAll() ? Proof::kFirstPush : Proof::kNone, .base = {}};
  if (protected_refs.LeadTo(landing)) return {.allowed = Proof::kCut, .base = std::nullopt};
  const auto commit = world.history.FindCommit(landing);
  // Right on the default branch both rules below give the same base. To know which of them it is
  // could take a walk through the whole history.
  if (default_tip && commit && !commit->parents.empty() && commit->parents[0] == *default_tip)
    return {.allowed = Proof::kNone, .base = default_tip};
  if (protected_refs.Contain(landing)) {
    if (!commit || commit->parents.empty()) return {};
    return {.allowed = Proof::kNone, .base = commit->parents[0]};
  }
  if (!default_tip) return {};
  const std::vector<ObjectId> bases = world.history.MergeBases(landing, *default_tip);
  if (bases.size() != 1) return {};
  return {.allowed = Proof::kNone, .base = bases[0]};
}

}  // namespace gates
