// Which policy judges a push: the one on the side we already trust.

#include <gtest/gtest.h>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

class PushPolicy : public HookStory {
 protected:
  void GivePolicy(const std::string& text) const {
    clone_.CommitFile(".verdict.yml", text, "policy");
    LandUnjudged("HEAD:main");
  }
};

TEST_F(PushPolicy, TheDefaultBranchSaysWhatIsProtected) {
  GivePolicy("version: 1\nprotected: [HEAD, 'stable/**']\n");
  ChangeCode();
  EXPECT_EQ(Push({"topic:stable/a/b"}), "BLOCK refs/heads/stable/a/b VERDICT_MISSING");
  EXPECT_EQ(Push({"topic:release/1"}), "ALLOW refs/heads/release/1 unprotected");
}

TEST_F(PushPolicy, APushThatLoosensThePolicyIsJudgedByTheOldOne) {
  clone_.Write(".verdict.yml", "version: 1\nprotected: [nothing]\n");
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  clone_.CommitFile(".verdict.yml", "version: 1\nexempt: ['**']\n", "Exempt all\n\nRefs: WI-1");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(PushPolicy, AnInvalidPolicyCannotLandEvenStaged) {
  clone_.Write(".verdict.yml", "version: 1\nprotcted: [main]\n");
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main POLICY_INVALID");
}

TEST_F(PushPolicy, AValidPolicyLandsStaged) {
  clone_.Write(".verdict.yml", "version: 1\nprotected: [HEAD]\n");
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushPolicy, AnInvalidPolicyInForceJudgesNothing) {
  GivePolicy("version: 1\nprotcted: [main]\n");
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "CANNOT-EVALUATE refs/heads/main POLICY_INVALID");
  EXPECT_EQ(Push({"topic"}), "CANNOT-EVALUATE refs/heads/topic POLICY_INVALID");
}

TEST_F(PushPolicy, APinnedFileIsTheWayOutOfAnInvalidOne) {
  GivePolicy("version: 1\nprotcted: [main]\n");
  test::WriteFile(sandbox_.Path("pinned.yml"), "version: 1\n");
  clone_.Git({"config", "verdict.policyFile", sandbox_.Path("pinned.yml")});
  clone_.Write(".verdict.yml", "version: 1\nprotected: [main]\n");
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushPolicy, APinnedFileThatIsNotThereJudgesNothing) {
  clone_.Git({"config", "verdict.policyFile", sandbox_.Path("nowhere.yml")});
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "CANNOT-EVALUATE - POLICY_INVALID");
}

TEST_F(PushPolicy, APinnedFileCountsInTheRepositoryOnly) {
  test::WriteFile(sandbox_.Path("loose.yml"), "version: 1\nprotected: [nothing]\n");
  clone_.Git({"config", "--global", "verdict.policyFile", sandbox_.Path("loose.yml")});
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(PushPolicy, ExemptPathsNeedNoVerdict) {
  GivePolicy("version: 1\nexempt: ['docs/*.md']\n");
  clone_.CommitFile("docs/guide.md", "# A better guide\n", "guide");
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exempt");
  clone_.CommitFile("docs/deep/guide.md", "# Not exempt\n", "guide");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main WORK_ITEM_NONE");
}

TEST_F(PushPolicy, AnExemptPathIsAPlainFile) {
  GivePolicy("version: 1\nexempt: ['docs/*.md']\n");
  clone_.Git({"update-index", "--chmod=+x", "docs/guide.md"});
  clone_.Git({"commit", "-q", "-m", "make it run"});
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main WORK_ITEM_NONE");
}

TEST_F(PushPolicy, ThePolicyItselfIsNeverExempt) {
  GivePolicy("version: 1\nexempt: ['**']\n");
  clone_.CommitFile(".verdict.yml", "version: 1\n", "another policy");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main WORK_ITEM_NONE");
}

TEST_F(PushPolicy, MayAskForTheValidatedCommitByName) {
  GivePolicy("version: 1\nvalidated_sha: required\n");
  ChangeCode();
  RecordLog("---\nstaging_status: SUCCESS\ntimestamp: 2030-01-01T00:00:00Z\n---\n");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_UNBOUND");
}

TEST_F(PushPolicy, MayConfigureAGateOfItsOwn) {
  GivePolicy(
      "version: 1\ngates:\n  audit: {file: 16-audit.md, key: audit_status, pass: CLEAN, fail: "
      "DIRTY, required: true}\n");
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated);
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_NE(said_.find("16-audit.md"), std::string::npos) << said_;
  clone_.CommitFile(kItem + "16-audit.md",
                    "---\naudit_status: CLEAN\nvalidated_sha: " + validated.hex() + "\n---\n",
                    "audit");
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushPolicy, WhereNoDefaultBranchIsKnownTheBaseHasIt) {
  GivePolicy("version: 1\nprotected: ['trunk']\n");
  clone_.Git({"remote", "set-head", "origin", "--delete"});
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main unprotected");
}

}  // namespace
}  // namespace e2e
