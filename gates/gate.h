#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/report.h"
#include "gates/proof/change.h"

namespace gates {

/// What the asker adds to a change: it can only ask for more, or name what the
/// logs leave open.
struct Asked {
  std::vector<std::string> work_items;  // --work-item
  std::optional<ObjectId> validated;    // --validated-sha
};

/// What one gate says about a change: facts, never a verdict. `proof` is the
/// weakest that it found for what it asks; kNone where findings say why not.
struct GateOutcome {
  std::vector<WorkItemReport> work_items;
  std::vector<Finding> findings;
  Proof proof = Proof::kNone;
};

/// A kind of gate. Gates are constants in a table, not objects in a hierarchy.
struct Gate {
  std::string_view name;
  std::string_view summary;
  GateOutcome (*judge)(const Change&, const Asked&);
};

/// Every kind of gate, in the order they run and are reported.
std::span<const Gate> AllGates();

}  // namespace gates
