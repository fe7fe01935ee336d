// Ada pushes to main through the installed hook: what the verdict log has to say.

#include <gtest/gtest.h>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

class Push : public HookStory {
 protected:
  /// A good landing but for its log, which is `text` with `@` for the validated commit.
  std::string PushWithLog(std::string text) {
    const ObjectId validated = ChangeCode();
    if (const size_t at = text.find('@'); at != std::string::npos)
      text.replace(at, 1, validated.hex());
    RecordLog(text);
    return HookStory::Push({"topic:main"});
  }

  const std::string kSignature =
      "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n";
};

TEST_F(Push, OfExactlyWhatWasStagedLands) {
  PrepareLanding();
  EXPECT_EQ(HookStory::Push({"topic:main"}), "ALLOW refs/heads/main exact");
  EXPECT_EQ(OnServer("main"), clone_.Id("topic"));
}

TEST_F(Push, OfCodeWithoutALogIsRefused) {
  ChangeCode();
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_NE(said_.find("VERDICT_MISSING " + kLog), std::string::npos) << said_;
  EXPECT_NE(said_.find("fix: stage WI-1"), std::string::npos) << said_;
}

TEST_F(Push, OfAFailedVerdictIsRefused) {
  EXPECT_EQ(PushWithLog("---\nstaging_status: FAILED\nvalidated_sha: @\n---\n"),
            "BLOCK refs/heads/main VERDICT_FAILED");
  EXPECT_NE(said_.find(kLog + ":2:17 @"), std::string::npos) << said_;
}

TEST_F(Push, OfAMisspeltTokenIsRefused) {
  EXPECT_EQ(PushWithLog("---\nstaging_status: SUCESS\nvalidated_sha: @\n---\n"),
            "BLOCK refs/heads/main VERDICT_TOKEN");
  EXPECT_NE(said_.find("found SUCESS"), std::string::npos) << said_;
}

TEST_F(Push, OfAMisspeltKeyIsRefused) {
  EXPECT_EQ(PushWithLog("---\nstaging_state: SUCCESS\nvalidated_sha: @\n---\n"),
            "BLOCK refs/heads/main VERDICT_KEY_MISSING");
}

TEST_F(Push, OfAMalformedLogIsRefusedForWhatIsWrongWithIt) {
  const ObjectId validated = ChangeCode();
  const std::string named = "validated_sha: " + validated.hex() + "\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "VERDICT_FRONTMATTER"},
      {"staging_status: SUCCESS\n", "VERDICT_FRONTMATTER"},
      {"---\nstaging_status: SUCCESS\n" + named, "VERDICT_FRONTMATTER"},
      {"---\nstaging_status: \"SUCCESS\"\n" + named + "---\n", "VERDICT_TOKEN"},
      {"---\nstaging_status: success\n" + named + "---\n", "VERDICT_TOKEN"},
      {"---\nstaging_status: SUCCESS\nFAILED\n" + named + "---\n", "VERDICT_YAML"},
      {"---\nstaging_status: SUCCESS\nstaging_status: FAILED\n" + named + "---\n",
       "VERDICT_KEY_DUPLICATE"},
      {"---\nstaging_status: SUCCESS\nStaging-Status: FAILED\n" + named + "---\n",
       "VERDICT_KEY_DUPLICATE"},
      {"---\nstaging_status: SUCCESS\t\n" + named + "---\n", "VERDICT_ENCODING"},
      {"\xef\xbb\xbf---\nstaging_status: SUCCESS\n" + named + "---\n", "VERDICT_ENCODING"},
      {"---\nstaging_status: &a SUCCESS\n" + named + "---\n", "VERDICT_YAML"},
      {"---\nresult:\n  staging_status: SUCCESS\n" + named + "---\n", "VERDICT_KEY_MISSING"},
  };
  for (const auto& [text, code] : cases) {
    RecordLog(text);
    EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main " + code) << text;
  }
}

TEST_F(Push, OfCodeThatChangedAfterStagingIsRefused) {
  PrepareLanding();
  ChangeCode("three");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
  EXPECT_NE(said_.find("other bytes in app.txt"), std::string::npos) << said_;
}

TEST_F(Push, OfAScriptBesideTheLogIsCodeThatNobodyStaged) {
  PrepareLanding();
  clone_.CommitFile(kItem + "run.sh", "#!/bin/sh\n");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
}

TEST_F(Push, OfASignatureBesideTheLogLands) {
  PrepareLanding();
  clone_.CommitFile(kLog + ".sig", kSignature);
  EXPECT_EQ(HookStory::Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(Push, OfWhatOnlyPassesForASignatureIsRefused) {
  PrepareLanding();
  clone_.CommitFile(kLog + ".sig", "#!/bin/sh\n");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
  clone_.CommitFile(kLog + ".sig", kSignature);
  clone_.Git({"update-index", "--chmod=+x", kLog + ".sig"});
  clone_.Git({"commit", "-q", "-m", "make it run"});
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
  clone_.Git({"update-index", "--chmod=-x", kLog + ".sig"});
  clone_.Git({"mv", kLog + ".sig", kItem + "14-deploy-log.md.sig"});
  clone_.Commit("without its log");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
}

TEST_F(Push, OfAFileMadeExecutableAfterStagingIsRefused) {
  PrepareLanding();
  clone_.Git({"update-index", "--chmod=+x", "app.txt"});
  clone_.Git({"commit", "-q", "-m", "make it run"});
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
}

TEST_F(Push, OfASubmoduleBumpedAfterStagingIsRefused) {
  const ObjectId landing = PrepareLanding();
  clone_.Git({"update-index", "--add", "--cacheinfo", "160000," + landing.hex() + ",lib"});
  clone_.Git({"commit", "-q", "-m", "bump lib"});
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
}

TEST_F(Push, OfTheLogOfAnotherItemIsRefused) {
  EXPECT_EQ(PushWithLog("---\nwork_item: WI-2\nstaging_status: SUCCESS\nvalidated_sha: @\n---\n"),
            "BLOCK refs/heads/main VERDICT_FOREIGN");
}

TEST_F(Push, OfAVerdictThatNamesNoCommitIsRefused) {
  EXPECT_EQ(PushWithLog("---\nstaging_status: SUCCESS\n---\n"),
            "BLOCK refs/heads/main VERDICT_UNBOUND");
  RecordLog("---\nstaging_status: SUCCESS\nvalidated_sha: HEAD\n---\n");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_UNBOUND");
  RecordLog(StagingLog(clone_.Id("HEAD^{tree}")));
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_UNBOUND");
}

TEST_F(Push, OfAnOlderLogThatFollowsItsCodeIsBoundByInference) {
  EXPECT_EQ(PushWithLog("---\nstaging_status: SUCCESS\ntimestamp: 2030-01-01T00:00:00Z\n---\n"),
            "ALLOW refs/heads/main exact");
}

TEST_F(Push, OfALogInOneCommitWithItsCodeIsBoundToNothing) {
  clone_.Write("app.txt", "two\n");
  RecordLog("---\nstaging_status: SUCCESS\ntimestamp: 2030-01-01T00:00:00Z\n---\n");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_UNBOUND");
}

TEST_F(Push, OfCodeThatNamesNoWorkItemIsRefused) {
  clone_.CommitFile("app.txt", "two\n", "say two");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main WORK_ITEM_NONE");
}

TEST_F(Push, OfTwoItemsNeedsTheVerdictsOfBoth) {
  clone_.CommitFile("app.txt", "two\n", "say two\n\nRefs: WI-1, WI-2");
  RecordVerdict(clone_.Id());
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  clone_.CommitFile(
      "docs/work-items/WI-2/15-staging-log.md",
      "---\nstaging_status: SUCCESS\nvalidated_sha: " + clone_.Id("topic^").hex() + "\n---\n",
      "WI-2: staging log");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(Push, OfAnOptionalLogThatIsMalformedIsRefused) {
  PrepareLanding();
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: FAILED\n---\n", "deploy log");
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: maybe\n---\n", "deploy log");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_TOKEN");
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: FAILED\n---\n", "deploy log");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(Push, OfARecordedFailureAloneLands) {
  RecordVerdict(clone_.Id("origin/main"), "FAILED");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "ALLOW refs/heads/main evidence-only");
}

TEST_F(Push, OfAMalformedLogAloneIsRefused) {
  RecordLog("---\nstaging_status: yes\n---\n");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_TOKEN");
}

TEST_F(Push, ThatDeletesALogIsRefused) {
  PrepareLanding();
  HookStory::Push({"topic:main"});
  clone_.Git({"rm", "-q", kLog});
  clone_.Commit("tidy up");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(Push, OfALogThatIsASymlinkIsRefused) {
  const ObjectId validated = ChangeCode();
  clone_.Write(kItem + "real.md", StagingLog(validated));
  clone_.Git({"add", "-A"});
  const ObjectId target = clone_.WriteObject("blob", "real.md");
  clone_.Git({"update-index", "--add", "--cacheinfo", "120000," + target.hex() + "," + kLog});
  clone_.Git({"commit", "-q", "-m", "WI-1: staging log"});
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_NOT_A_FILE");
  EXPECT_NE(said_.find("mode 120000"), std::string::npos) << said_;
}

TEST_F(Push, OfALogThatIsExecutableIsRefused) {
  PrepareLanding();
  clone_.Git({"update-index", "--chmod=+x", kLog});
  clone_.Git({"commit", "-q", "-m", "make it run"});
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_NOT_A_FILE");
}

TEST_F(Push, OfALogThatIsASubmoduleIsRefused) {
  const ObjectId validated = ChangeCode();
  clone_.Git({"update-index", "--add", "--cacheinfo", "160000," + validated.hex() + "," + kLog});
  clone_.Git({"commit", "-q", "-m", "WI-1: staging log"});
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_NOT_A_FILE");
}

TEST_F(Push, OfAnItemThatIsAFileIsRefusedAsBrokenNotAsMissing) {
  clone_.CommitFile("docs/work-items/WI-1", "SUCCESS\n", "say two\n\nRefs: WI-1");
  EXPECT_EQ(HookStory::Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_NOT_A_FILE");
}

TEST_F(Push, WithNoVerifyGetsPastAsTheDocsSay) {
  ChangeCode();
  EXPECT_EQ(clone_.TryGit({"push", "--no-verify", "origin", "topic:main"}).status, 0);
  EXPECT_EQ(OnServer("main"), clone_.Id("topic"));
}

TEST_F(Push, OfNothingNewSaysThatNothingWasChecked) {
  const Ran push = clone_.TryGit({"push", "origin", "origin/main:main"});
  EXPECT_EQ(push.status, 0);
  EXPECT_NE(push.err.find("0 refs: nothing was checked"), std::string::npos) << push.err;
}

}  // namespace
}  // namespace e2e
