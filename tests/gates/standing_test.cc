#include "gates/standing.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::DeployLog;
using test::Files;
using test::StagingLog;

/// A log with this status line, of a verdict on `validated` at that hour of a day.
std::string Log(const std::string& status, const ObjectId& validated, int hour = 0) {
  const std::string time = hour == 0
                               ? ""
                               : "timestamp: 2026-03-01T" + std::string(hour < 10 ? "0" : "") +
                                     std::to_string(hour) + ":00:00Z\n";
  return "---\n" + status + "\nvalidated_sha: " + validated.hex() + "\n" + time + "---\n";
}

const std::string kStagingPassed = "staging_status: SUCCESS",
                  kStagingFailed = "staging_status: FAILED",
                  kDeployPassed = "deploy_status: SUCCESS", kDeployFailed = "deploy_status: FAILED";

struct StandingTest : testing::Test {
  Standings Of(const Files& logs, const std::optional<std::string>& item = std::nullopt) {
    const ObjectId commit = story.Then(logs);
    return FindStandings({story.world.At(commit), has_landed}, story.rules(), story.world.ports(),
                         item);
  }

  /// "deploy: passed open": the next stage and the state of each, of ORCH-1.
  std::string Told(const Files& logs) {
    const Standings standings = Of(logs, "ORCH-1");
    const Standing& standing = standings.work_items.at(0);
    std::string told = std::string(standing.next_stage.value_or("null")) + ":";
    for (const StageStanding& stage : standing.stages) told += " " + std::string(Name(stage.state));
    return told;
  }

  std::string Told(const std::string& staging, const std::string& deploy) {
    return Told({{StagingLog(), staging}, {DeployLog(), deploy}});
  }

  test::StagedLanding story;
  bool has_landed = false;
  const ObjectId staged = story.staged;  // the content that the logs are committed on
  const ObjectId other = story.base;
};

TEST_F(StandingTest, AnItemGoesThroughTheStagesInTheirOrder) {
  EXPECT_EQ(Told({{"docs/work-items/ORCH-1/notes", ""}}), "deploy-staging: open open");
  EXPECT_EQ(Told({{StagingLog(), Log(kStagingPassed, staged)}}), "deploy: passed open");
  EXPECT_EQ(Told(Log(kStagingPassed, staged), Log(kDeployPassed, staged)), "done: passed passed");
}

TEST_F(StandingTest, AFailureAnywhereLeadsBackToDevelopment) {
  EXPECT_EQ(Told({{StagingLog(), Log(kStagingFailed, staged)}}), "development: failed open");
  EXPECT_EQ(Told(Log(kStagingPassed, staged), Log(kDeployFailed, staged)),
            "development: passed failed");
  EXPECT_EQ(Told({{DeployLog(), Log(kDeployFailed, staged)}}), "development: open failed");
  EXPECT_EQ(Told(Log(kStagingFailed, staged), Log(kDeployPassed, staged)),
            "development: failed passed");
}

TEST_F(StandingTest, AStageIsNotPassedBeforeTheOneBeforeIt) {
  EXPECT_EQ(Told({{DeployLog(), Log(kDeployPassed, staged)}}), "deploy-staging: open passed");
}

TEST_F(StandingTest, AnItemNeedsNoFolderToBeAskedFor) {
  EXPECT_EQ(Told(Files{}), "deploy-staging: open open");
  EXPECT_EQ(Of({}, "ORCH-1").decision(), Decision::kAllow);
  EXPECT_EQ(Of({}, "ORCH-1").work_items.at(0).stages.at(1).log.path, DeployLog());
}

TEST_F(StandingTest, ABrokenLogIsNeverAStagePassed) {
  const Files logs{{StagingLog(), "---\nstaging_status: success\n---\n"},
                   {DeployLog(), Log(kDeployPassed, staged)}};
  EXPECT_EQ(Told(logs), "null: unreadable passed");
  EXPECT_EQ(Of(logs).decision(), Decision::kBlock);
  EXPECT_EQ(Told("text", Log(kDeployFailed, staged)), "null: unreadable failed");
  EXPECT_EQ(Told(Log(kStagingPassed, staged), "text"), "null: passed unreadable");
}

TEST_F(StandingTest, NothingComesNextWhereAFolderCannotBeTold) {
  const Files twins{{StagingLog(), Log(kStagingPassed, staged)},
                    {"docs/work-items/ORCH-1/15-STAGING-LOG.md", ""}};
  EXPECT_EQ(Told(twins), "null: stale open");
  EXPECT_EQ(Of(twins).decision(), Decision::kBlock);
  has_landed = true;
  const Standings standings =
      Of({{"docs/work-items/ORCH-2", "a file"}, {StagingLog(), Log(kStagingPassed, staged)}});
  EXPECT_EQ(standings.work_items.at(0).next_stage, "deploy");
  EXPECT_EQ(standings.work_items.at(1).next_stage, std::nullopt);
  EXPECT_EQ(standings.decision(), Decision::kBlock);
}

TEST_F(StandingTest, APassOfOtherContentIsStale) {
  EXPECT_EQ(Told({{StagingLog(), Log(kStagingPassed, other)}}), "deploy-staging: stale open");
  EXPECT_EQ(Told(Log(kStagingPassed, staged), Log(kDeployPassed, other)), "deploy: passed stale");
  const Standings standings = Of({{StagingLog(), Log(kStagingPassed, other)}});
  EXPECT_EQ(standings.work_items.at(0).stages.at(0).content, Agreement::kDiffers);
  EXPECT_EQ(standings.work_items.at(0).stages.at(0).differs_in, "src/a");
  EXPECT_EQ(standings.decision(), Decision::kAllow);
}

TEST_F(StandingTest, AFailureOfOtherContentIsStillOne) {
  EXPECT_EQ(Told({{StagingLog(), Log(kStagingFailed, other)}}), "development: failed open");
}

// What landed was judged then, and what others land later is no reason to stage it again.
TEST_F(StandingTest, OnTheDefaultBranchOtherContentIsSaidAndNoMore) {
  has_landed = true;
  EXPECT_EQ(Told({{StagingLog(), Log(kStagingPassed, other)}}), "deploy: passed open");
  const Standings standings = Of({{StagingLog(), Log(kStagingPassed, other)}});
  EXPECT_EQ(standings.work_items.at(0).stages.at(0).content, Agreement::kDiffers);
}

TEST_F(StandingTest, LogsAreNoContent) {
  const Standings standings = Of({{StagingLog(), Log(kStagingPassed, staged)}});
  EXPECT_EQ(standings.work_items.at(0).stages.at(0).content, Agreement::kSame);
}

TEST_F(StandingTest, WhatAVerdictIsAboutMayBeUnknown) {
  const ObjectId blob = story.world.Blob("no commit");
  for (const std::string& log :
       {std::string("---\nstaging_status: SUCCESS\n---\n"), Log(kStagingPassed, blob)}) {
    EXPECT_EQ(Told({{StagingLog(), log}}), "deploy: passed open");
    EXPECT_EQ(Of({{StagingLog(), log}}).work_items.at(0).stages.at(0).content, Agreement::kUnknown);
  }
  story.world.Lose(other);
  const Standings standings = Of({{StagingLog(), Log(kStagingPassed, other)}});
  EXPECT_EQ(standings.work_items.at(0).stages.at(0).content, Agreement::kUnknown);
  EXPECT_EQ(standings.decision(), Decision::kAllow);
}

TEST_F(StandingTest, AVerdictOfAnEarlierRoundIsSuperseded) {
  for (const std::string& deploy : {kDeployPassed, kDeployFailed})
    EXPECT_EQ(Told(Log(kStagingPassed, staged, 10), Log(deploy, staged, 9)),
              "deploy: passed superseded");
  EXPECT_EQ(Told(Log(kStagingFailed, staged, 10), Log(kDeployPassed, staged, 9)),
            "development: failed superseded");
  EXPECT_EQ(Told(Log(kStagingPassed, staged, 10), Log(kDeployPassed, staged, 10)),
            "done: passed passed");
  EXPECT_EQ(Told(Log(kStagingPassed, staged, 10), Log(kDeployFailed, staged)),
            "development: passed failed");
}

TEST_F(StandingTest, ListsTheItemsOfACommitWithAndWithoutLogs) {
  has_landed = true;
  const Standings standings = Of({{"docs/work-items/ORCH-3/brief.md", ""},
                                  {StagingLog("ORCH-2"), Log(kStagingPassed, staged)},
                                  {"docs/work-items/notes/x", ""}});
  ASSERT_EQ(standings.work_items.size(), 2u);
  EXPECT_EQ(standings.work_items.at(0).work_item, "ORCH-2");
  EXPECT_EQ(standings.work_items.at(0).next_stage, "deploy");
  EXPECT_EQ(standings.work_items.at(1).work_item, "ORCH-3");
  EXPECT_EQ(standings.work_items.at(1).next_stage, "deploy-staging");
}

TEST_F(StandingTest, AMalformedTreeOfWhatWasValidatedIsNamed) {
  const ObjectId malformed = story.world.Commit(
      {.files = Files{{"README", "hello"},
                      {"src", test::File(Mode::kTree, story.world.MalformedTree())}}});
  const Files logs{{StagingLog(), Log(kStagingPassed, malformed)}};
  EXPECT_EQ(Told(logs), "null: unreadable open");
  EXPECT_EQ(Of(logs).decision(), Decision::kBlock);
}

TEST(Standings, OfNothingTellNoNextStage) {
  EXPECT_EQ(Standing{}.next_stage, std::nullopt);
  EXPECT_EQ(StageStanding{}.state, StageState::kUnreadable);
}

}  // namespace
}  // namespace gates
