#pragma once

#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "gates/core/rules.h"
#include "gates/core/world.h"

namespace gates {

/// The protected refs as they stood before the push. All updates of a push ask the same one, so
/// that refs are listed and their history is walked once, and only when somebody asks.
class ProtectedRefs {
 public:
  ProtectedRefs(const Rules& rules, const World& world) : rules_(rules), world_(world) {}

  bool AreNone() { return All().empty(); }

  /// Whether one of them leads to `commit`.
  bool LeadTo(const ObjectId& commit);

  /// Whether `commit` is in the history of one of them.
  bool Contain(const ObjectId& commit);

 private:
  using ObjectIds = std::unordered_set<ObjectId, ObjectIdHash>;

  const std::vector<Ref>& All();
  const ObjectIds& Targets();
  const ObjectIds& PeeledTags();
  std::unique_ptr<Ancestry> AncestryOf(const ObjectIds& targets) const;

  const Rules& rules_;
  const World& world_;
  std::optional<std::vector<Ref>> all_;
  std::optional<ObjectIds> targets_, peeled_tags_;
  std::unique_ptr<Ancestry> of_default_branch_, of_others_;
};

}  // namespace gates
