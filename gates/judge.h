#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/core/report.h"
#include "gates/core/world.h"
#include "gates/gate.h"
#include "gates/trusted_side.h"

namespace gates {

/// "Move `ref` from `before` to `after`."
struct RefUpdate {
  std::optional<std::string> ref;    // nothing: unnamed, and treated as protected
  std::optional<ObjectId> before{};  // nothing: the ref does not exist yet
  std::optional<ObjectId> after{};   // nothing: the ref goes away
};

/// Whether `after` is what the ref would point at, or a head that is still to
/// be merged (`check` on a pull request).
enum class Head { kFinished, kProposed };

struct Question {
  std::vector<RefUpdate> updates;
  Head head = Head::kFinished;
  Asked asked;
};

/// The one decision function behind every door. Judges all updates, each on
/// its own; never throws for what the repository or the change may hold.
std::vector<UpdateReport> Judge(const Question& question, TrustedSides& trusted,
                                const World& world);

}  // namespace gates
