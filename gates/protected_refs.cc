#include "gates/protected_refs.h"

namespace gates {

const std::vector<Ref>& ProtectedRefs::All() {
  if (all_) return *all_;
  all_.emplace();
  for (const std::string& prefix : rules_.ProtectedPrefixes())
    for (Ref& ref : world_.refs.Under(prefix))
      if (rules_.IsProtected(ref.name)) all_->push_back(std::move(ref));
  return *all_;
}

const ProtectedRefs::ObjectIds& ProtectedRefs::Targets() {
  if (targets_) return *targets_;
  targets_.emplace();
  for (const Ref& ref : All()) targets_->insert(ref.target);
  return *targets_;
}

const ProtectedRefs::ObjectIds& ProtectedRefs::PeeledTags() {
  if (peeled_tags_) return *peeled_tags_;
  peeled_tags_.emplace();
  for (const Ref& ref : All()) {
    if (ref.name.starts_with("refs/heads/")) continue;  // git lets only commits stand there
    if (const auto commit = world_.history.Peel(ref.target)) peeled_tags_->insert(*commit);
  }
  return *peeled_tags_;
}

bool ProtectedRefs::LeadTo(const ObjectId& commit) {
  return Targets().contains(commit) || PeeledTags().contains(commit);
}

std::unique_ptr<Ancestry> ProtectedRefs::AncestryOf(const ObjectIds& targets) const {
  std::vector<ObjectId> tips;
  for (const ObjectId& target : targets)
    if (const auto commit = world_.history.Peel(target)) tips.push_back(*commit);
  return world_.history.AncestryOf(std::move(tips));
}

// The default branch is asked alone first: what lies in its history is found without a look at
// the others, however many they are.
bool ProtectedRefs::Contain(const ObjectId& commit) {
  if (!of_default_branch_) {
    ObjectIds tip;
    const std::string& name = rules_.default_branch();
    if (!name.empty() && rules_.IsProtected(name))
      if (const auto target = world_.refs.Find(name)) tip.insert(*target);
    of_default_branch_ = AncestryOf(tip);
  }
  if (of_default_branch_->Holds(commit)) return true;
  if (!of_others_) of_others_ = AncestryOf(Targets());
  return of_others_->Holds(commit);
}

}  // namespace gates
