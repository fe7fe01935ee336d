#include "gates/proof/change.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::kFailed;
using test::StagingLog;

struct ChangeTest : testing::Test {
  Change OnBase(const ObjectId& tip) { return MakeChange(rules, on.bench, base, tip); }
  bool IsStill(const ObjectId& tip) { return MovesNoContent(OnBase(tip)); }
  ObjectId On(const ObjectId& parent, const Files& adds) {
    return landing.world.Commit({.parents = {parent}, .adds = adds});
  }

  test::Landing landing;
  Rules rules = landing.rules();
  test::FakeBench on{landing.world};
  ObjectId base = landing.world.Commit({.files = Files{{"a", "1"}}});
};

TEST_F(ChangeTest, TheRangeIsWhatTheLandingHasAndTheBaseHasNot) {
  const ObjectId one = On(base, {{"a", "2"}}), two = On(one, {{"a", "3"}});
  const Change change = OnBase(two);
  ASSERT_EQ(change.range.size(), 2u);
  EXPECT_EQ(change.range[0].id, two);
  EXPECT_EQ(change.range[1].id, one);
  EXPECT_EQ(change.base.id, base);
  EXPECT_EQ(change.landing.id, two);
}

TEST_F(ChangeTest, ACommitThatIsPromisedMustBeOne) {
  const ObjectId blob = landing.world.Blob("x");
  try {
    RequireCommit(landing.world, blob);
    FAIL() << "a blob passed for a commit";
  } catch (const WorldError& error) {
    EXPECT_EQ(error.code, Code::kRepositoryUnreadable);
    EXPECT_EQ(error.sha, blob.hex());
  }
}

TEST_F(ChangeTest, LogsAndEmptyCommitsMoveNoContent) {
  const ObjectId empty = landing.world.Commit({.parents = {base}, .message = "Nothing"});
  EXPECT_TRUE(IsStill(empty));
  EXPECT_TRUE(IsStill(On(empty, {{StagingLog(), kFailed}})));
}

TEST_F(ChangeTest, AFileMovesContent) { EXPECT_FALSE(IsStill(On(base, {{"a", "2"}}))); }

TEST_F(ChangeTest, WhatIsChangedAndTakenBackMovesContent) {
  EXPECT_FALSE(IsStill(On(On(base, {{"a", "2"}}), {{"a", "1"}})));
}

TEST_F(ChangeTest, AMergeMayHaveTheContentOfAnyParent) {
  const ObjectId left = On(base, {{StagingLog(), kFailed}});
  const ObjectId right = On(base, {{StagingLog("ORCH-2"), kFailed}});
  EXPECT_TRUE(IsStill(landing.world.Commit({.parents = {left, right}})));
}

TEST_F(ChangeTest, AMergeThatDropsWhatItMergesMovesContent) {
  const ObjectId side = On(base, {{"a", "2"}});
  EXPECT_FALSE(IsStill(landing.world.Commit({.parents = {base, side}})));
}

TEST_F(ChangeTest, AMergeThatGoesBackToWhatWasBeforeTheBaseMovesContent) {
  const ObjectId old = landing.world.Commit({.parents = {base}, .message = "Nothing"});
  base = On(base, {{"a", "2"}});
  EXPECT_FALSE(IsStill(landing.world.Commit({.parents = {base, old}, .files = Files{{"a", "1"}}})));
}

TEST_F(ChangeTest, ARootOfItsOwnMovesContent) {
  const ObjectId root = landing.world.Commit({.files = Files{{"a", "1"}}, .message = "Elsewhere"});
  EXPECT_FALSE(IsStill(landing.world.Commit({.parents = {base, root}})));
}

}  // namespace
}  // namespace gates
