#pragma once

#include <optional>
#include <string>

#include "gates/judge.h"
#include "gates/protected_refs.h"

namespace gates {

/// Whether a ref update is judged at all: unnamed ones are.
bool IsGuarded(const RefUpdate& update, const Rules& rules);

/// What is wrong with an update by its name alone: REF_FORBIDDEN for
/// refs/replace and look-alikes of protected refs. Deleting those is allowed.
std::optional<Finding> FindForbiddenName(const RefUpdate& update, const Rules& rules);

/// Where a new protected ref starts: a `cut` or `first-push` needs no proof
/// (`allowed`), anything else is judged on `base`; neither: REF_REWRITTEN.
struct NewRefStart {
  Proof allowed = Proof::kNone;
  std::optional<ObjectId> base;
};
NewRefStart FindNewRefStart(const ObjectId& landing, const Rules& rules,
                            ProtectedRefs& protected_refs, const World& world);

}  // namespace gates
