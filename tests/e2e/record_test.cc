// `git verdict record`: a verdict becomes a log, and a commit of nothing else.

#include <ctime>
#include <filesystem>

#include "gates/core/timestamp.h"
#include "tests/e2e/record_story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class RecordCommits : public RecordStory {};

// --- what it commits --------------------------------------------------------------------------

TEST_F(RecordCommits, WritesALogThatTheGateAccepts) {
  InstallHook();
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(RecordCommits, WritesALogThatAServerAccepts) {
  server_.Write("hooks/pre-receive", "#!/bin/sh\nexec '" + kProgram + "' hook pre-receive\n");
  fs::permissions(server_.path() + "/hooks/pre-receive", fs::perms::owner_all);
  ChangeCode();
  ExpectRecorded(RecordStaging("FAILED"));
  EXPECT_EQ(clone_.TryGit({"push", "origin", "topic:main"}).status, 1);
  ExpectRecorded(RecordStaging("SUCCESS"));
  const Ran push = clone_.TryGit({"push", "origin", "topic:main"});
  EXPECT_EQ(push.status, 0) << push.err;
  EXPECT_NE(push.err.find("ALLOW refs/heads/main"), std::string::npos) << push.err;
}

TEST_F(RecordCommits, NamesTheCommitOfHeadAndKeepsIt) {
  const ObjectId validated = ChangeCode();
  const Ran ran = RecordStaging("SUCCESS", {"--base-url", "https://staging.example.org"});
  ExpectRecorded(ran);
  const std::string log = LogAt("HEAD");
  EXPECT_TRUE(log.starts_with("---\nstaging_status: SUCCESS\n")) << log;
  EXPECT_EQ(FieldOf(log, "work_item"), "WI-1");
  EXPECT_EQ(FieldOf(log, "validated_sha"), validated.hex());
  EXPECT_EQ(FieldOf(log, "base_url"), "https://staging.example.org");
  EXPECT_EQ(FieldOf(log, "timestamp").size(), 20U);
  const std::string ref = "refs/verdicts/WI-1/" + validated.hex();
  EXPECT_EQ(clone_.Id(ref), validated);
  EXPECT_NE(ran.out.find("`git push origin " + validated.hex() + ":" + ref + "`"),
            std::string::npos)
      << ran.out;
}

TEST_F(RecordCommits, CommitsTheLogAloneWithATrailer) {
  const ObjectId validated = ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(clone_.Id("HEAD^"), validated);
  EXPECT_EQ(clone_.Git({"show", "--format=%an %ae%n%B", "--name-only", "HEAD"}),
            "Ada ada@example.invalid\nWI-1: record staging SUCCESS\n\nRefs: WI-1\n\n\n" + kLog);
  EXPECT_EQ(clone_.Git({"ls-tree", "--format=%(objectmode)", "HEAD", kLog}), "100644");
  EXPECT_EQ(clone_.Git({"reflog", "-1", "--format=%gs"}), "commit: WI-1: record staging SUCCESS");
  EXPECT_EQ(Status(), "");
  EXPECT_EQ(clone_.Git({"fsck", "--strict", "--no-dangling"}), "");
}

TEST_F(RecordCommits, LeavesWhatElseIsInTheWorkTreeAlone) {
  const ObjectId validated = ChangeCode();
  clone_.Write("staged.txt", "staged\n");
  clone_.Git({"add", "staged.txt"});
  clone_.Write("app.txt", "changed\n");
  clone_.Write("new.txt", "new\n");
  const std::string before = Status();
  ExpectRecorded(RecordStaging("SUCCESS", {"--validated-sha", "HEAD"}));
  EXPECT_EQ(Status(), before);
  EXPECT_EQ(clone_.Git({"diff", "--name-only", "HEAD^", "HEAD"}), kLog);
  EXPECT_EQ(FieldOf(LogAt("HEAD"), "validated_sha"), validated.hex());
}

TEST_F(RecordCommits, TakesAVerdictAboutAnyCommit) {
  const ObjectId first = clone_.Id();
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS", {"--validated-sha", "origin/main"}));
  EXPECT_EQ(FieldOf(LogAt("HEAD"), "validated_sha"), first.hex());
}

TEST_F(RecordCommits, TakesTheVerdictsOfOtherGates) {
  ChangeCode();
  const Ran ran = Record({"review", "--work-item", "WI-1", "--status", "REQUEST_CHANGES"});
  ExpectRecorded(ran);
  EXPECT_TRUE(
      clone_.Read(kItem + "12-review.md").starts_with("---\nreview_status: REQUEST_CHANGES\n"));
  ExpectRecorded(Record({"deploy", "--work-item", "WI-1", "--status", "SUCCESS"}));
  EXPECT_TRUE(clone_.Read(kItem + "14-deploy-log.md").starts_with("---\ndeploy_status: SUCCESS\n"));
}

TEST_F(RecordCommits, TakesTheGatesAndWordsOfThePolicy) {
  clone_.CommitFile(".verdict.yml",
                    "version: 1\nwork_items: {root: items, id: '[a-z]+', trailer: Item}\n"
                    "gates:\n  scan: {file: scan.md, key: scan, pass: CLEAN, fail: DIRTY}\n");
  LandUnjudged("topic:main");
  ExpectRecorded(Record({"scan", "--work-item", "shop", "--status", "CLEAN"}));
  EXPECT_TRUE(
      clone_.Read("items/shop/scan.md").starts_with("---\nscan: CLEAN\nwork_item: 'shop'\n"));
  EXPECT_EQ(clone_.Git({"log", "-1", "--format=%B"}), "shop: record scan CLEAN\n\nItem: shop\n");
}

// --- results ----------------------------------------------------------------------------------

constexpr const char* kResults =
    R"([{"id": "C1", "name": "C1 log | in", "passed": true},)"
    R"( {"id": "C2", "name": "C2 pay", "passed": false, "detail": "```\n---\ngot 500"}])";

TEST_F(RecordCommits, FoldsResultsAndWritesThemDown) {
  ChangeCode();
  test::WriteFile(sandbox_.Path("results.json"), kResults);
  ExpectRecorded(
      Record({"staging", "--work-item", "WI-1", "--results", sandbox_.Path("results.json")}));
  const std::string log = LogAt("HEAD");
  EXPECT_TRUE(log.starts_with("---\nstaging_status: FAILED\n")) << log;
  EXPECT_NE(log.find("| C2 pay | **failed** | a real check |\n| C1 log \\| in | passed |  |\n"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find("### C2 pay\n\n````text\n```\n\\x2d--\ngot 500\n````"), std::string::npos)
      << log;
  const Ran sum = Shell(sandbox_.Path(), "sha256sum < results.json");
  EXPECT_EQ(FieldOf(log, "results_digest"), "sha256:" + sum.out.substr(0, 64));
}

TEST_F(RecordCommits, ReadsResultsFromStandardInput) {
  ChangeCode();
  ExpectRecorded(Record({"staging", "--work-item", "WI-1", "--results", "-"},
                        "TAP version 13\n1..1\nok 1 - C1 login\n"));
  EXPECT_TRUE(LogAt("HEAD").starts_with("---\nstaging_status: SUCCESS\n"));
}

TEST_F(RecordCommits, RecordsResultsThatCannotBeReadAsAFailure) {
  ChangeCode();
  for (const char* text : {"", "{", "[]"}) {
    const Ran ran = Record({"staging", "--work-item", "WI-1", "--results", "-"}, text);
    ExpectRecorded(ran);
    EXPECT_TRUE(ran.out.starts_with("recorded staging FAILED")) << ran.out;
    EXPECT_TRUE(LogAt("HEAD").starts_with("---\nstaging_status: FAILED\n")) << text;
  }
}

TEST_F(RecordCommits, WaivesByThePolicyOfTheTrustedSideAndForStagingOnly) {
  const std::string results = R"([{"id": "C9a", "name": "C9a quota", "passed": false},)"
                              R"( {"id": "C1", "passed": true}])";
  const std::string policy = "version: 1\nstaging: {infra: [C9a]}\n";
  clone_.CommitFile(".verdict.yml", policy);
  const std::vector<std::string> staging{"staging", "--work-item", "WI-1", "--results", "-"};
  EXPECT_TRUE(Record(staging, results).out.starts_with("recorded staging FAILED"))
      << "the branch that is staged does not say what is waived";
  LandUnjudged("topic:main");
  EXPECT_TRUE(Record(staging, results).out.starts_with("recorded staging SUCCESS"));
  EXPECT_NE(LogAt("HEAD").find("| C9a quota | failed, waived |"), std::string::npos);
  std::vector<std::string> strict = staging;
  strict.push_back("--strict");
  EXPECT_TRUE(Record(strict, results).out.starts_with("recorded staging FAILED"));
  EXPECT_TRUE(Record({"deploy", "--work-item", "WI-1", "--results", "-"}, results)
                  .out.starts_with("recorded deploy FAILED"));
}

// --- twice is once ----------------------------------------------------------------------------

TEST_F(RecordCommits, TheSameAgainIsNothingToRecord) {
  ChangeCode();
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--base-url", "http://a"}, {"--validated-sha", "HEAD~1"}}) {
    ExpectRecorded(RecordStaging("SUCCESS", more));
    const ObjectId recorded = clone_.Id();
    if (!more.empty() && more[0] == "--validated-sha") break;
    const Ran again = RecordStaging("SUCCESS", more);
    EXPECT_EQ(again.status, 0);
    EXPECT_EQ(again.out, "nothing to record: " + kLog + " on topic says this already\n");
    EXPECT_EQ(again.err, "");
    EXPECT_EQ(clone_.Id(), recorded);
  }
}

TEST_F(RecordCommits, TheSameAgainWritesNothing) {
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  const auto written = fs::last_write_time(clone_.path() + "/" + kLog);
  clone_.Write(".git/index.lock", "another git is at work");
  EXPECT_TRUE(RecordStaging("SUCCESS").out.starts_with("nothing to record"));
  EXPECT_EQ(fs::last_write_time(clone_.path() + "/" + kLog), written);
}

TEST_F(RecordCommits, TheSameAgainKeepsWhatWasValidatedInAnotherClone) {
  const ObjectId validated = ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  clone_.Git({"push", "-q", "--no-verify", "origin", "topic"});
  const GitRepo bob = GitRepo::Clone(sandbox_, server_.path(), "bob", {"--branch=topic"});
  EXPECT_TRUE(RecordIn(bob, passed_).out.starts_with("nothing to record"));
  EXPECT_EQ(bob.Id("refs/verdicts/WI-1/" + validated.hex()), validated);
}

TEST_F(RecordCommits, TheSameResultsAgainAreNothingToRecord) {
  ChangeCode();
  const std::vector<std::string> words{"staging", "--work-item", "WI-1", "--results", "-"};
  ExpectRecorded(Record(words, kResults));
  EXPECT_TRUE(Record(words, kResults).out.starts_with("nothing to record"));
  ExpectRecorded(Record(words, kResults + std::string(" ")));
}

TEST_F(RecordCommits, AnotherVerdictOrOtherCodeIsANewLog) {
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  ExpectRecorded(RecordStaging("FAILED"));
  ExpectRecorded(RecordStaging("SUCCESS"));
  const ObjectId changed = ChangeCode("three");
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(FieldOf(LogAt("HEAD"), "validated_sha"), changed.hex());
}

TEST_F(RecordCommits, ALaterLogHasALaterTime) {
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  ExpectRecorded(RecordStaging("FAILED"));
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_LT(FieldOf(LogAt("HEAD~2"), "timestamp"), FieldOf(LogAt("HEAD~1"), "timestamp"));
  EXPECT_LT(FieldOf(LogAt("HEAD~1"), "timestamp"), FieldOf(LogAt("HEAD"), "timestamp"));
  RecordLog(StagingLog(clone_.Id(), "SUCCESS", "timestamp: 2099-12-31T23:59:59Z\n"));
  ExpectRecorded(RecordStaging("FAILED"));
  EXPECT_EQ(FieldOf(LogAt("HEAD"), "timestamp"), "2100-01-01T00:00:00Z");
}

TEST_F(RecordCommits, ALogIsLaterThanTheItemsOtherLogsUnlessTheyAreFarAhead) {
  const auto record_after = [&](const std::string& deployed_at) {
    clone_.CommitFile(kItem + "14-deploy-log.md",
                      "---\ndeploy_status: FAILED\ntimestamp: " + deployed_at + "\n---\n");
    ChangeCode(deployed_at);
    ExpectRecorded(RecordStaging("SUCCESS"));
    return FieldOf(LogAt("HEAD"), "timestamp");
  };
  const std::string soon = gates::WriteTimestamp(std::time(nullptr) + 300);
  EXPECT_EQ(*gates::ReadTimestamp(record_after(soon)), *gates::ReadTimestamp(soon) + 1);
  clone_.Git({"rm", "-q", kLog});
  clone_.Commit("start anew");
  EXPECT_LT(record_after("2199-01-01T00:00:00Z"), soon);
}

TEST_F(RecordCommits, WritesOverALogThatIsBroken) {
  ChangeCode();
  RecordLog("no log at all\n");
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(Verdict(clone_.path(), {"show"}).status, 0);
}

TEST_F(RecordCommits, TakesAnOldSignatureAwayWithItsLog) {
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  clone_.CommitFile(kLog + ".sig",
                    "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n");
  EXPECT_TRUE(RecordStaging("SUCCESS").out.starts_with("nothing to record"));
  EXPECT_TRUE(fs::exists(clone_.path() + "/" + kLog + ".sig"));
  ExpectRecorded(RecordStaging("FAILED"));
  EXPECT_EQ(clone_.Git({"ls-tree", "--name-only", "HEAD", kItem}), kLog);
  EXPECT_FALSE(fs::exists(clone_.path() + "/" + kLog + ".sig"));
  EXPECT_EQ(Status(), "");
}

// --- how V is proven later --------------------------------------------------------------------

class RecordElsewhere : public RecordStory {
 protected:
  /// Bob's clone, after Ada has pushed her branch and what she validated.
  GitRepo Bobs() {
    clone_.Git({"push", "-q", "--no-verify", "origin", "topic", "refs/verdicts/*"});
    const GitRepo bob = GitRepo::Clone(sandbox_, server_.path(), "bob");
    bob.Git({"fetch", "-q", "origin", "refs/verdicts/*:refs/verdicts/*"});
    EXPECT_EQ(Verdict(bob.path(), {"install"}).status, 0);
    return bob;
  }
};

TEST_F(RecordElsewhere, ASquashIsProvenInAnotherClone) {
  ChangeCode("two");
  ChangeCode("three");
  ExpectRecorded(RecordStaging("SUCCESS"));
  const GitRepo bob = Bobs();
  bob.Git({"merge", "-q", "--squash", "origin/topic"});
  bob.Commit("Say three\n\nRefs: WI-1");
  bob.Git({"push", "-q", "--no-verify", "origin", ":topic"});
  EXPECT_EQ(PushFrom(bob, {"origin", "main"}), "ALLOW refs/heads/main exact");
}

TEST_F(RecordElsewhere, ARebaseIsProvenInAnotherClone) {
  ChangeCode("two");
  ExpectRecorded(RecordStaging("SUCCESS"));
  const GitRepo bob = Bobs();
  bob.CommitFile("docs/guide.md", "# Another guide\n");
  bob.Git({"push", "-q", "--no-verify", "origin", "main"});
  bob.Git({"switch", "-q", "topic"});
  bob.Git({"rebase", "-q", "main"});
  EXPECT_EQ(PushFrom(bob, {"origin", "topic:main"}), "ALLOW refs/heads/main replay");
}

TEST_F(RecordElsewhere, WithoutTheValidatedCommitNothingIsProven) {
  ChangeCode("two");
  ExpectRecorded(RecordStaging("SUCCESS"));
  const GitRepo bob = GitRepo::Clone(sandbox_, server_.path(), "bob");
  EXPECT_EQ(Verdict(bob.path(), {"install"}).status, 0);
  bob.Write("app.txt", "two\n");
  bob.Write(kLog, LogAt("topic") + "\n");
  bob.Commit("Say two\n\nRefs: WI-1");
  EXPECT_EQ(PushFrom(bob, {"origin", "main"}), "CANNOT-EVALUATE refs/heads/main OBJECT_MISSING");
}

}  // namespace
}  // namespace e2e
