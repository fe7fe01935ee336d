#include "gates/judge.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;
using test::Told;

const std::string kMain = "refs/heads/main";

struct JudgeTest : testing::Test, test::StagedLanding {
  ObjectId On(const std::vector<ObjectId>& parents, const Files& adds) {
    return world.Commit({.parents = parents, .adds = adds});
  }
  std::string Push(const std::string& ref, const std::optional<ObjectId>& before,
                   const std::optional<ObjectId>& after) {
    return Told(Judge({ref, before, after}));
  }
  std::string Create(const std::string& ref, const ObjectId& tip) {
    return Push(ref, std::nullopt, tip);
  }

  ObjectId recorded = Then({{StagingLog(), Passed(staged)}});
};

TEST_F(JudgeTest, AReportSaysWhatWasAskedAndByWhichPolicy) {
  const UpdateReport report = Move(base, recorded);
  EXPECT_EQ(Told(report), "ALLOW exact");
  EXPECT_EQ(report.ref, kMain);
  EXPECT_EQ(report.before, base);
  EXPECT_EQ(report.after, recorded);
  EXPECT_EQ(report.base, base);
  EXPECT_EQ(report.policy.source, "file");
}

TEST_F(JudgeTest, NoUpdatesGiveNoReports) {
  EXPECT_TRUE(Landing::Judge(std::vector<RefUpdate>{}).empty());
}

TEST_F(JudgeTest, EachUpdateIsJudgedOnItsOwn) {
  const auto reports =
      Landing::Judge({{kMain, base, recorded}, {"refs/heads/release/1", base, staged}});
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(Told(reports.at(0)), "ALLOW exact");
  EXPECT_EQ(Told(reports.at(1)), "BLOCK VERDICT_MISSING");
}

// --- refs that are not protected ------------------------------------------------------------

TEST_F(JudgeTest, ARefThatIsNotProtectedMayMoveFreely) {
  EXPECT_EQ(Push("refs/heads/topic", base, staged), "ALLOW unprotected");
  EXPECT_EQ(Push("refs/heads/topic", staged, base), "ALLOW unprotected");
  EXPECT_EQ(Push("refs/tags/v1", std::nullopt, staged), "ALLOW unprotected");
  EXPECT_EQ(Push("refs/heads/topic", base, std::nullopt), "ALLOW unprotected");
}

TEST_F(JudgeTest, UnprotectedIsSaidBeforeHistoryIsRead) {
  world.MakeShallow();
  world.Lose(staged);
  EXPECT_EQ(Push("refs/heads/topic", base, staged), "ALLOW unprotected");
}

TEST_F(JudgeTest, AForbiddenNameMayOnlyGoAway) {
  for (const char* ref : {"refs/replace/0123", "refs/heads/MAIN", "refs/heads/main\u200b"}) {
    EXPECT_EQ(Push(ref, std::nullopt, recorded), "BLOCK REF_FORBIDDEN") << ref;
    EXPECT_EQ(Push(ref, base, recorded), "BLOCK REF_FORBIDDEN") << ref;
    EXPECT_EQ(Push(ref, base, std::nullopt), "ALLOW unprotected") << ref;
  }
}

TEST_F(JudgeTest, ASymbolicRefIsJudgedAsTheRefThatItMoves) {
  world.SetSymbolicRef("refs/heads/alias", "refs/heads/main");
  EXPECT_EQ(Push("refs/heads/alias", base, staged), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Push("refs/heads/alias", base, recorded), "ALLOW exact");
  EXPECT_EQ(Push("refs/heads/alias", base, std::nullopt), "BLOCK REF_DELETED");
  EXPECT_EQ(Push("refs/heads/alias", recorded, base), "BLOCK REF_REWRITTEN");
  world.SetSymbolicRef("refs/heads/next", "refs/heads/release/9");
  world.SetRef(kMain, base);
  EXPECT_EQ(Create("refs/heads/next", staged), "BLOCK VERDICT_MISSING");
  world.SetSymbolicRef("refs/heads/twin", "refs/heads/MAIN");
  EXPECT_EQ(Create("refs/heads/twin", staged), "BLOCK REF_FORBIDDEN");
  world.SetSymbolicRef("refs/heads/other", "refs/heads/topic");
  EXPECT_EQ(Push("refs/heads/other", base, staged), "ALLOW unprotected");
}

TEST_F(JudgeTest, ASymbolicRefUnderAProtectedNameIsJudgedWhereverItLeads) {
  world.SetSymbolicRef("refs/heads/master", "refs/heads/topic");
  EXPECT_EQ(Push("refs/heads/master", base, staged), "BLOCK VERDICT_MISSING");
}

TEST_F(JudgeTest, AnUnnamedUpdateIsTreatedAsProtected) {
  EXPECT_EQ(Told(Judge({std::nullopt, base, staged})), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Told(Judge({std::nullopt, base, recorded})), "ALLOW exact");
}

TEST_F(JudgeTest, ADefaultUpdateIsRefused) {
  EXPECT_EQ(Told(Judge(RefUpdate{})), "BLOCK REF_DELETED");
}

// --- moving a protected ref -----------------------------------------------------------------

TEST_F(JudgeTest, DeletingAProtectedRefIsRefused) {
  EXPECT_EQ(Push(kMain, base, std::nullopt), "BLOCK REF_DELETED");
}

TEST_F(JudgeTest, AShallowRepositoryCannotJudgeAProtectedRef) {
  world.MakeShallow();
  EXPECT_EQ(Land(base, recorded), "CANNOT-EVALUATE HISTORY_SHALLOW");
  EXPECT_EQ(Create("refs/heads/release/1", recorded), "CANNOT-EVALUATE HISTORY_SHALLOW");
}

TEST_F(JudgeTest, ARefThatStaysHasNothingToLand) {
  EXPECT_EQ(Land(base, base), "ALLOW nothing-to-land");
}

TEST_F(JudgeTest, AProtectedRefOnlyMovesForward) {
  EXPECT_EQ(Land(recorded, base), "BLOCK REF_REWRITTEN");
  EXPECT_EQ(Land(On({base}, {{"b", "1"}}), recorded), "BLOCK REF_REWRITTEN");
}

TEST_F(JudgeTest, AHeadThatIsStillToBeMergedMayBeBehind) {
  head = Head::kProposed;
  EXPECT_EQ(Land(recorded, base), "ALLOW nothing-to-land");
  EXPECT_EQ(Land(base, recorded), "ALLOW exact");
}

TEST_F(JudgeTest, AHeadWithoutItsBaseIsJudgedAsTheMergeThatWouldLand) {
  head = Head::kProposed;
  EXPECT_EQ(Land(On({base}, {{"b", "1"}}), recorded), "ALLOW replay");
  policy().landing = gates::Landing::kExact;
  EXPECT_EQ(Land(On({base}, {{"b", "1"}}), recorded), "BLOCK STALE_BASE");
}

TEST_F(JudgeTest, AHeadThatConflictsWithItsBaseCannotBeMerged) {
  head = Head::kProposed;
  EXPECT_EQ(Land(On({base}, {{"src/a", "other"}}), recorded), "BLOCK MERGE_CONFLICT");
}

TEST_F(JudgeTest, WhatIsPushedMustLeadToACommit) {
  EXPECT_EQ(Land(base, world.Blob("x")), "BLOCK REF_FORBIDDEN");
  EXPECT_EQ(Land(base, world.Tag(world.Tree({}))), "BLOCK REF_FORBIDDEN");
}

TEST_F(JudgeTest, WhatIsPushedMustBeHere) {
  world.Lose(recorded);
  EXPECT_EQ(Land(base, recorded), "CANNOT-EVALUATE OBJECT_MISSING");
}

TEST_F(JudgeTest, WhatIsThereNowMustBeHere) {
  world.Lose(base);
  EXPECT_EQ(Land(base, recorded), "CANNOT-EVALUATE OBJECT_MISSING");
}

TEST_F(JudgeTest, ARefThatLeadsToNoCommitNowIsNotMoved) {
  EXPECT_EQ(Land(world.Blob("x"), recorded), "BLOCK REF_REWRITTEN");
}

TEST_F(JudgeTest, AFindingOfARefNamesTheObject) {
  EXPECT_EQ(Move(recorded, base).findings.at(0).sha, base.hex());
}

// --- new protected refs ---------------------------------------------------------------------

TEST_F(JudgeTest, TheFirstPushNeedsNoProof) { EXPECT_EQ(Create(kMain, base), "ALLOW first-push"); }

TEST_F(JudgeTest, ARefMayBeThereThatNobodyHereKnowsSoNoPushIsTheFirst) {
  world.LoseTrackOfRefs();
  EXPECT_EQ(Create(kMain, base), "BLOCK REF_REWRITTEN");
}

TEST_F(JudgeTest, TheFirstPushBringsNoInvalidPolicy) {
  EXPECT_EQ(Create(kMain, On({base}, {{".verdict.yml", "x: 1\n"}})), "BLOCK POLICY_INVALID");
  EXPECT_EQ(Create(kMain, On({base}, {{".verdict.yml", "version: 1\n"}})), "ALLOW first-push");
}

TEST_F(JudgeTest, TheFirstPushBringsNoTreeThatReadersDisagreeAbout) {
  EXPECT_EQ(Create(kMain, world.Commit({.tree = world.MalformedTree()})), "BLOCK TREE_MALFORMED");
}

TEST_F(JudgeTest, ACutOfAnotherProtectedRefNeedsNoProof) {
  world.SetRef(kMain, staged);
  EXPECT_EQ(Create("refs/heads/release/1", staged), "ALLOW cut");
}

TEST_F(JudgeTest, ACutOfWhatTheSamePushLandsNeedsNoProof) {
  world.SetRef(kMain, base);
  policy().protected_refs.push_back("refs/tags/v*");
  const ObjectId evidence = On({base}, {{StagingLog("A-1"), kFailed}});
  const RefUpdate main{kMain, base, evidence};
  const RefUpdate release{"refs/heads/release/1", std::nullopt, evidence};
  const RefUpdate tag{"refs/tags/v1", std::nullopt, world.Tag(evidence)};
  for (const auto& order : {std::vector{main, release, tag}, std::vector{tag, release, main}})
    for (const UpdateReport& report : Landing::Judge(order)) {
      EXPECT_EQ(Told(report), report.ref == kMain ? "ALLOW evidence-only" : "ALLOW cut");
      EXPECT_TRUE(report.work_items.empty());
    }
}

TEST_F(JudgeTest, WhatProvesItselfIsNoCut) {
  world.SetRef(kMain, base);
  const auto reports =
      Landing::Judge({{kMain, base, recorded}, {"refs/heads/release/1", std::nullopt, recorded}});
  EXPECT_EQ(Told(reports.at(1)), "ALLOW exact");
}

TEST_F(JudgeTest, ACutOfWhatTheSamePushIsRefusedIsRefusedToo) {
  world.SetRef(kMain, base);
  const auto reports = Landing::Judge({{kMain, base, staged},
                                       {"refs/heads/release/1", std::nullopt, staged},
                                       {"refs/heads/topic", base, staged}});
  EXPECT_EQ(Told(reports.at(0)), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Told(reports.at(1)), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Told(reports.at(2)), "ALLOW unprotected");
}

TEST_F(JudgeTest, ANewRefIsJudgedOnItsMergeBaseWithTheDefaultBranch) {
  world.SetRef(kMain, On({base}, {{"b", "1"}}));
  const UpdateReport report = Judge({"refs/heads/release/1", std::nullopt, recorded});
  EXPECT_EQ(Told(report), "ALLOW exact");
  EXPECT_EQ(report.base, base);
  EXPECT_EQ(Create("refs/heads/release/1", staged), "BLOCK VERDICT_MISSING");
}

TEST_F(JudgeTest, ANewRefNeedsAnExactProofAndNothingLessServes) {
  world.SetRef(kMain, base);
  policy().exempt = {"notes/**"};
  EXPECT_EQ(Create("refs/heads/release/1", On({base}, {{StagingLog("A-1"), kFailed}})),
            "BLOCK VERDICT_FAILED");
  EXPECT_EQ(Create("refs/heads/release/1", On({base}, {{"notes/a", "1"}})), "BLOCK WORK_ITEM_NONE");
  EXPECT_EQ(Create("refs/heads/release/1", world.Commit({.parents = {base}, .message = "Nothing"})),
            "BLOCK WORK_ITEM_NONE");
}

TEST_F(JudgeTest, ANewRefInsideHistoryIsJudgedOnItsFirstParent) {
  const ObjectId landed = On({base, recorded}, {{"src/a", "2"}, {StagingLog(), Passed(staged)}});
  const ObjectId tip = On({landed}, {{"src/a", "3"}});
  world.SetRef(kMain, tip);
  EXPECT_EQ(Create("refs/heads/release/1", landed), "ALLOW exact");
  EXPECT_EQ(Create("refs/heads/release/1", staged), "BLOCK VERDICT_MISSING");
}

TEST_F(JudgeTest, ANewRefWithoutASingleBaseIsRefused) {
  world.SetRef(kMain, recorded);
  EXPECT_EQ(Create("refs/heads/release/1", base), "BLOCK REF_REWRITTEN");  // a root inside history
  EXPECT_EQ(Create("refs/heads/release/1", world.Commit({.files = Files{{"z", "1"}}})),
            "BLOCK REF_REWRITTEN");
}

// --- tags -----------------------------------------------------------------------------------

struct Tags : JudgeTest {
  Tags() {
    policy().protected_refs = {"HEAD", "refs/tags/v*"};
    world.SetRef(kMain, recorded);
  }
};

TEST_F(Tags, AProtectedTagOfALandedTipIsACut) {
  EXPECT_EQ(Create("refs/tags/v1", recorded), "ALLOW cut");
  EXPECT_EQ(Create("refs/tags/v1", world.Tag(world.Tag(recorded))), "ALLOW cut");
}

TEST_F(Tags, AProtectedTagOfAnythingElseNeedsAProof) {
  EXPECT_EQ(Create("refs/tags/v1", world.Tag(On({recorded}, {{"src/a", "3"}}))),
            "BLOCK WORK_ITEM_NONE");
}

TEST_F(Tags, AProtectedTagDoesNotMove) {
  EXPECT_EQ(Push("refs/tags/v1", base, recorded), "BLOCK REF_REWRITTEN");
  EXPECT_EQ(Push("refs/tags/v1", world.Tag(base), world.Tag(base)), "BLOCK REF_REWRITTEN");
  EXPECT_EQ(Push("refs/tags/v1", base, base), "ALLOW nothing-to-land");
}

TEST_F(Tags, AProtectedTagDoesNotMoveByASymbolicRefEither) {
  world.SetSymbolicRef("refs/heads/latest", "refs/tags/v1");
  EXPECT_EQ(Push("refs/heads/latest", base, recorded), "BLOCK REF_REWRITTEN");
}

TEST_F(Tags, AProtectedTagIsNotDeleted) {
  EXPECT_EQ(Push("refs/tags/v1", base, std::nullopt), "BLOCK REF_DELETED");
}

TEST_F(Tags, AProtectedTagLeadsToACommit) {
  EXPECT_EQ(Create("refs/tags/v1", world.Tag(world.Blob("x"))), "BLOCK REF_FORBIDDEN");
  EXPECT_EQ(Create("refs/tags/v1", world.Tree({})), "BLOCK REF_FORBIDDEN");
}

TEST_F(Tags, ALookAlikeOfAProtectedTagIsForbidden) {
  EXPECT_EQ(Create("refs/tags/V1", recorded), "BLOCK REF_FORBIDDEN");
}

// --- the judging policy ---------------------------------------------------------------------

TEST_F(JudgeTest, AChangeIsJudgedByTheTrustedPolicyAndNotByItsOwn) {
  trust.pinned.reset();
  trust.policy_commit = base;
  EXPECT_EQ(Land(base, Then({{".verdict.yml", "protected: [other]\n"}})), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Move(base, recorded).policy.source, "built-in");
}

TEST_F(JudgeTest, ABrokenTrustedPolicyCannotBeEvaluatedWhateverIsPushed) {
  trust.pinned.reset();
  trust.policy_commit = On({base}, {{".verdict.yml", "x: 1\n"}});
  EXPECT_EQ(Land(base, recorded), "CANNOT-EVALUATE POLICY_INVALID");
  EXPECT_EQ(Push("refs/heads/topic", base, staged), "CANNOT-EVALUATE POLICY_INVALID");
  EXPECT_EQ(Push(kMain, base, std::nullopt), "CANNOT-EVALUATE POLICY_INVALID");
}

TEST_F(JudgeTest, WithoutADefaultBranchEachUpdateIsJudgedByItsOwnBase) {
  trust = {.default_branch = "",
           .policy_commit = std::nullopt,
           .pinned = std::nullopt,
           .required_gates = {}};
  const ObjectId free = On({base}, {{".verdict.yml", "protected: [other]\n"}});
  EXPECT_EQ(Land(base, staged), "BLOCK VERDICT_MISSING");
  EXPECT_EQ(Land(free, On({free}, {{"src/a", "2"}})), "ALLOW unprotected");
  EXPECT_EQ(Land(base, free), "BLOCK WORK_ITEM_NONE");
}

TEST_F(JudgeTest, AGateThatIsAskedForIsRequired) {
  trust.required_gates = {"deploy"};
  EXPECT_EQ(Land(base, recorded), "BLOCK VERDICT_MISSING");
  trust.required_gates = {"nonsense"};
  EXPECT_EQ(Land(base, recorded), "CANNOT-EVALUATE INPUT_MALFORMED");
}

// --- trees that readers disagree about ------------------------------------------------------

TEST_F(JudgeTest, ANameThatIsNoWorkItemIsRefusedWhereNoProofIsNeededToo) {
  asked.work_items = {"orch-1"};
  EXPECT_EQ(Land(base, base), "BLOCK WORK_ITEM_INVALID");
  EXPECT_EQ(Land(base, On({base}, {{StagingLog(), kFailed}})), "BLOCK WORK_ITEM_INVALID");
  EXPECT_EQ(Push("refs/heads/topic", base, staged), "BLOCK WORK_ITEM_INVALID");
  EXPECT_EQ(Create(kMain, base), "BLOCK WORK_ITEM_INVALID");
}

TEST_F(JudgeTest, AMalformedTreeWhereverOneIsOpenedRefuses) {
  const File bad(Mode::kTree, world.MalformedTree());
  for (const char* path :
       {"src/deep", "docs/work-items/ORCH-2", "docs/work-items/ORCH-1/x", "lib"}) {
    const ObjectId tip = Then({{StagingLog(), Passed(staged)}, {path, bad}});
    EXPECT_EQ(Land(base, tip), "BLOCK TREE_MALFORMED") << path;
    EXPECT_EQ(Move(base, tip).findings.at(0).path, path);
  }
  EXPECT_EQ(Land(base, world.Commit({.parents = {staged}, .tree = world.MalformedTree()})),
            "BLOCK TREE_MALFORMED");
}

TEST_F(JudgeTest, AMalformedTreeThatTheRangeTakesBackRefusesToo) {
  const File bad(Mode::kTree, world.MalformedTree());
  const ObjectId middle = On({staged}, {{"lib", bad}});
  const ObjectId tip = world.Commit(
      {.parents = {middle}, .adds = {{StagingLog(), Passed(staged)}}, .drops = {"lib"}});
  EXPECT_EQ(Land(base, tip), "ALLOW exact");  // nothing opens it: the sides are compared
  const ObjectId still = world.Commit({.parents = {On({base}, {{"lib", bad}})}, .drops = {"lib"}});
  EXPECT_EQ(Land(base, still), "BLOCK TREE_MALFORMED");
}

TEST_F(JudgeTest, AnEqualMalformedTreeIsNotOpened) {
  base = On({base}, {{"lib", File(Mode::kTree, world.MalformedTree())}});
  staged = On({base}, {{"src/a", "2"}});
  EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}}), "ALLOW exact");
}

TEST_F(JudgeTest, ATwinOnTheWayToALogRefuses) {
  for (const char* twin :
       {"Docs/x", "docs/WORK-items/x", "docs/work-items/Orch-1/x",
        "docs/work-items/ORCH-1/15-STAGING-LOG.MD", "docs/wor\u212a-items/x", "doc\u017f/x"})
    EXPECT_EQ(LandWith({{StagingLog(), Passed(staged)}, {twin, ""}}), "BLOCK TREE_MALFORMED")
        << twin;
}

TEST_F(JudgeTest, AMissingTreeCannotBeEvaluated) {
  const ObjectId tip = Then({{StagingLog(), Passed(staged)}, {"lib/x", "1"}});
  world.Lose(world.Tree({{"x", "1"}}));
  EXPECT_EQ(Land(base, tip), "CANNOT-EVALUATE OBJECT_MISSING");
}

}  // namespace
}  // namespace gates
