#include "gates/staged_logs.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::StagingLog;
using Texts = std::vector<std::string>;

const std::string kBroken = "no frontmatter\n";

struct StagedLogsTest : testing::Test {
  std::vector<StagedFile> Index(const Files& files) {
    std::vector<StagedFile> index;
    for (const auto& [path, file] : files)
      index.push_back({path, file.mode, file.object.value_or(landing.world.Blob(file.text)),
                       StagedFile::Kind::kFile});
    return index;
  }

  Survey Of(const std::vector<StagedFile>& index, const Files& head, const Files& landed = {}) {
    const std::array held{Root{landing.world.Tree(head), {}}, Root{landing.world.Tree(landed), {}}};
    return SurveyStaged(index, held, landing.rules(), landing.world, landing.world);
  }

  /// "path token-or-code" of each log, then the codes and paths of other findings.
  static Texts Lines(const Survey& survey) {
    Texts lines;
    const auto code = [](const Finding& finding) {
      return std::string(ReasonFor(finding.code).name);
    };
    for (const SurveyedLog& log : survey.logs)
      lines.push_back(log.path + " " +
                      (log.findings.empty() ? log.token.value_or("none") : code(log.findings[0])));
    for (const Finding& finding : survey.findings)
      lines.push_back(finding.path + " " + code(finding));
    return lines;
  }

  Texts Staged(const Files& index, const Files& head = {}, const Files& landed = {}) {
    return Lines(Of(Index(index), head, landed));
  }

  test::Landing landing;
};

TEST_F(StagedLogsTest, AreThoseThatHeadDoesNotHoldJustSo) {
  const Files head{{"app", "1"}, {StagingLog("A-1"), kFailed}, {StagingLog("A-2"), kFailed}};
  const Files index{{"app", "2"},
                    {StagingLog("A-1"), kFailed},
                    {StagingLog("A-2"), kFailed + "more\n"},
                    {StagingLog("A-3"), kBroken}};
  EXPECT_EQ(Staged(index, head),
            (Texts{StagingLog("A-2") + " FAILED", StagingLog("A-3") + " VERDICT_FRONTMATTER"}));
}

TEST_F(StagedLogsTest, AreNoneWhereOnlyOtherFilesAreStaged) {
  const std::string item = "docs/work-items/A-1/";
  const Files head{{StagingLog("A-1"), kBroken}, {item + "notes", "1"}, {item + "old/log", "1"}};
  const Files index{{"docs/guide", "1"},
                    {StagingLog("A-1"), kBroken},
                    {StagingLog("A-1") + ".sig", "1"},
                    {item + "notes", "2"},
                    {item + "old/log", "2"},
                    {"docs/work-items/readme", "1"},
                    {"other/" + StagingLog("A-2"), kBroken}};
  EXPECT_EQ(Staged(index, head), Texts{});
  EXPECT_EQ(Staged(head, head), Texts{});
  EXPECT_EQ(Staged({}, head), Texts{});
  EXPECT_EQ(Staged({}), Texts{});
}

TEST_F(StagedLogsTest, AreNoneOfThoseThatLandedAlready) {
  const Files landed{{StagingLog("A-1"), kBroken}, {StagingLog("A-2"), kBroken}};
  const Files index{{StagingLog("A-1"), kBroken}, {StagingLog("A-2"), kBroken + "more\n"}};
  EXPECT_EQ(Staged(index, {}, landed), Texts{StagingLog("A-2") + " VERDICT_FRONTMATTER"});
}

TEST_F(StagedLogsTest, AreReadWithTheirModes) {
  const std::string log = StagingLog("A-1"), refused = log + " VERDICT_NOT_A_FILE";
  const Files head{{log, kFailed}};
  EXPECT_EQ(Staged({{log, test::Executable(kFailed)}}, head), Texts{refused});
  EXPECT_EQ(Staged({{log, test::Symlink("/etc/passwd")}}, head), Texts{refused});
  EXPECT_EQ(Staged({{log, test::Gitlink()}}, head), Texts{refused});
  EXPECT_EQ(Staged({{log + "/inside", kFailed}}, head), Texts{refused});
}

TEST_F(StagedLogsTest, AreRefusedWhereSomethingElseThanAFolderLeadsToThem) {
  const Files head{{StagingLog("A-1"), kFailed}};
  for (const std::string path : {"docs", "docs/work-items", "docs/work-items/A-1"})
    EXPECT_EQ(Staged({{path, test::Symlink("elsewhere")}}, head),
              Texts{path + " VERDICT_NOT_A_FILE"});
  EXPECT_EQ(Staged({{"docs", "1"}}, {{"docs", "1"}}), Texts{});
}

TEST_F(StagedLogsTest, AreRefusedWhereANameOnTheWayHasATwin) {
  const Texts malformed{StagingLog("A-1") + " FAILED", "Docs TREE_MALFORMED"};
  EXPECT_EQ(Staged({{"Docs/x", "1"}, {StagingLog("A-1"), kFailed}}), malformed);
  EXPECT_EQ(Staged({{"Docs/x", "1"}, {StagingLog("A-1"), kFailed}, {"z", "1"}},
                   {{"Docs/x", "1"}, {StagingLog("A-1"), kFailed}}),
            Texts{});
  const std::string twin = "docs/work-items/A-1/15-Staging-Log.md";
  EXPECT_EQ(Staged({{twin, "1"}, {StagingLog("A-1"), kFailed}}),
            (Texts{StagingLog("A-1") + " FAILED", twin + " TREE_MALFORMED"}));
}

TEST_F(StagedLogsTest, InConflictAreToldOfOnce) {
  std::vector<StagedFile> index = Index({{"app", "1"}});
  for (const std::string path : {"a/code", "docs/work-items/A-1/notes"})
    index.push_back({path, Mode::kRegular, {}, StagedFile::Kind::kConflict});
  EXPECT_EQ(Lines(Of(index, {})), Texts{});
  for (int stage = 1; stage <= 3; ++stage)
    index.push_back({StagingLog("A-1"), Mode::kRegular, {}, StagedFile::Kind::kConflict});
  const Survey survey = Of(index, {{StagingLog("A-1"), kFailed}});
  EXPECT_EQ(Lines(survey), Texts{StagingLog("A-1") + " MERGE_CONFLICT"});
  EXPECT_EQ(survey.decision(), Decision::kBlock);
}

TEST_F(StagedLogsTest, ThatCannotBeReadAreNoneThatPass) {
  const std::vector<StagedFile> index = Index({{StagingLog("A-1"), kFailed}});
  landing.world.Lose(index[0].id);
  EXPECT_EQ(Lines(Of(index, {})), Texts{StagingLog("A-1") + " OBJECT_MISSING"});
}

// Who cannot tell what is new has to look at everything.
TEST_F(StagedLogsTest, AreAllOfThemWhereHeadIsMalformed) {
  const std::array held{Root{landing.world.MalformedTree(), {}}};
  const auto index = Index({{StagingLog("A-1"), kFailed}, {StagingLog("A-2"), kBroken}});
  EXPECT_EQ(Lines(SurveyStaged(index, held, landing.rules(), landing.world, landing.world)),
            (Texts{StagingLog("A-1") + " FAILED", StagingLog("A-2") + " VERDICT_FRONTMATTER"}));
}

TEST_F(StagedLogsTest, AreOfNoCommit) {
  const Files index{{StagingLog("A-1"), kBroken}, {StagingLog("A-2"), test::Symlink("x")}};
  const Survey survey = Of(Index(index), {});
  EXPECT_FALSE(survey.commit);
  ASSERT_EQ(survey.logs.size(), 2u);
  for (const SurveyedLog& log : survey.logs)
    for (const Finding& finding : log.findings) EXPECT_EQ(finding.sha, "");
}

}  // namespace
}  // namespace gates
