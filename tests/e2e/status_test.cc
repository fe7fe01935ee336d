// `git verdict status`: what an orchestrator asks instead of parsing logs.

#include "tests/e2e/record_story.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

class StatusTest : public RecordStory {
 protected:
  Ran Status(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.begin(), "status");
    return Verdict(clone_.path(), arguments);
  }

  /// What an orchestrator reads of WI-1.
  Json NextStage() const {
    const Ran ran = Status({"WI-1", "--format", "json"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    return ReportOf(ran.out)["work_items"][0]["next_stage"];
  }
};

TEST_F(StatusTest, LeadsAnItemFromStagingToItsEnd) {
  ChangeCode();
  EXPECT_EQ(NextStage(), "deploy-staging");
  ExpectRecorded(RecordStaging("FAILED"));
  EXPECT_EQ(NextStage(), "development");
  ChangeCode("mended");
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(NextStage(), "deploy");
  ExpectRecorded(Record({"deploy", "--work-item", "WI-1", "--status", "FAILED"}));
  EXPECT_EQ(NextStage(), "development");
  ExpectRecorded(Record({"deploy", "--work-item", "WI-1", "--status", "SUCCESS"}));
  EXPECT_EQ(NextStage(), "done");
  ChangeCode("a second round");
  EXPECT_EQ(NextStage(), "deploy-staging");
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(NextStage(), "deploy");
}

TEST_F(StatusTest, ReadsAsTheGoldenFilesDo) {
  RecordVerdict(ChangeCode());
  clone_.CommitFile("docs/work-items/WI-2/brief.md", "to do\n");
  clone_.CommitFile("docs/work-items/WI-3/15-staging-log.md", "---\nstaging_status: ok\n---\n");
  ExpectGolden("status.txt", Status().out);
  ExpectGolden("status.json", Status({"--format", "json"}).out);
  EXPECT_EQ(Status().status, 1);
  EXPECT_EQ(Status({"WI-2"}).status, 0);
}

TEST_F(StatusTest, SaysThatCodeWhichWasChangedIsStagedNoMore) {
  RecordVerdict(ChangeCode());
  ChangeCode("three");
  const Ran ran = Status({"WI-1"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(
      ran.out.find("\nWI-1: next deploy-staging\n  deploy-staging stale: SUCCESS, validated "),
      std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("other content (app.txt)"), std::string::npos) << ran.out;
}

TEST_F(StatusTest, AsksNoLandedItemToBeStagedAgain) {
  RecordVerdict(ChangeCode());
  LandUnjudged("topic:main");
  clone_.CommitFile("other.txt", "of somebody else\n");
  EXPECT_EQ(NextStage(), "deploy-staging");
  LandUnjudged("topic:main");
  EXPECT_EQ(NextStage(), "deploy");
  clone_.Git({"remote", "set-head", "origin", "--delete"});
  EXPECT_EQ(NextStage(), "deploy-staging");
}

TEST_F(StatusTest, NeverReadsAsAPermission) {
  RecordVerdict(ChangeCode());
  for (const Ran& ran : {Status(), Status({"--format", "json"})}) {
    for (const char* word : {"ALLOW", "exact", "may land\n"})
      EXPECT_EQ(ran.out.find(word), std::string::npos) << ran.out;
  }
  EXPECT_TRUE(Status().out.ends_with(
      "\nso say the logs; what may land is for `git verdict check` to say\n"));
}

TEST_F(StatusTest, LooksAtAnotherCommitOnRequest) {
  RecordVerdict(ChangeCode());
  const Ran ran = Status({"WI-1", "--head", "HEAD~1", "--format", "json"});
  const Json json = ReportOf(ran.out);
  EXPECT_EQ(json["commit"], clone_.Id("HEAD~1").hex());
  EXPECT_EQ(json["work_items"][0]["next_stage"], "deploy-staging");
}

TEST_F(StatusTest, TellsNothingOfABrokenLogToAProgram) {
  RecordLog("---\nstaging_status: success\n---\n");
  const Ran ran = Status({"WI-1", "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  const Json item = ReportOf(ran.out)["work_items"][0];
  EXPECT_TRUE(item["next_stage"].is_null());
  EXPECT_EQ(item["stages"][0]["findings"][0]["code"], "VERDICT_TOKEN");
}

TEST_F(StatusTest, RefusesWhatIsNoWorkItem) {
  for (const char* id : {"wi-1", "../WI-1", "WI-1/", "WI-1\n", "::error::x"}) {
    const Ran ran = Status({id, "--format", "json"});
    EXPECT_EQ(ran.status, 1) << id;
    const Json json = ReportOf(ran.out);
    EXPECT_EQ(json["work_items"].size(), 0U);
    EXPECT_EQ(json["findings"][0]["code"], "WORK_ITEM_INVALID");
    ExpectFindings(json["findings"]);
  }
  // An empty variable of a script must not be answered with another item.
  EXPECT_EQ(Status({""}).status, 2);
}

TEST_F(StatusTest, AnswersFaultsInItsOwnSchema) {
  for (const auto& [directory, head] :
       {std::pair{clone_.path(), "nowhere"}, {sandbox_.Path("home"), "HEAD"}}) {
    const Ran ran = Verdict(directory, {"status", "--head", head, "--format", "json"});
    EXPECT_EQ(ran.status, 2);
    const Json json = ReportOf(ran.out);
    EXPECT_EQ(KeysOf(json), (Keys{"schema", "commit", "landed", "work_items", "findings"}));
    EXPECT_EQ(json["schema"], "git-verdict/status/1");
    EXPECT_EQ(json["findings"].size(), 1U);
  }
}

TEST_F(StatusTest, AnswersInAShallowCloneToo) {
  RecordVerdict(ChangeCode());
  ChangeCode("three");
  LandUnjudged("topic:main");
  const GitRepo shallow = GitRepo::Clone(sandbox_, server_.url(), "shallow", {"--depth", "1"});
  const Ran ran = Verdict(shallow.path(), {"status"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_NE(ran.out.find("WI-1: next deploy\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find(", which is not here\n"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace e2e
