#pragma once

#include <vector>

#include "gates/gate.h"

namespace gates {

/// How strong a proof a landing needs: as the policy says, or (a new protected
/// ref) an exact one, evidence and exempt paths being none.
enum class Demand { kExactProof, kAsPolicy };

/// Judges one landing of a change as a whole: its logs where it moves no
/// content, else every gate. A `replay` where an exact proof is asked for is
/// STALE_BASE.
GateOutcome JudgeStep(const Change& change, const Asked& asked, Demand demand);

}  // namespace gates
