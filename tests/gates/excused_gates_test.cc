// A gate that is not asked, since who asks is about to write its log: `review`.

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Passed;
using test::StagingLog;

constexpr const char* kReviewLog = "docs/work-items/ORCH-1/12-review.md";

struct ExcusedGates : testing::Test, test::StagedLanding {
  ExcusedGates() {
    gate("review").required = true;
    trust.excused_gates = {"review"};
  }

  void RequireNothingElse() { gate("staging").required = false; }

  ObjectId recorded = Then({{StagingLog(), Passed(staged)}});
};

TEST_F(ExcusedGates, NeedNoLogWhileTheOthersDo) {
  EXPECT_EQ(Land(base, recorded), "ALLOW exact");
  EXPECT_EQ(Land(base, staged), "BLOCK VERDICT_MISSING");
  trust.excused_gates.clear();
  EXPECT_EQ(Land(base, recorded), "BLOCK VERDICT_MISSING");
}

TEST_F(ExcusedGates, AreNotLookedAtWhateverTheirLogSays) {
  for (const char* log : {"no log at all", "---\nreview_status: REQUEST_CHANGES\n---\n"}) {
    const ObjectId reviewed = world.Commit({.parents = {recorded}, .adds = {{kReviewLog, log}}});
    EXPECT_EQ(Land(base, reviewed), "ALLOW exact");
    EXPECT_EQ(Land(recorded, reviewed), "ALLOW evidence-only");
  }
  trust.excused_gates.clear();
  const ObjectId broken = world.Commit({.parents = {recorded}, .adds = {{kReviewLog, "no log"}}});
  EXPECT_EQ(Land(recorded, broken), "BLOCK VERDICT_FRONTMATTER");
}

TEST_F(ExcusedGates, AreNotAskedBetweenTheLandingsOfOnePush) {
  const ObjectId next = world.Commit({.parents = {recorded}, .adds = {{"src/b", "1"}}});
  const ObjectId both =
      world.Commit({.parents = {next}, .adds = {{StagingLog("TWO-2"), Passed(next)}}});
  const ObjectId third = world.Commit({.parents = {base}, .adds = {{"src/c", "1"}}});
  const ObjectId merged = world.Commit(
      {.parents = {both}, .adds = {{"src/c", "1"}, {StagingLog("SIX-6"), Passed(third)}}});
  EXPECT_EQ(Land(base, merged), "ALLOW replay");
}

TEST_F(ExcusedGates, WhereNoOtherIsRequiredTheHeadStandsForTheirProof) {
  RequireNothingElse();
  EXPECT_EQ(Land(base, staged), "ALLOW exact");
  head = Head::kProposed;
  const ObjectId moved = world.Commit({.parents = {base}, .adds = {{"other", "1"}}});
  EXPECT_EQ(Land(moved, staged), "ALLOW replay");
  policy().landing = gates::Landing::kExact;
  EXPECT_EQ(Land(moved, staged), "BLOCK STALE_BASE");
}

TEST_F(ExcusedGates, LeaveTheOtherQuestionsAsked) {
  RequireNothingElse();
  EXPECT_EQ(Land(base, world.Commit({.parents = {base}, .adds = {{"src/a", "2"}}})),
            "BLOCK WORK_ITEM_NONE");
  EXPECT_EQ(Land(base, Then({{test::DeployLog(), "no log"}})), "BLOCK VERDICT_FRONTMATTER");
}

}  // namespace
}  // namespace gates
