#pragma once

#include <vector>

#include "gates/core/report.h"
#include "gates/proof/change.h"

namespace gates {

/// What is wrong with the logs that a change without content touches: each
/// must be well-formed (a recorded failure is), none may go away.
std::vector<Finding> FindLogFaults(const Change& change);

/// kEvidenceOnly, or kExempt where the change touches exempt paths too. Only
/// for a change that moves no content.
Proof ProofOfEvidence(const Change& change);

/// POLICY_INVALID (blocking) where L brings another policy, or other signers,
/// than `base` has and they cannot be read. `base` null: there is none yet.
std::vector<Finding> FindProposedPolicyFault(const Rules& judging, const Commit* base,
                                             const Root& landing, TreeReader& reader);

}  // namespace gates
