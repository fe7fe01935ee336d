#pragma once

#include <vector>

#include "gates/core/report.h"
#include "gates/proof/change.h"

namespace gates {

/// What is wrong with the logs that a change without content touches: each
/// must be well-formed (a recorded failure is), none may go away.
std::vector<Finding> FindLogFaults(const Change& change);

/// The same for a change with content, where the policy has `writers`: of logs
/// that no gate asks for, since their items are not among the `concerned`, and
/// of those that such an item had and need not have.
std::vector<Finding> FindOtherLogFaults(const Change& change,
                                        const std::vector<std::string>& concerned);

/// kEvidenceOnly, or kExempt where the change touches exempt paths too. Only
/// for a change that moves no content.
Proof ProofOfEvidence(const Change& change);

/// POLICY_INVALID (blocking) where L brings another policy, or other signers,
/// than `base` has and they cannot be read. `base` null: there is none yet.
std::vector<Finding> FindProposedPolicyFault(const Rules& judging, const Commit* base,
                                             const Root& landing, TreeReader& reader);

}  // namespace gates
