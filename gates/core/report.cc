#include "gates/core/report.h"

namespace gates {

Decision DecisionFor(const Finding& finding) {
  return finding.weight == Weight::kBlock ? Decision::kBlock : Decision::kCannotEvaluate;
}

std::string_view Name(Decision decision) {
  switch (decision) {
    case Decision::kAllow: return "ALLOW";
    case Decision::kBlock: return "BLOCK";
    case Decision::kCannotEvaluate: break;
  }
  return "CANNOT-EVALUATE";
}

std::string_view Name(Proof proof) {
  switch (proof) {
    case Proof::kNone: break;
    case Proof::kReplay: return "replay";
    case Proof::kExempt: return "exempt";
    case Proof::kExact: return "exact";
    case Proof::kEvidenceOnly: return "evidence-only";
    case Proof::kNothingToLand: return "nothing-to-land";
    case Proof::kCut: return "cut";
    case Proof::kFirstPush: return "first-push";
    case Proof::kUnprotected: return "unprotected";
  }
  return "";
}

std::string_view Name(GateState state) {
  switch (state) {
    case GateState::kSatisfied: return "SATISFIED";
    case GateState::kUnsatisfied: return "UNSATISFIED";
    case GateState::kNotApplicable: return "NOT_APPLICABLE";
    case GateState::kError: break;
  }
  return "ERROR";
}

std::string_view Name(ValidatedBy binding) {
  switch (binding) {
    case ValidatedBy::kNamed: return "named";
    case ValidatedBy::kGiven: return "given";
    case ValidatedBy::kInferred: return "inferred";
    case ValidatedBy::kNobody: break;
  }
  return "";
}

Finding MakeFinding(Code code, std::string message, std::string remedy) {
  Finding finding;
  finding.code = code;
  finding.weight = ReasonFor(code).weight;
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  return finding;
}

std::string_view MessageOf(const Finding& finding) {
  return finding.message.empty() ? ReasonFor(finding.code).meaning
                                 : std::string_view(finding.message);
}

std::string_view RemedyOf(const Finding& finding) {
  return finding.remedy.empty() ? ReasonFor(finding.code).mend : std::string_view(finding.remedy);
}

const Finding* UpdateReport::worst() const {
  const Finding* worst = nullptr;
  for (const Finding& finding : findings)
    if (!worst || finding.weight < worst->weight) worst = &finding;
  return worst;
}

Code UpdateReport::code() const {
  const Finding* finding = worst();
  return finding ? finding->code : Code::kInternal;
}

Decision UpdateReport::decision() const {
  if (const Finding* finding = worst()) return DecisionFor(*finding);
  return proof == Proof::kNone ? Decision::kCannotEvaluate : Decision::kAllow;
}

std::optional<Decision> Report::decision() const {
  if (updates.empty() && findings.empty()) return std::nullopt;
  Decision worst = Decision::kAllow;
  for (const Finding& finding : findings) worst = Worst(worst, DecisionFor(finding));
  for (const UpdateReport& update : updates) worst = Worst(worst, update.decision());
  return worst;
}

}  // namespace gates
