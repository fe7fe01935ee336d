#include "gates/proof/verdict_log.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::StagingLog;

const std::string kSha = "0123456789abcdef0123456789abcdef01234567";

GateRule Staging() { return *BuiltInPolicy().FindGate("staging"); }

auto Read(const std::string& block) {
  return ReadVerdictLog("---\n" + block + "---\n# body\n", Staging(), "ORCH-1", "the/log",
                        "the-sha");
}

/// "CODE line:column", or "" for a log that can be read.
std::string Fault(const tl::expected<VerdictLog, Finding>& log) {
  if (log) return "";
  EXPECT_EQ(log.error().path, "the/log");
  EXPECT_EQ(log.error().sha, "the-sha");
  EXPECT_EQ(log.error().weight, Weight::kBlock);
  EXPECT_NE(log.error().remedy, "");
  return std::string(ReasonFor(log.error().code).name) + " " + std::to_string(log.error().line) +
         ":" + std::to_string(log.error().column);
}

std::string FaultIn(const std::string& block) { return Fault(Read(block)); }

TEST(VerdictLog, HoldsATokenAndWhetherItPasses) {
  const auto passed = Read("staging_status: SUCCESS\n");
  ASSERT_TRUE(passed);
  EXPECT_TRUE(passed->passed);
  EXPECT_EQ(passed->token.text, "SUCCESS");
  EXPECT_EQ(passed->token.line, 2);
  EXPECT_EQ(passed->token.column, 17);
  EXPECT_EQ(passed->path, "the/log");
  const auto failed = Read("staging_status: FAILED\n");
  ASSERT_TRUE(failed);
  EXPECT_FALSE(failed->passed);
}

TEST(VerdictLog, ADefaultOneHasNotPassed) { EXPECT_FALSE(VerdictLog{}.passed); }

TEST(VerdictLog, TakesKeyAndTokensFromTheGate) {
  GateRule gate = Staging();
  gate.key = "green";
  gate.pass = "FAILED";
  gate.fail = "SUCCESS";
  const auto log = ReadVerdictLog("---\ngreen: FAILED\n---\n", gate, "", "", "");
  ASSERT_TRUE(log);
  EXPECT_TRUE(log->passed);
}

TEST(VerdictLog, EveryFaultOfTheTextHasItsCode) {
  const auto fault = [](std::string_view text) {
    return Fault(ReadVerdictLog(text, Staging(), "ORCH-1", "the/log", "the-sha"));
  };
  EXPECT_TRUE(fault("").starts_with("VERDICT_FRONTMATTER"));
  EXPECT_TRUE(fault("staging_status: SUCCESS\n").starts_with("VERDICT_FRONTMATTER"));
  EXPECT_TRUE(FaultIn("").starts_with("VERDICT_FRONTMATTER"));
  EXPECT_EQ(FaultIn("a: 1\nstaging_status: SUCC\u202e\n"), "VERDICT_ENCODING 3:21");
  EXPECT_EQ(FaultIn("a: &b 1\nstaging_status: SUCCESS\n"), "VERDICT_YAML 2:4");
  EXPECT_TRUE(FaultIn("deploy_status: SUCCESS\n").starts_with("VERDICT_KEY_MISSING"));
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nstaging_status: SUCCESS\n"),
            "VERDICT_KEY_DUPLICATE 3:1");
  EXPECT_EQ(FaultIn("staging_status: 'SUCCESS'\n"), "VERDICT_TOKEN 2:17");
  EXPECT_EQ(FaultIn("staging_status: SKIPPED\n"), "VERDICT_TOKEN 2:17");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\n  as if\n"), "VERDICT_TOKEN 2:17");
}

TEST(VerdictLog, ALookAlikeOfAKnownKeyIsRefusedBesideItOrAlone) {
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nStaging-Status: FAILED\n"),
            "VERDICT_KEY_DUPLICATE 3:1");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nvalidated-sha: " + kSha + "\n"),
            "VERDICT_KEY_DUPLICATE 3:1");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nvalidated_sha: " + kSha + "\nvalidatedsha: x\n"),
            "VERDICT_KEY_DUPLICATE 4:1");
  EXPECT_EQ(FaultIn("Work.Item: ORCH-1\nstaging_status: SUCCESS\n"), "VERDICT_KEY_DUPLICATE 2:1");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nTimestamp: x\n"), "VERDICT_KEY_DUPLICATE 3:1");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nBase-URL: x\n"), "VERDICT_KEY_DUPLICATE 3:1");
}

TEST(ValidatedSha, IsFortyLowerCaseDigitsBareOrQuoted) {
  for (const std::string& value : {kSha, "'" + kSha + "'", "\"" + kSha + "\"", kSha + " # why"}) {
    const auto log = Read("staging_status: SUCCESS\nvalidated_sha: " + value + "\n");
    ASSERT_TRUE(log) << value;
    EXPECT_EQ(log->validated_sha->text, kSha);
    EXPECT_EQ(log->validated_sha->line, 3);
  }
}

TEST(ValidatedSha, ThatIsAnythingElseIsUnboundAndNeverNone) {
  std::string upper = kSha;
  upper[11] = 'B';
  for (const std::string& value :
       {std::string(), std::string("null"), std::string("~"), kSha.substr(1), kSha + "0", upper,
        "[" + kSha + "]", "|\n  " + kSha, "\n  " + kSha, "\"\\x30" + kSha.substr(1) + "\"",
        "\"\\x30" + kSha.substr(1) + "\" # " + kSha, std::string("main"), "{a: " + kSha + "}"})
    EXPECT_EQ(FaultIn("staging_status: SUCCESS\nvalidated_sha: " + value + "\n").substr(0, 15),
              "VERDICT_UNBOUND")
        << value;
}

TEST(ValidatedSha, IsReadInALogThatFailedToo) {
  EXPECT_EQ(FaultIn("staging_status: FAILED\nvalidated_sha: x\n"), "VERDICT_UNBOUND 3:16");
}

TEST(WorkItemKey, MustBeTheFolder) {
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nwork_item: ORCH-1\n"), "");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nwork_item: 'ORCH-1'\n"), "");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nwork_item: ORCH-2\n"), "VERDICT_FOREIGN 3:12");
  EXPECT_EQ(FaultIn("staging_status: SUCCESS\nwork_item: orch-1\n"), "VERDICT_FOREIGN 3:12");
  EXPECT_TRUE(FaultIn("staging_status: SUCCESS\nwork_item:\n").starts_with("VERDICT_FOREIGN"));
  EXPECT_TRUE(
      FaultIn("staging_status: SUCCESS\nwork_item: [ORCH-1]\n").starts_with("VERDICT_FOREIGN"));
}

TEST(WorkItemKey, IsNotComparedWhereTheFolderIsNotKnown) {
  EXPECT_TRUE(
      ReadVerdictLog("---\nstaging_status: SUCCESS\nwork_item: X-9\n---\n", Staging(), "", "", ""));
}

TEST(Timestamp, IsKeptAsWrittenAndReadByNobodyYet) {
  const auto log = Read("staging_status: SUCCESS\ntimestamp: whenever\n");
  ASSERT_TRUE(log);
  EXPECT_EQ(log->timestamp->text, "whenever");
  EXPECT_FALSE(Read("staging_status: SUCCESS\n")->timestamp);
  EXPECT_FALSE(Read("staging_status: SUCCESS\ntimestamp: [2026-11-21]\n")->timestamp);
}

TEST(VerdictLog, OtherKeysAreWelcome) {
  EXPECT_EQ(FaultIn("title: x\nstaging_status: SUCCESS\nbase_url: http://x\nlist: [a, b]\n"), "");
}

struct FindLog : testing::Test {
  auto In(const Files& files) {
    return FindVerdictLog({landing.world.Tree(files), {}}, "ORCH-1", Staging(), rules, reader);
  }
  Code CodeIn(const Files& files) {
    const auto log = In(files);
    EXPECT_FALSE(log);
    EXPECT_NE(log.error().path, "");
    return log.error().code;
  }

  test::Landing landing;
  Rules rules = landing.rules();
  TreeReader reader{landing.world};
};

TEST_F(FindLog, GivesTheLogWithItsPathAndBlob) {
  const auto log = In({{StagingLog(), kFailed}});
  ASSERT_TRUE(log && *log);
  EXPECT_EQ((*log)->path, StagingLog());
  EXPECT_EQ((*log)->blob, landing.world.Blob(kFailed));
}

TEST_F(FindLog, GivesNothingOnlyWhereThereIsNone) {
  for (const Files& files :
       {Files{}, Files{{"docs/x", ""}}, Files{{"docs/work-items/ORCH-1/x", ""}},
        Files{{StagingLog("ORCH-2"), kFailed}}}) {
    const auto log = In(files);
    ASSERT_TRUE(log);
    EXPECT_FALSE(*log);
  }
}

TEST_F(FindLog, ALogIsARegularFileOfExactlyOneMode) {
  for (const File& odd :
       {test::Executable(kFailed), test::Symlink("x"), test::Gitlink(), File(0100664, kFailed)})
    EXPECT_EQ(CodeIn({{StagingLog(), odd}}), Code::kVerdictNotAFile) << odd.mode;
  EXPECT_EQ(CodeIn({{StagingLog() + "/x", kFailed}}), Code::kVerdictNotAFile);
}

TEST_F(FindLog, NothingButFoldersStandOnTheWay) {
  for (const char* way : {"docs", "docs/work-items", "docs/work-items/ORCH-1"})
    for (const File& odd : {File("x"), test::Executable("x"), test::Symlink("x"), test::Gitlink()})
      EXPECT_EQ(CodeIn({{way, odd}}), Code::kVerdictNotAFile) << way << odd.mode;
}

TEST_F(FindLog, ALargeLogIsRefusedByItsHeader) {
  const File huge(Mode::kRegular, landing.world.HugeBlob(16 * 1024 * 1024 + 1));
  EXPECT_EQ(CodeIn({{StagingLog(), huge}}), Code::kVerdictTooLarge);
  const std::string largest =
      "---\nstaging_status: FAILED\n---\n" + std::string(16 * 1024 * 1024 - 31, '\n');
  EXPECT_TRUE(In({{StagingLog(), largest}}));
  EXPECT_EQ(ReadVerdictLog(largest + "12", Staging(), "", "", "").error().code,
            Code::kVerdictTooLarge);
}

TEST_F(FindLog, AFaultInTheTextNamesPathAndCommit) {
  const auto log = In({{StagingLog(), "nothing"}});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::kVerdictFrontmatter);
  EXPECT_EQ(log.error().path, StagingLog());
  EXPECT_EQ(log.error().sha, ObjectId{}.hex());
}

TEST_F(FindLog, ABlobThatIsNotHereThrows) {
  const Files files{{StagingLog(), kFailed}};
  landing.world.Tree(files);
  landing.world.Lose(landing.world.Blob(kFailed));
  EXPECT_THROW(In(files), WorldError);
}

}  // namespace
}  // namespace gates
