#include "gates/evidence.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;
using test::Told;

/// A base that holds a log, and changes without content on it.
struct Evidence : testing::Test, test::Landing {
  ObjectId On(const ObjectId& parent, const Files& adds) {
    return world.Commit({.parents = {parent}, .adds = adds});
  }
  std::string LandWith(const Files& adds) { return Land(base, On(base, adds)); }

  ObjectId base = world.Commit(
      {.files = Files{{"src/a", "1"}, {StagingLog("OLD-1"), kFailed}, {"notes/a", "1"}}});
};

TEST_F(Evidence, LogsLandWithoutAProof) {
  EXPECT_EQ(LandWith({{StagingLog(), Passed(base)}}), "ALLOW evidence-only");
  EXPECT_EQ(LandWith({{StagingLog(), Passed(base)}, {StagingLog() + ".sig", test::kSignature}}),
            "ALLOW evidence-only");
}

TEST_F(Evidence, AFailureMayLandSinceItIsTheRecordOfOne) {
  EXPECT_EQ(LandWith({{StagingLog(), kFailed}}), "ALLOW evidence-only");
}

TEST_F(Evidence, RewordsAndEmptyCommitsLandWithoutAnItem) {
  EXPECT_EQ(Land(base, world.Commit({.parents = {base}, .message = "Nothing"})),
            "ALLOW evidence-only");
}

TEST_F(Evidence, EveryChangedLogIsWellFormed) {
  EXPECT_EQ(LandWith({{StagingLog(), "text"}}), "BLOCK VERDICT_FRONTMATTER");
  EXPECT_EQ(LandWith({{StagingLog(), kFailed}, {test::DeployLog("A-1"), "---\nx: 1\n---\n"}}),
            "BLOCK VERDICT_KEY_MISSING");
  EXPECT_EQ(LandWith({{StagingLog(), "---\nstaging_status: FAILED\nwork_item: X-1\n---\n"}}),
            "BLOCK VERDICT_FOREIGN");
}

TEST_F(Evidence, AMalformedLogThatWasThereBeforeDoesNotBlock) {
  const ObjectId odd = On(base, {{StagingLog("ODD-1"), "text"}});
  EXPECT_EQ(Land(odd, On(odd, {{StagingLog(), kFailed}})), "ALLOW evidence-only");
}

TEST_F(Evidence, AMalformedLogThatIsMendedInTheSamePushDoesNotBlock) {
  EXPECT_EQ(Land(base, On(On(base, {{StagingLog(), "text"}}), {{StagingLog(), kFailed}})),
            "ALLOW evidence-only");
}

TEST_F(Evidence, ALogThatIsDeletedIsMissing) {
  const UpdateReport report =
      Move(base, world.Commit({.parents = {base}, .drops = {StagingLog("OLD-1")}}));
  EXPECT_EQ(Told(report), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(report.findings.at(0).path, StagingLog("OLD-1"));
  EXPECT_EQ(report.findings.at(0).work_item, "OLD-1");
  EXPECT_EQ(report.findings.at(0).gate, "staging");
}

TEST_F(Evidence, ASignatureMayGoWhileItsLogStays) {
  const ObjectId is_signed = On(base, {{StagingLog("OLD-1") + ".sig", test::kSignature}});
  EXPECT_EQ(Land(is_signed,
                 world.Commit({.parents = {is_signed}, .drops = {StagingLog("OLD-1") + ".sig"}})),
            "ALLOW evidence-only");
}

TEST_F(Evidence, ASignatureWithoutItsLogIsContent) {
  EXPECT_EQ(LandWith({{StagingLog() + ".sig", test::kSignature}}), "BLOCK VERDICT_MISSING");
}

TEST_F(Evidence, ALogThatIsNoRegularFileIsContent) {
  EXPECT_EQ(LandWith({{StagingLog(), test::Executable(kFailed)}}), "BLOCK VERDICT_NOT_A_FILE");
  EXPECT_EQ(LandWith({{StagingLog("OLD-1"), test::Symlink("x")}}), "BLOCK VERDICT_NOT_A_FILE");
}

TEST_F(Evidence, WhatIsChangedAndTakenBackNeedsAProof) {
  EXPECT_EQ(Land(base, On(On(base, {{"src/a", "2"}}), {{"src/a", "1"}})), "BLOCK WORK_ITEM_NONE");
}

TEST_F(Evidence, AMergeOfLogsIsEvidenceToo) {
  const ObjectId left = On(base, {{StagingLog("A-1"), kFailed}});
  const ObjectId right = On(base, {{StagingLog("A-2"), kFailed}});
  EXPECT_EQ(
      Land(base, world.Commit({.parents = {left, right}, .adds = {{StagingLog("A-2"), kFailed}}})),
      "ALLOW evidence-only");
}

TEST_F(Evidence, AMergeThatTakesBackWhatOthersLandedNeedsAProof) {
  const ObjectId old = world.Commit({.parents = {base}, .message = "Nothing"});
  const ObjectId moved = On(base, {{"src/a", "2"}});
  EXPECT_EQ(Land(moved, world.Commit({.parents = {moved, old}, .adds = {{"src/a", "1"}}})),
            "BLOCK WORK_ITEM_NONE");
}

TEST_F(Evidence, FindingsStandByGateAndThenByItem) {
  const UpdateReport report = Move(base, On(base, {{test::DeployLog("A-1"), "1"},
                                                   {StagingLog("A-1"), "1"},
                                                   {test::DeployLog("B-1"), "1"},
                                                   {StagingLog("B-1"), "1"}}));
  std::vector<std::string> order;
  for (const Finding& finding : report.findings)
    order.push_back(finding.gate + " " + finding.work_item);
  EXPECT_EQ(order,
            (std::vector<std::string>{"staging A-1", "staging B-1", "deploy A-1", "deploy B-1"}));
}

TEST_F(Evidence, ExemptPathsLandAsExempt) {
  policy().exempt = {"notes/**"};
  EXPECT_EQ(LandWith({{"notes/a", "2"}}), "ALLOW exempt");
  EXPECT_EQ(LandWith({{"notes/b", "1"}, {StagingLog(), kFailed}}), "ALLOW exempt");
  EXPECT_EQ(Land(base, world.Commit({.parents = {base}, .drops = {"notes"}})), "ALLOW exempt");
  EXPECT_EQ(LandWith({{StagingLog(), kFailed}}), "ALLOW evidence-only");
}

TEST_F(Evidence, WhatIsNotExemptBesideThemNeedsAProof) {
  policy().exempt = {"notes/**"};
  EXPECT_EQ(LandWith({{"notes/a", "2"}, {"src/a", "2"}}), "BLOCK WORK_ITEM_NONE");
  EXPECT_EQ(LandWith({{"notes/a", test::Executable("2")}}), "BLOCK WORK_ITEM_NONE");
}

struct ProposedPolicy : testing::Test, test::StagedLanding {
  std::string LandPolicy(const test::File& file) {
    const ObjectId tip = world.Commit(
        {.parents = {base}, .adds = {{".verdict.yml", file}}, .message = "Rule\n\nRefs: ORCH-1\n"});
    return Land(base, world.Commit({.parents = {tip}, .adds = {{StagingLog(), Passed(tip)}}}));
  }
};

TEST_F(ProposedPolicy, IsJudgedLikeAnyOtherChange) {
  EXPECT_EQ(LandPolicy("version: 1\nlanding: exact\n"), "ALLOW exact");
  EXPECT_EQ(Land(base, Then({{".verdict.yml", "version: 1\n"}})), "BLOCK VERDICT_MISSING");
}

TEST_F(ProposedPolicy, ThatIsInvalidBlocks) {
  EXPECT_EQ(LandPolicy("landing: perhaps\n"), "BLOCK POLICY_INVALID");
  EXPECT_EQ(LandPolicy(test::Symlink("other.yml")), "BLOCK POLICY_INVALID");
  EXPECT_EQ(LandPolicy(test::Executable("version: 1\n")), "BLOCK POLICY_INVALID");
  EXPECT_EQ(LandPolicy(test::File(Mode::kRegular, world.HugeBlob(64 * 1024 + 1))),
            "BLOCK POLICY_INVALID");
}

TEST_F(ProposedPolicy, ThatIsInvalidBlocksEvenWhereItIsExemptOrInAFolder) {
  policy().exempt = {"**"};
  const ObjectId tip = world.Commit({.parents = {base}, .adds = {{".verdict.yml/x", "1"}}});
  EXPECT_EQ(Land(base, tip), "BLOCK POLICY_INVALID");
}

TEST_F(ProposedPolicy, ThatWasInvalidBeforeAndStaysDoesNotBlock) {
  base = world.Commit({.parents = {base}, .adds = {{".verdict.yml", "bad: 1\n"}}});
  staged = world.Commit({.parents = {base}, .adds = {{"src/a", "2"}}});
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "ALLOW exact");
}

TEST_F(ProposedPolicy, ThatWasInvalidBeforeAndChangesToAnotherInvalidOneBlocks) {
  base = world.Commit({.parents = {base}, .adds = {{".verdict.yml", "bad: 1\n"}}});
  EXPECT_EQ(LandPolicy("bad: 2\n"), "BLOCK POLICY_INVALID");
  EXPECT_EQ(LandPolicy(test::Executable("bad: 1\n")), "BLOCK POLICY_INVALID");
}

TEST_F(ProposedPolicy, MayBeTakenAwayWithAProof) {
  base = world.Commit({.parents = {base}, .adds = {{".verdict.yml", "version: 1\n"}}});
  const ObjectId tip = world.Commit({.parents = {base}, .drops = {".verdict.yml"}});
  EXPECT_EQ(Land(base, world.Commit({.parents = {tip}, .adds = {{StagingLog(), Passed(tip)}}})),
            "ALLOW exact");
}

TEST_F(ProposedPolicy, WhoseSignersGoAwayBlocks) {
  const Files rules{{".verdict.yml", "writers: {allowed_signers: signers, unsigned: allow}\n"},
                    {"signers", "ci key\n"}};
  policy().writers = WritersRule{.allowed_signers = "signers", .unsigned_logs = Unsigned::kAllow};
  base = world.Commit({.parents = {base}, .adds = rules});
  const auto land = [&](const test::NewCommit& change) {
    const ObjectId tip = world.Commit(change);
    return Land(base, world.Commit({.parents = {tip}, .adds = {{StagingLog(), Passed(tip)}}}));
  };
  EXPECT_EQ(land({.parents = {base}, .adds = {{"signers", "ci new-key\n"}}}), "ALLOW exact");
  EXPECT_EQ(land({.parents = {base}, .drops = {"signers"}}), "BLOCK POLICY_INVALID");
  EXPECT_EQ(land({.parents = {base}, .adds = {{"signers", test::Symlink("x")}}}),
            "BLOCK POLICY_INVALID");
  EXPECT_EQ(LandPolicy("writers: {allowed_signers: nowhere}\n"), "BLOCK POLICY_INVALID");
}

TEST_F(ProposedPolicy, WithATwinIsMalformed) {
  EXPECT_EQ(Land(base, Then({{".Verdict.yml", "version: 1\n"}, {StagingLog(), Passed(staged)}})),
            "BLOCK TREE_MALFORMED");
}

}  // namespace
}  // namespace gates
