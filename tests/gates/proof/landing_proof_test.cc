#include "gates/proof/landing_proof.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::kFailed;
using test::StagingLog;

struct LandingProofTest : testing::Test {
  tl::expected<Proof, Finding> Prove(const ObjectId& validated, const ObjectId& tip) {
    test::FakeBench on(world);
    return ProveLanding(MakeChange(rules, on.bench, base, tip), world.At(validated));
  }

  /// The proof's name, or the code of what speaks against it.
  std::string Told(const ObjectId& validated, const ObjectId& tip) {
    const auto proof = Prove(validated, tip);
    return std::string(proof ? Name(*proof) : ReasonFor(proof.error().code).name);
  }
  ObjectId On(const std::vector<ObjectId>& parents, const Files& adds) {
    return world.Commit({.parents = parents, .adds = adds});
  }

  test::StagedLanding landing;
  test::FakeWorld& world = landing.world;
  Rules rules = landing.rules();
  ObjectId base = landing.base, staged = landing.staged;
};

TEST_F(LandingProofTest, WhatWasStagedOnTheBaseIsExact) {
  EXPECT_EQ(Told(staged, staged), "exact");
  EXPECT_EQ(Told(staged, On({staged}, {{StagingLog(), kFailed}})), "exact");
}

TEST_F(LandingProofTest, HowItGotThereDoesNotMatter) {
  EXPECT_EQ(Told(staged, On({base}, {{"src/a", "2"}})), "exact");          // squashed
  EXPECT_EQ(Told(staged, On({base, staged}, {{"src/a", "2"}})), "exact");  // merged
  EXPECT_EQ(Told(staged, On({On({base}, {{"b", ""}})}, {{"src/a", "2"}})), "STALE_CODE");
}

TEST_F(LandingProofTest, OneByteMoreIsStaleAndItsPathIsNamed) {
  const auto proof = Prove(staged, On({staged}, {{"src/a", "3"}, {"src/b", "1"}}));
  ASSERT_FALSE(proof);
  EXPECT_EQ(proof.error().code, Code::kStaleCode);
  EXPECT_EQ(proof.error().found, "other bytes in src/a, src/b");
  EXPECT_EQ(proof.error().expected, "the content of " + staged.hex12());
}

TEST_F(LandingProofTest, AModeAloneIsStale) {
  EXPECT_EQ(Told(staged, On({staged}, {{"src/a", test::Executable("2")}})), "STALE_CODE");
}

TEST_F(LandingProofTest, AFileLessIsStale) {
  EXPECT_EQ(Told(staged, world.Commit({.parents = {staged}, .drops = {"README"}})), "STALE_CODE");
}

TEST_F(LandingProofTest, OfManyPathsTheFirstTenAreNamed) {
  Files many;
  for (char c = 'a'; c <= 'z'; ++c) many.emplace(std::string(1, c), "x");
  const auto proof = Prove(staged, On({staged}, many));
  ASSERT_FALSE(proof);
  EXPECT_EQ(proof.error().found, "other bytes in a, b, c, d, e, f, g, h, i, j, ...");
}

TEST_F(LandingProofTest, OnAMovedBaseTheirCleanSumIsAReplay) {
  const ObjectId moved = On({base}, {{"b", "1"}});
  base = moved;
  EXPECT_EQ(Told(staged, On({moved, staged}, {{"src/a", "2"}})), "replay");
  EXPECT_EQ(Told(staged, On({moved}, {{"src/a", "2"}})), "replay");
}

TEST_F(LandingProofTest, OnABaseThatMovedByEvidenceAloneItIsStillExact) {
  const ObjectId moved = On({base}, {{StagingLog("OTHER-1"), kFailed}});
  base = moved;
  EXPECT_EQ(Told(staged, On({moved, staged}, {{"src/a", "2"}})), "exact");
}

TEST_F(LandingProofTest, WhatDoesNotMergeIntoAMovedBaseIsNotProven) {
  const ObjectId moved = On({base}, {{"src/a", "other"}});
  base = moved;
  EXPECT_EQ(Told(staged, On({moved, staged}, {{"src/a", "2"}})), "MERGE_CONFLICT");
}

TEST_F(LandingProofTest, ASumThatHoldsMoreOnAMovedBaseIsNotProven) {
  const ObjectId moved = On({base}, {{"b", "1"}});
  base = moved;
  EXPECT_EQ(Told(staged, On({moved, staged}, {{"src/a", "2"}, {"evil", "1"}})), "MERGE_EVIL");
  EXPECT_EQ(Told(staged, On({moved}, {{"src/a", "2"}, {"evil", "1"}})), "STALE_CODE");
}

TEST_F(LandingProofTest, AnOldTreeLaidOverAMovedBaseIsNotProven) {
  const ObjectId moved = On({base}, {{"b", "1"}});
  base = moved;
  EXPECT_EQ(Told(staged, world.Commit({.parents = {moved},
                                       .files = Files{{"README", "hello"}, {"src/a", "2"}}})),
            "STALE_CODE");
}

TEST_F(LandingProofTest, AMergeThatAddsToWhatItMergesIsEvil) {
  EXPECT_EQ(Told(staged, On({base, staged}, {{"src/a", "2"}, {"evil", "1"}})), "MERGE_EVIL");
}

TEST_F(LandingProofTest, AMergeThatDropsFromWhatItMergesIsEvil) {
  EXPECT_EQ(Told(staged, On({base, staged}, {})), "MERGE_EVIL");
}

TEST_F(LandingProofTest, AMergeOfLogsOnTopOfTheValidatedCommitIsEvilToo) {
  const ObjectId recorded = On({staged}, {{StagingLog(), kFailed}});
  EXPECT_EQ(Told(staged, On({base, recorded}, {{"src/a", "3"}})), "MERGE_EVIL");
}

TEST_F(LandingProofTest, AMergeOfOtherBytesIsStaleAndNotEvil) {
  const ObjectId more = On({staged}, {{"src/a", "3"}});
  EXPECT_EQ(Told(staged, On({base, more}, {{"src/a", "3"}})), "STALE_CODE");
}

TEST_F(LandingProofTest, TheFirstParentDoesNotMakeAMergeEvil) {
  const ObjectId side = On({base}, {{"b", "1"}});
  EXPECT_EQ(Told(staged, On({staged, side}, {{"b", "1"}})), "STALE_CODE");
}

}  // namespace
}  // namespace gates
