#include "gates/step.h"

#include <algorithm>

#include "gates/docs.h"
#include "gates/evidence.h"

namespace gates {
namespace {

GateOutcome JudgeEvidence(const Change& change) {
  GateOutcome outcome{.work_items = {}, .findings = FindLogFaults(change)};
  // What needs no validation may still have to be told of, or be filled in.
  std::ranges::move(FindDocsFaults(change), std::back_inserter(outcome.findings));
  if (outcome.findings.empty()) outcome.proof = ProofOfEvidence(change);
  return outcome;
}

GateOutcome RunGates(const Change& change, const Asked& asked) {
  GateOutcome all{.work_items = {}, .findings = {}, .proof = Proof::kUnprotected};
  for (const Gate& gate : AllGates()) {
    GateOutcome one = gate.judge(change, asked);
    std::ranges::move(one.findings, std::back_inserter(all.findings));
    std::ranges::move(one.work_items, std::back_inserter(all.work_items));
    all.proof = std::min(all.proof, one.proof);
  }
  return all;
}

Finding StaleBase(const Change& change) {
  Finding finding = MakeFinding(
      Code::kStaleBase, "the base moved after staging, and an exact proof is asked for here",
      "merge or rebase onto the base, stage the result, record its verdict");
  finding.sha = change.landing_name.hex();
  finding.expected = "a validated commit with the content of " + change.landing_name.hex12();
  finding.found = "one that merges with the base to it";
  return finding;
}

}  // namespace

GateOutcome JudgeStep(const Change& change, const Asked& asked, Demand demand) {
  if (demand == Demand::kAsPolicy && MovesNoContent(change)) return JudgeEvidence(change);
  GateOutcome outcome = RunGates(change, asked);
  const bool needs_exact =
      demand == Demand::kExactProof || change.rules.policy().landing == Landing::kExact;
  if (outcome.findings.empty() && outcome.proof == Proof::kReplay && needs_exact)
    outcome.findings.push_back(StaleBase(change));
  if (!outcome.findings.empty()) outcome.proof = Proof::kNone;
  return outcome;
}

}  // namespace gates
