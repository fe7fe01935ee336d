// The verdict gate, asked through the one decision function.

#include <gtest/gtest.h>

#include <algorithm>

#include "gates/gate.h"
#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;
using test::Told;

struct VerdictGate : testing::Test, test::StagedLanding {
  ObjectId On(const std::vector<ObjectId>& parents, const Files& adds,
              const std::string& message = "Change") {
    return world.Commit({.parents = parents, .adds = adds, .message = message});
  }
  GateReport Staging(const UpdateReport& report) { return report.work_items.at(0).gates.at(0); }
};

TEST_F(VerdictGate, APassingLogThatNamesWhatLandsIsEnough) {
  const UpdateReport report = Move(base, Then({{StagingLog(), Passed(staged)}}));
  EXPECT_EQ(Told(report), "ALLOW exact");
  const GateReport seen = Staging(report);
  EXPECT_EQ(report.work_items.at(0).id, "ORCH-1");
  EXPECT_EQ(seen.gate, "staging");
  EXPECT_EQ(seen.state, GateState::kSatisfied);
  EXPECT_EQ(seen.path, StagingLog());
  EXPECT_EQ(seen.blob, world.Blob(Passed(staged)));
  EXPECT_EQ(seen.token, "SUCCESS");
  EXPECT_EQ(seen.validated_sha, staged);
  EXPECT_EQ(seen.validated_by, ValidatedBy::kNamed);
  EXPECT_EQ(seen.proof, Proof::kExact);
}

TEST_F(VerdictGate, AnInferredBindingIsReportedAsSuch) {
  const UpdateReport report = Move(base, Then({{StagingLog(), test::PassedAt("2026-01-01")}}));
  EXPECT_EQ(Told(report), "ALLOW exact");
  EXPECT_EQ(Staging(report).validated_sha, staged);
  EXPECT_EQ(Staging(report).validated_by, ValidatedBy::kInferred);
}

TEST_F(VerdictGate, WithoutALogTheVerdictIsMissing) {
  const UpdateReport report = Move(base, staged);
  EXPECT_EQ(Told(report), "BLOCK VERDICT_MISSING");
  const Finding& finding = report.findings.at(0);
  EXPECT_EQ(finding.gate, "staging");
  EXPECT_EQ(finding.work_item, "ORCH-1");
  EXPECT_EQ(finding.path, StagingLog());
  EXPECT_EQ(finding.sha, staged.hex());
  EXPECT_NE(finding.remedy, "");
  EXPECT_EQ(Staging(report).state, GateState::kUnsatisfied);
}

TEST_F(VerdictGate, ARecordedFailureBlocksWhereItStands) {
  const UpdateReport report = Move(base, Then({{StagingLog(), kFailed}}));
  EXPECT_EQ(Told(report), "BLOCK VERDICT_FAILED");
  EXPECT_EQ(report.findings.at(0).line, 2);
  EXPECT_EQ(report.findings.at(0).column, 17);
  EXPECT_EQ(report.findings.at(0).expected, "SUCCESS");
  EXPECT_EQ(report.findings.at(0).found, "FAILED");
  EXPECT_EQ(Staging(report).state, GateState::kUnsatisfied);
}

TEST_F(VerdictGate, ALogIsReadAtTheLandingCommitAndNowhereElse) {
  const ObjectId recorded = Then({{StagingLog(), Passed(staged)}});
  EXPECT_EQ(Land(base, On({recorded}, {{StagingLog(), kFailed}})), "BLOCK VERDICT_FAILED");
}

TEST_F(VerdictGate, ALogThatWentAwayAgainIsMissing) {
  const ObjectId recorded = Then({{StagingLog(), Passed(staged)}});
  EXPECT_EQ(Land(base, world.Commit({.parents = {recorded}, .drops = {"docs"}})),
            "BLOCK VERDICT_MISSING");
}

TEST_F(VerdictGate, EveryBrokenLogIsNamedAndNeverMissing) {
  EXPECT_EQ(LandWith({{StagingLog(), "text"}}), "BLOCK VERDICT_FRONTMATTER");
  EXPECT_EQ(LandWith({{StagingLog(), "---\nstaging_status: SUCC\xff\n---\n"}}),
            "BLOCK VERDICT_ENCODING");
  EXPECT_EQ(LandWith({{StagingLog(), "---\n- SUCCESS\n---\n"}}), "BLOCK VERDICT_YAML");
  EXPECT_EQ(LandWith({{StagingLog(), "---\nstatus: SUCCESS\n---\n"}}), "BLOCK VERDICT_KEY_MISSING");
  EXPECT_EQ(LandWith({{StagingLog(), "---\na: 1\na: 1\nstaging_status: SUCCESS\n---\n"}}),
            "BLOCK VERDICT_KEY_DUPLICATE");
  EXPECT_EQ(LandWith({{StagingLog(), "---\nstaging_status: success\n---\n"}}),
            "BLOCK VERDICT_TOKEN");
  EXPECT_EQ(LandWith({{StagingLog(), "---\nstaging_status: SUCCESS\nwork_item: X-1\n---\n"}}),
            "BLOCK VERDICT_FOREIGN");
  EXPECT_EQ(LandWith({{StagingLog(), "---\nstaging_status: SUCCESS\nvalidated_sha: main\n---\n"}}),
            "BLOCK VERDICT_UNBOUND");
  EXPECT_EQ(LandWith({{StagingLog(), File(Mode::kRegular, world.HugeBlob(1ull << 40))}}),
            "BLOCK VERDICT_TOO_LARGE");
  for (const File& odd : {test::Executable(Passed(staged)), test::Symlink("log"), test::Gitlink()})
    EXPECT_EQ(LandWith({{StagingLog(), odd}}), "BLOCK VERDICT_NOT_A_FILE");
}

TEST_F(VerdictGate, WhatIsNoFolderOnTheWayIsNotAFileForEveryGate) {
  EXPECT_EQ(LandWith({{"docs/work-items/ORCH-1", test::Symlink("../elsewhere")}}),
            "BLOCK VERDICT_NOT_A_FILE VERDICT_NOT_A_FILE VERDICT_NOT_A_FILE");
  EXPECT_EQ(LandWith({{"docs/work-items", test::Gitlink()}}),
            "BLOCK VERDICT_NOT_A_FILE VERDICT_NOT_A_FILE VERDICT_NOT_A_FILE");
}

TEST_F(VerdictGate, ALogThatNamesAnotherCommitDoesNotProveThisOne) {
  EXPECT_EQ(LandWith({{StagingLog(), Passed(base)}}), "BLOCK STALE_CODE");
  const UpdateReport report = Move(base, Then({{StagingLog(), Passed(base)}}));
  EXPECT_EQ(report.findings.at(0).path, StagingLog());
  EXPECT_EQ(report.findings.at(0).line, 3);
  EXPECT_EQ(Staging(report).state, GateState::kUnsatisfied);
  EXPECT_EQ(Staging(report).proof, Proof::kNone);
}

TEST_F(VerdictGate, AMovedBaseIsStaleOnlyWhereAnExactProofIsAskedFor) {
  const ObjectId moved = On({base}, {{"b", "1"}});
  const ObjectId sum = On({moved, staged}, {{"src/a", "2"}, {StagingLog(), Passed(staged)}});
  EXPECT_EQ(Land(moved, sum), "ALLOW replay");
  policy().landing = gates::Landing::kExact;
  EXPECT_EQ(Land(moved, sum), "BLOCK STALE_BASE");
}

TEST_F(VerdictGate, AnEvilMergeIsNamed) {
  EXPECT_EQ(Land(base, On({base, staged},
                          {{"src/a", "2"}, {"evil", "1"}, {StagingLog(), Passed(staged)}})),
            "BLOCK MERGE_EVIL");
}

TEST_F(VerdictGate, AValidatedCommitThatIsNotHereCannotBeEvaluated) {
  const ObjectId tip = Then({{StagingLog(), Passed(*ObjectId::FromHex(std::string(40, 'a')))}});
  const UpdateReport report = Move(base, tip);
  EXPECT_EQ(Told(report), "CANNOT-EVALUATE OBJECT_MISSING");
  EXPECT_EQ(Staging(report).state, GateState::kError);
  EXPECT_EQ(report.findings.at(0).work_item, "ORCH-1");
}

TEST_F(VerdictGate, AValidatedCommitOfZerosIsNotHereEither) {
  EXPECT_EQ(LandWith({{StagingLog(), Passed(ObjectId{})}}), "CANNOT-EVALUATE OBJECT_MISSING");
}

TEST_F(VerdictGate, ALogWhoseBlobIsNotHereCannotBeEvaluated) {
  const ObjectId tip = Then({{StagingLog(), Passed(staged)}});
  world.Lose(world.Blob(Passed(staged)));
  EXPECT_EQ(Land(base, tip), "CANNOT-EVALUATE OBJECT_MISSING");
}

TEST_F(VerdictGate, AChangeOfContentThatNamesNoItemIsRefused) {
  const UpdateReport report = Move(base, On({base}, {{"src/a", "2"}}));
  EXPECT_EQ(Told(report), "BLOCK WORK_ITEM_NONE");
  EXPECT_TRUE(report.work_items.empty());
}

TEST_F(VerdictGate, ATrailerThatIsNoIdNamesNoItem) {
  EXPECT_EQ(Land(base, On({base}, {{"src/a", "2"}}, "One\n\nRefs: #12, orch-1\n")),
            "BLOCK WORK_ITEM_NONE");
}

TEST_F(VerdictGate, AGivenItemIsAskedAsWell) {
  asked.work_items = {"ORCH-2"};
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}, {StagingLog("ORCH-2"), Passed(staged)}}),
            "ALLOW exact");
}

TEST_F(VerdictGate, AGivenItemServesWhereTheChangeNamesNone) {
  const ObjectId recorded = On({base}, {{StagingLog(), Passed(staged)}});
  asked.work_items = {"ORCH-1"};
  EXPECT_EQ(Land(recorded, On({recorded}, {{"src/a", "2"}})), "ALLOW exact");
  asked.work_items = {};
  EXPECT_EQ(Land(recorded, On({recorded}, {{"src/a", "2"}})), "BLOCK WORK_ITEM_NONE");
}

TEST_F(VerdictGate, AGivenNameThatIsNoIdIsRefusedBeforeAnythingElse) {
  asked.work_items = {"ORCH-1", "orch-2", "../ORCH-3"};
  const UpdateReport report = Move(base, Then({{StagingLog(), Passed(staged)}}));
  EXPECT_EQ(Told(report), "BLOCK WORK_ITEM_INVALID WORK_ITEM_INVALID");
  EXPECT_EQ(report.findings.at(0).found, "orch-2");
}

TEST_F(VerdictGate, EveryConcernedItemNeedsThePassToken) {
  const ObjectId tip = On({staged}, {{StagingLog(), Passed(staged)}}, "Record\n\nRefs: ORCH-2\n");
  EXPECT_EQ(Land(base, tip), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Land(base, On({tip}, {{StagingLog("ORCH-2"), kFailed}})), "BLOCK VERDICT_FAILED");
  EXPECT_EQ(Land(base, On({tip}, {{StagingLog("ORCH-2"), Passed(staged)}})), "ALLOW exact");
}

TEST_F(VerdictGate, OneLogThatProvesServesForAllItems) {
  const UpdateReport report =
      Move(base, Then({{StagingLog("ORCH-2"), Passed(base)}, {StagingLog(), Passed(staged)}}));
  EXPECT_EQ(Told(report), "ALLOW exact");
  EXPECT_EQ(report.work_items.at(0).gates.at(0).proof, Proof::kExact);
  EXPECT_EQ(report.work_items.at(1).gates.at(0).proof, Proof::kNone);
  EXPECT_EQ(report.work_items.at(1).gates.at(0).state, GateState::kSatisfied);
}

TEST_F(VerdictGate, AnObjectThatIsMissingForOneLogDoesNotHarmWhereAnotherProves) {
  const ObjectId elsewhere = *ObjectId::FromHex(std::string(40, 'b'));
  EXPECT_EQ(LandWith({{StagingLog("ORCH-2"), Passed(elsewhere)}, {StagingLog(), Passed(staged)}}),
            "ALLOW exact");
}

TEST_F(VerdictGate, WhereNoLogProvesEachSaysWhyInTheOrderOfItems) {
  const ObjectId elsewhere = *ObjectId::FromHex(std::string(40, 'b'));
  const UpdateReport report = Move(base, Then({{StagingLog("ORCH-0"), Passed(base)},
                                               {StagingLog("ORCH-1"), test::PassedAt("never")},
                                               {StagingLog("ORCH-2"), Passed(elsewhere)}}));
  EXPECT_EQ(Told(report), "CANNOT-EVALUATE STALE_CODE VERDICT_UNBOUND OBJECT_MISSING");
  EXPECT_EQ(report.worst()->code, Code::kObjectMissing);
}

TEST_F(VerdictGate, ALogThatFailedProvesNothingForTheOthers) {
  const std::string failed =
      "---\nstaging_status: FAILED\nvalidated_sha: " + staged.hex() + "\n---\n";
  EXPECT_EQ(
      Land(base, On({staged}, {{StagingLog(), failed}, {StagingLog("ORCH-2"), Passed(base)}})),
      "BLOCK VERDICT_FAILED STALE_CODE");
}

TEST_F(VerdictGate, FindingsStandByGateAndThenByItem) {
  gate("deploy").required = true;
  const UpdateReport report =
      Move(base, On({staged}, {{"docs/work-items/B-1/x", ""}, {"docs/work-items/A-1/x", ""}}));
  EXPECT_EQ(Told(report),
            "BLOCK VERDICT_MISSING VERDICT_MISSING VERDICT_MISSING VERDICT_MISSING VERDICT_MISSING "
            "VERDICT_MISSING");
  std::vector<std::string> order;
  for (const Finding& finding : report.findings)
    order.push_back(finding.gate + " " + finding.work_item);
  EXPECT_EQ(order, (std::vector<std::string>{"staging A-1", "staging B-1", "staging ORCH-1",
                                             "deploy A-1", "deploy B-1", "deploy ORCH-1"}));
}

TEST_F(VerdictGate, OfAGateThatIsNotRequiredNothingAndAFailureDoNotBlock) {
  const UpdateReport none = Move(base, Then({{StagingLog(), Passed(staged)}}));
  EXPECT_EQ(none.work_items.at(0).gates.at(1).state, GateState::kNotApplicable);
  const UpdateReport failed =
      Move(base, Then({{StagingLog(), Passed(staged)}, {test::DeployLog(), test::kDeployFailed}}));
  EXPECT_EQ(Told(failed), "ALLOW exact");
  EXPECT_EQ(failed.work_items.at(0).gates.at(1).state, GateState::kUnsatisfied);
  EXPECT_EQ(failed.work_items.at(0).gates.at(1).token, "FAILED");
}

TEST_F(VerdictGate, OfAGateThatIsNotRequiredAMalformedLogBlocks) {
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}, {test::DeployLog(), "text"}}),
            "BLOCK VERDICT_FRONTMATTER");
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)},
                      {test::DeployLog(), "---\ndeploy_status: SUCCESS\nvalidated_sha: x\n---\n"}}),
            "BLOCK VERDICT_UNBOUND");
}

TEST_F(VerdictGate, AMalformedLogOfAnItemThatIsNotConcernedDoesNotBlock) {
  const ObjectId old = On({base}, {{StagingLog("OLD-1"), "text"}});
  const ObjectId on_old = On({old}, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  EXPECT_EQ(Land(old, On({on_old}, {{StagingLog(), Passed(on_old)}})), "ALLOW exact");
}

TEST_F(VerdictGate, EachRequiredGateNeedsItsOwnProof) {
  gate("deploy").required = true;
  const std::string deployed =
      "---\ndeploy_status: SUCCESS\nvalidated_sha: " + staged.hex() + "\n---\n";
  const std::string stale = "---\ndeploy_status: SUCCESS\nvalidated_sha: " + base.hex() + "\n---\n";
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}, {test::DeployLog(), stale}}),
            "BLOCK STALE_CODE");
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}, {test::DeployLog(), deployed}}),
            "ALLOW exact");
}

TEST_F(VerdictGate, TheRemedyOfAMissingVerdictSpeaksOfItsGate) {
  gate("deploy").required = true;
  const auto findings = Move(base, staged).findings;
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_TRUE(findings[0].remedy.starts_with("stage ORCH-1, then ")) << findings[0].remedy;
  EXPECT_TRUE(
      findings[1].remedy.starts_with("have ORCH-1 pass deploy, then `git verdict record "
                                     "deploy --work-item ORCH-1 "))
      << findings[1].remedy;
}

TEST_F(VerdictGate, AFurtherGateNeedsNoCode) {
  policy().gates.push_back(
      {"security", "16-security-scan.md", "security_status", "CLEAN", "DIRTY", true});
  const std::string path = "docs/work-items/ORCH-1/16-security-scan.md";
  const std::string clean =
      "---\nsecurity_status: CLEAN\nvalidated_sha: " + staged.hex() + "\n---\n";
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}, {path, clean}}), "ALLOW exact");
  EXPECT_EQ(
      LandWith({{StagingLog(), Passed(staged)}, {path, "---\nsecurity_status: DIRTY\n---\n"}}),
      "BLOCK VERDICT_FAILED");
  EXPECT_EQ(
      LandWith({{StagingLog(), Passed(staged)}, {path, "---\nsecurity_status: SUCCESS\n---\n"}}),
      "BLOCK VERDICT_TOKEN");
}

TEST_F(VerdictGate, WhereNoGateIsRequiredNothingIsProven) {
  for (GateRule& rule : policy().gates) rule.required = false;
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "CANNOT-EVALUATE");
  policy().gates.clear();
  EXPECT_EQ(LandWith({{"src/a", "3"}}), "CANNOT-EVALUATE");
}

TEST_F(VerdictGate, ADefaultPolicyAllowsNothing) {
  policy() = Policy{};
  policy().protected_refs = {"main"};
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "BLOCK WORK_ITEM_NONE");
}

TEST(GateTable, HoldsTheVerdictGateAndEveryRowIsWhole) {
  ASSERT_FALSE(AllGates().empty());
  EXPECT_EQ(AllGates()[0].name, "verdict");
  for (const Gate& gate : AllGates()) {
    EXPECT_NE(gate.summary, "");
    EXPECT_NE(gate.judge, nullptr);
  }
}

TEST(GateOutcome, ADefaultOneProvesNothing) { EXPECT_EQ(GateOutcome{}.proof, Proof::kNone); }

}  // namespace
}  // namespace gates
