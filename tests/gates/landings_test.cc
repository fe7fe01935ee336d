#include "gates/landings.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;

// Two items, each staged on main as it was before it, and landed by a merge.
struct Landings : test::Landing {
  ObjectId base = world.Commit({.files = Files{{"a", "1"}, {"b", "1"}}});

  ObjectId On(const std::vector<ObjectId>& parents, const Files& adds) {
    return world.Commit({.parents = parents, .adds = adds});
  }
  ObjectId LandItem(const ObjectId& main, const std::string& item, const Files& change) {
    const ObjectId staged = On({main}, change);
    const ObjectId recorded = On({staged}, {{StagingLog(item), Passed(staged)}});
    Files all = change;
    all.emplace(StagingLog(item), Passed(staged));
    return On({main, recorded}, all);
  }

  ObjectId first = LandItem(base, "ONE-1", {{"a", "2"}});
  ObjectId second = LandItem(first, "TWO-2", {{"b", "2"}});
};

struct LandingsTest : testing::Test, Landings {};

TEST_F(LandingsTest, TwoProvenLandingsInOnePushArriveTogether) {
  EXPECT_EQ(Land(base, second), "ALLOW exact");
}

TEST_F(LandingsTest, TheWeakestStepIsTheProof) {
  const ObjectId staged = On({base}, {{"c", "1"}});
  const ObjectId third = On({second}, {{"c", "1"}, {StagingLog("SIX-6"), Passed(staged)}});
  EXPECT_EQ(Land(second, third), "ALLOW replay");
  EXPECT_EQ(Land(base, third), "ALLOW replay");
  EXPECT_EQ(Land(base, On({third}, {{StagingLog("BAD-1"), kFailed}})), "ALLOW replay");
}

TEST_F(LandingsTest, CodeAfterTheLastStepIsNotCarriedAlong) {
  const std::string told = Land(base, On({second}, {{"evil", "1"}}));
  EXPECT_EQ(told, "BLOCK STALE_CODE STALE_CODE") << told;
}

TEST_F(LandingsTest, CodeBetweenTwoStepsIsNotCarriedAlong) {
  const ObjectId between = On({first}, {{"evil", "1"}});
  const ObjectId staged = On({first}, {{"b", "2"}});
  const ObjectId recorded = On({staged}, {{StagingLog("TWO-2"), Passed(staged)}});
  const ObjectId merged =
      On({between, recorded}, {{"b", "2"}, {StagingLog("TWO-2"), Passed(staged)}});
  EXPECT_NE(Land(base, merged).find("BLOCK"), std::string::npos) << Land(base, merged);
}

TEST_F(LandingsTest, ABaseBesideTheFirstParentLineIsNoStep) {
  const ObjectId turned =
      world.Commit({.parents = {On({}, {{"x", "1"}}), base}, .adds = {{"a", "9"}}});
  EXPECT_NE(Land(base, turned).find("BLOCK"), std::string::npos) << Land(base, turned);
}

TEST_F(LandingsTest, AFailureThatIsRecordedLaterIsTheLastWord) {
  EXPECT_EQ(Land(base, On({second}, {{StagingLog("TWO-2"), kFailed}})), "BLOCK VERDICT_FAILED");
}

TEST_F(LandingsTest, WhatALaterItemWasStagedWithIsValidatedWithIt) {
  EXPECT_EQ(Land(base, On({second}, {{StagingLog("ONE-1"), kFailed}})), "ALLOW exact");
}

TEST_F(LandingsTest, AFailureOfAnItemThatDoesNotLandMayComeAlong) {
  EXPECT_EQ(Land(base, On({second}, {{StagingLog("BAD-1"), kFailed}})), "ALLOW exact");
}

TEST_F(LandingsTest, AnItemThatIsAskedForIsNotForgottenBetweenTheSteps) {
  asked.work_items = {"ASK-1"};
  EXPECT_NE(Land(base, second).find("VERDICT_MISSING"), std::string::npos);
  const ObjectId evidence = On({second}, {{StagingLog("BAD-1"), kFailed}});
  EXPECT_NE(Land(base, evidence).find("VERDICT_MISSING"), std::string::npos);
}

TEST_F(LandingsTest, UnderAnExactPolicyEveryStepIsExact) {
  policy().landing = gates::Landing::kExact;
  EXPECT_EQ(Land(base, second), "ALLOW exact");
  const ObjectId staged = On({base}, {{"c", "1"}});
  const ObjectId third = On({second}, {{"c", "1"}, {StagingLog("SIX-6"), Passed(staged)}});
  EXPECT_EQ(Land(base, third), "BLOCK STALE_BASE");
}

// A release branch with a fix that was proven there, merged back into main.
struct MergedBack : testing::Test, Landings {
  ObjectId release = LandItem(base, "FIX-1", {{"b", "fixed"}});
  void SetUp() override { world.SetRef("refs/heads/release/1", release); }
  Files fix{{"b", "fixed"}, {StagingLog("FIX-1"), ""}};
};

TEST_F(MergedBack, ItsItemsAreNotAskedAgain) {
  fix = {{"b", "fixed"}};
  EXPECT_EQ(Land(first, On({first, release}, fix)), "ALLOW replay");
}

TEST_F(MergedBack, AnItemThatIsAskedForByNameIsAskedAllTheSame) {
  fix = {{"b", "fixed"}};
  asked.work_items = {"ASK-1"};
  EXPECT_NE(Land(first, On({first, release}, fix)).find("VERDICT_MISSING"), std::string::npos);
}

TEST_F(MergedBack, NothingMayBeAddedOnTheWay) {
  fix = {{"b", "fixed"}, {"evil", "1"}};
  EXPECT_NE(Land(first, On({first, release}, fix)).find("BLOCK"), std::string::npos);
}

TEST_F(MergedBack, OnlyTheTipOfAProtectedRefServes) {
  world.SetRef("refs/heads/release/1", base);
  world.SetRef("refs/heads/topic", release);
  fix = {{"b", "fixed"}};
  EXPECT_NE(Land(first, On({first, release}, fix)).find("BLOCK"), std::string::npos);
}

TEST_F(MergedBack, AnExactPolicyHasItStaged) {
  policy().landing = gates::Landing::kExact;
  fix = {{"b", "fixed"}};
  EXPECT_NE(Land(first, On({first, release}, fix)).find("BLOCK"), std::string::npos);
}

TEST_F(MergedBack, MayBeOneStepOfALongerPush) {
  fix = {{"b", "fixed"}};
  const ObjectId back = On({first, release}, fix);
  EXPECT_EQ(Land(first, LandItem(back, "NEW-1", {{"c", "1"}})), "ALLOW replay");
  const ObjectId landed = LandItem(first, "NEW-1", {{"c", "1"}});
  EXPECT_EQ(Land(first, On({landed, release}, fix)), "ALLOW replay");
}

TEST_F(MergedBack, AReleaseMovesUpToWhereMainIs) {
  const Files back{{"b", "fixed"}, {StagingLog("FIX-1"), Passed(release)}};
  const ObjectId unrecorded = On({On({first, release}, back)}, {{"c", "1"}});
  world.SetRef("refs/heads/main", unrecorded);
  const gates::RefUpdate update{"refs/heads/release/1", release, unrecorded};
  EXPECT_EQ(test::Told(Judge(update)), "ALLOW replay");
  world.SetRef("refs/heads/main", On({unrecorded}, {{"d", "1"}}));
  EXPECT_NE(test::Told(Judge(update)), "ALLOW replay") << "main had gone on";
  policy().landing = gates::Landing::kExact;
  world.SetRef("refs/heads/main", unrecorded);
  EXPECT_NE(test::Told(Judge(update)), "ALLOW replay") << "a sum that nobody staged";
}

}  // namespace
}  // namespace gates
