#include "gates/ref_rules.h"

#include <algorithm>

namespace gates {
namespace {

std::vector<Ref> ProtectedRefs(const Rules& rules, const World& world) {
  std::vector<Ref> refs = world.refs.All();
  std::erase_if(refs, [&](const Ref& ref) { return !rules.IsProtected(ref.name); });
  return refs;
}

// Those that lead to a commit.
std::vector<ObjectId> TipsOf(const std::vector<Ref>& refs, const World& world) {
  std::vector<ObjectId> tips;
  for (const Ref& ref : refs)
    if (const auto tip = world.history.Peel(ref.target)) tips.push_back(*tip);
  return tips;
}

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

NewRefStart FindNewRefStart(const ObjectId& landing, const Rules& rules, const World& world) {
  const std::vector<Ref> refs = ProtectedRefs(rules, world);
  std::optional<ObjectId> default_tip;
  if (!rules.default_branch().empty()) default_tip = world.refs.Find(rules.default_branch());
  if (refs.empty() && !default_tip) return {.allowed = Proof::kFirstPush, .base = std::nullopt};
  const std::vector<ObjectId> tips = TipsOf(refs, world);
  if (std::ranges::find(tips, landing) != tips.end())
    return {.allowed = Proof::kCut, .base = std::nullopt};
  const bool inside_history = std::ranges::any_of(
      tips, [&](const ObjectId& tip) { return world.history.Contains(tip, landing); });
  if (inside_history) {
    const auto commit = world.history.FindCommit(landing);
    if (!commit || commit->parents.empty()) return {};
    return {.allowed = Proof::kNone, .base = commit->parents[0]};
  }
  if (!default_tip) return {};
  const std::vector<ObjectId> bases = world.history.MergeBases(landing, *default_tip);
  if (bases.size() != 1) return {};
  return {.allowed = Proof::kNone, .base = bases[0]};
}

}  // namespace gates
