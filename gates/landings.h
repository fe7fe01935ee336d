#pragma once

#include "gates/protected_refs.h"
#include "gates/step.h"

namespace gates {

/// Judges a push that may hold several landings: B..L as a whole, else L's
/// first-parent line down to B cut into steps, each proven on the one before
/// it, its items still passing at L. The proof is the weakest step's. Where none serves, the
/// findings are those of the rest that follows the last step proven.
GateOutcome JudgeLandings(const Change& whole, const Asked& asked, ProtectedRefs& protected_refs);

/// L as a merge of B with another protected ref's tip, or that tip itself, and
/// nothing but that: kReplay, and its items are not asked again. kNone: it is none.
Proof ProveMergeOfProtected(const Change& change, ProtectedRefs& protected_refs);

}  // namespace gates
