#include "gates/survey.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;

struct SurveyTest : testing::Test {
  Survey Of(const Files& files, const std::optional<std::string>& item = std::nullopt) {
    return SurveyLogs({landing.world.Tree(files), {}}, landing.rules(), landing.world, item);
  }
  /// "item/gate token-or-code", one for each log.
  std::vector<std::string> Lines(const Survey& survey) {
    std::vector<std::string> lines;
    for (const SurveyedLog& log : survey.logs)
      lines.push_back(log.work_item + "/" + log.gate + " " +
                      (log.findings.empty()
                           ? log.token.value_or("none")
                           : std::string(ReasonFor(log.findings.at(0).code).name)));
    return lines;
  }
  using Texts = std::vector<std::string>;

  test::Landing landing;
};

TEST_F(SurveyTest, ListsTheLogsByItemAndThenByGate) {
  const Survey survey = Of({{StagingLog("B-2"), kFailed},
                            {test::DeployLog("A-1"), test::kDeployPassed},
                            {StagingLog("A-1"), Passed(landing.world.Blob("v"))},
                            {"docs/work-items/A-1/notes", ""}});
  EXPECT_EQ(Lines(survey),
            (Texts{"A-1/staging SUCCESS", "A-1/deploy SUCCESS", "B-2/staging FAILED"}));
  EXPECT_EQ(survey.logs.at(0).path, StagingLog("A-1"));
  EXPECT_EQ(survey.logs.at(0).blob, landing.world.Blob(Passed(landing.world.Blob("v"))));
  EXPECT_EQ(survey.logs.at(0).validated_sha, landing.world.Blob("v"));
  EXPECT_EQ(survey.decision(), Decision::kAllow);
}

TEST_F(SurveyTest, OfACommitWithoutLogsIsEmpty) {
  for (const Files& files :
       {Files{}, Files{{"docs/x", ""}}, Files{{"docs/work-items/notes/15-staging-log.md", ""}}}) {
    EXPECT_TRUE(Of(files).logs.empty());
    EXPECT_EQ(Of(files).decision(), Decision::kAllow);
  }
}

TEST_F(SurveyTest, OfOneItemListsOnlyIts) {
  const Files files{{StagingLog("A-1"), "broken"}, {StagingLog("A-2"), kFailed}};
  EXPECT_EQ(Lines(Of(files, "A-2")), Texts{"A-2/staging FAILED"});
  EXPECT_EQ(Of(files, "A-2").decision(), Decision::kAllow);
}

TEST_F(SurveyTest, ABrokenLogIsListedWithWhatIsWrong) {
  const Survey survey = Of({{StagingLog("A-1"), "text"},
                            {StagingLog("A-2"), test::Executable(kFailed)},
                            {StagingLog("A-3") + "/x", ""}});
  EXPECT_EQ(Lines(survey),
            (Texts{"A-1/staging VERDICT_FRONTMATTER", "A-2/staging VERDICT_NOT_A_FILE",
                   "A-3/staging VERDICT_NOT_A_FILE"}));
  EXPECT_EQ(survey.logs.at(0).findings.at(0).gate, "staging");
  EXPECT_EQ(survey.logs.at(0).findings.at(0).work_item, "A-1");
  EXPECT_EQ(survey.decision(), Decision::kBlock);
}

TEST_F(SurveyTest, ABlobThatIsNotHereDoesNotHideTheOtherLogs) {
  const Files files{{StagingLog("A-1"), kFailed}, {test::DeployLog("A-2"), test::kDeployFailed}};
  landing.world.Tree(files);
  landing.world.Lose(landing.world.Blob(kFailed));
  EXPECT_EQ(Lines(Of(files)), (Texts{"A-1/staging OBJECT_MISSING", "A-2/deploy FAILED"}));
  EXPECT_EQ(Of(files).decision(), Decision::kCannotEvaluate);
}

TEST_F(SurveyTest, WhatIsNoFolderIsNamed) {
  for (const char* path : {"docs", "docs/work-items", "docs/work-items/A-1"}) {
    const Survey survey = Of({{path, test::Symlink("x")}});
    ASSERT_EQ(survey.findings.size(), 1u) << path;
    EXPECT_EQ(survey.findings.at(0).code, Code::kVerdictNotAFile);
    EXPECT_EQ(survey.findings.at(0).path, path);
    EXPECT_EQ(survey.decision(), Decision::kBlock);
  }
}

TEST_F(SurveyTest, TwinsOfItemsAndOfLogsAreMalformed) {
  landing.policy().id = "(?i)[a-z]+-[0-9]+";
  EXPECT_EQ(Of({{StagingLog("A-1"), kFailed}, {StagingLog("a-1"), kFailed}}).decision(),
            Decision::kBlock);
  EXPECT_EQ(
      Of({{StagingLog("A-1"), kFailed}, {"docs/work-items/A-1/15-STAGING-log.md", ""}}).decision(),
      Decision::kBlock);
  EXPECT_EQ(Of({{"docs/work-items/A-1/15-STAGING-log.md", ""}}).decision(), Decision::kBlock);
  EXPECT_EQ(Of({{StagingLog("A-1"), kFailed}, {"Docs/x", ""}}).decision(), Decision::kBlock);
}

TEST_F(SurveyTest, TwinsBesideTheLogsAreFineAsTheyAreForTheGate) {
  EXPECT_EQ(Of({{StagingLog("A-1"), kFailed},
                {"docs/work-items/A-1/README", ""},
                {"docs/work-items/A-1/readme", ""},
                {"docs/work-items/notes/x", ""},
                {"docs/work-items/NOTES/x", ""}})
                .decision(),
            Decision::kAllow);
}

TEST_F(SurveyTest, AMalformedTreeIsNamed) {
  const Survey survey = Of({{"docs/work-items", File(Mode::kTree, landing.world.MalformedTree())}});
  ASSERT_EQ(survey.findings.size(), 1u);
  EXPECT_EQ(survey.findings.at(0).code, Code::kTreeMalformed);
}

}  // namespace
}  // namespace gates
