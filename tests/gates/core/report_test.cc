#include "gates/core/report.h"

#include <gtest/gtest.h>

#include <array>

#include "gates/core/policy.h"

namespace gates {
namespace {

UpdateReport With(Proof proof, std::vector<Finding> findings = {}) {
  UpdateReport update;
  update.proof = proof;
  update.findings = std::move(findings);
  return update;
}

Finding Blocking(std::string message = "") {
  return MakeFinding(Code::kStaleCode, std::move(message));
}
Finding Unevaluable() { return MakeFinding(Code::kObjectMissing, ""); }

TEST(ZeroValues, Refuse) {
  EXPECT_EQ(Decision{}, Decision::kCannotEvaluate);
  EXPECT_EQ(UpdateReport{}.decision(), Decision::kCannotEvaluate);
  EXPECT_EQ(DecisionFor(Finding{}), Decision::kCannotEvaluate);
  EXPECT_EQ(Finding{}.code, Code::kInternal);
  EXPECT_EQ(Proof{}, Proof::kNone);
  EXPECT_EQ(GateReport{}.state, GateState::kError);
  EXPECT_EQ(ValidatedBy{}, ValidatedBy::kNobody);
  EXPECT_EQ(Weight{}, Weight::kCannotEvaluate);
  EXPECT_EQ(Policy{}.validated_sha, ValidatedSha::kRequired);
  EXPECT_EQ(Policy{}.landing, Landing::kExact);
}

TEST(Decision, TheWorstOfTwoIsTheOneThatRefusesMore) {
  EXPECT_EQ(Worst(Decision::kAllow, Decision::kBlock), Decision::kBlock);
  EXPECT_EQ(Worst(Decision::kCannotEvaluate, Decision::kBlock), Decision::kCannotEvaluate);
  EXPECT_EQ(Worst(Decision::kAllow, Decision::kAllow), Decision::kAllow);
}

TEST(Proof, OfSeveralTheWeakestCounts) {
  EXPECT_EQ(Weakest(std::array{Proof::kExact, Proof::kReplay, Proof::kExact}), Proof::kReplay);
  EXPECT_EQ(Weakest(std::array{Proof::kExact, Proof::kNone}), Proof::kNone);
  EXPECT_EQ(Weakest(std::array{Proof::kEvidenceOnly, Proof::kExact, Proof::kExempt}),
            Proof::kExempt);
  EXPECT_EQ(Weakest({}), Proof::kNone);
}

TEST(UpdateReport, WithoutFindingsNeedsAProof) {
  EXPECT_EQ(With(Proof::kReplay).decision(), Decision::kAllow);
  EXPECT_EQ(With(Proof::kNone).decision(), Decision::kCannotEvaluate);
}

TEST(UpdateReport, AFindingOutweighsEveryProof) {
  EXPECT_EQ(With(Proof::kExact, {Blocking()}).decision(), Decision::kBlock);
  EXPECT_EQ(With(Proof::kExact, {Unevaluable()}).decision(), Decision::kCannotEvaluate);
}

TEST(UpdateReport, TheWorstFindingIsTheFirstOfEquals) {
  EXPECT_EQ(With(Proof::kNone).worst(), nullptr);
  const auto blocked = With(Proof::kNone, {Blocking("first"), Blocking("second")});
  EXPECT_EQ(blocked.worst()->message, "first");
  const auto mixed = With(Proof::kNone, {Blocking(), Unevaluable(), Blocking()});
  EXPECT_EQ(mixed.worst()->code, Code::kObjectMissing);
}

TEST(Report, WithNothingCheckedDecidesNothing) { EXPECT_EQ(Report{}.decision(), std::nullopt); }

TEST(Report, TheWorstUpdateDecides) {
  const auto allowed = With(Proof::kExact), blocked = With(Proof::kNone, {Blocking()});
  EXPECT_EQ((Report{{allowed, allowed}, {}}.decision()), Decision::kAllow);
  EXPECT_EQ((Report{{allowed, blocked, allowed}, {}}.decision()), Decision::kBlock);
  EXPECT_EQ((Report{{blocked, With(Proof::kNone)}, {}}.decision()), Decision::kCannotEvaluate);
}

TEST(Report, AFaultOutsideTheUpdatesDecidesAsWell) {
  EXPECT_EQ((Report{{With(Proof::kExact)}, {Unevaluable()}}.decision()), Decision::kCannotEvaluate);
  EXPECT_EQ((Report{{}, {Blocking()}}.decision()), Decision::kBlock);
}

TEST(Names, AreThoseOfTheContract) {
  EXPECT_EQ(Name(Decision::kAllow), "ALLOW");
  EXPECT_EQ(Name(Decision::kBlock), "BLOCK");
  EXPECT_EQ(Name(Decision::kCannotEvaluate), "CANNOT-EVALUATE");
  EXPECT_EQ(Name(Proof::kNone), "");
  EXPECT_EQ(Name(Proof::kFirstPush), "first-push");
  EXPECT_EQ(Name(Proof::kNothingToLand), "nothing-to-land");
  EXPECT_EQ(Name(GateState::kNotApplicable), "NOT_APPLICABLE");
  EXPECT_EQ(Name(GateState::kError), "ERROR");
  EXPECT_EQ(Name(ValidatedBy::kNobody), "");
  EXPECT_EQ(Name(ValidatedBy::kInferred), "inferred");
}

TEST(Names, OfWhatIsNoValueRefuse) {
  EXPECT_EQ(Name(static_cast<Decision>(9)), "CANNOT-EVALUATE");
  EXPECT_EQ(Name(static_cast<GateState>(9)), "ERROR");
}

TEST(Finding, WeighsWhatTheCatalogueSays) {
  EXPECT_EQ(MakeFinding(Code::kStaleCode, "").weight, Weight::kBlock);
  EXPECT_EQ(MakeFinding(Code::kPolicyInvalid, "").weight, Weight::kCannotEvaluate);
}

}  // namespace
}  // namespace gates
