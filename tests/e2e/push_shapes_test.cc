// How a validated change got to main does not matter; what lands does.

#include <gtest/gtest.h>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

class PushShapes : public HookStory {
 protected:
  /// Main moves on by a change that Ada did not make.
  void MoveTheBase() const {
    clone_.Git({"switch", "-q", "--detach", "origin/main"});
    clone_.CommitFile("docs/guide.md", "# A better guide\n", "guide");
    LandUnjudged("HEAD:main");
    clone_.Git({"switch", "-q", "topic"});
  }

  void GoToMain() const { clone_.Git({"switch", "-q", "-C", "main", "origin/main"}); }

  const std::vector<std::string> kMain{"HEAD:main"};
};

TEST_F(PushShapes, AMergeCommitLands) {
  PrepareLanding();
  GoToMain();
  clone_.Merge("topic");
  EXPECT_EQ(Push(kMain), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, AMergeCommitWithAnEditInItIsEvil) {
  PrepareLanding();
  GoToMain();
  clone_.Git({"merge", "-q", "--no-ff", "--no-commit", "topic"});
  clone_.CommitFile("app.txt", "two, and a back door\n", "Merge topic");
  EXPECT_EQ(Push(kMain), "BLOCK refs/heads/main MERGE_EVIL");
}

TEST_F(PushShapes, AMergeThatDropsWhatWasStagedIsRefused) {
  PrepareLanding();
  GoToMain();
  clone_.Git({"merge", "-q", "-s", "ours", "-m", "Merge topic", "topic"});
  EXPECT_EQ(Push(kMain), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(PushShapes, ASquashLands) {
  PrepareLanding();
  GoToMain();
  clone_.Git({"merge", "-q", "--squash", "topic"});
  clone_.Commit("Say two\n\nRefs: WI-1");
  EXPECT_EQ(Push(kMain), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, ARewordLands) {
  PrepareLanding();
  clone_.Git({"commit", "-q", "--amend", "-m", "WI-1: the log, in better words"});
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, ARebaseOntoTheSameBaseLands) {
  PrepareLanding();
  clone_.Git({"rebase", "-q", "--force-rebase", "origin/main"});
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, ABranchThatTookInTheMovedBaseAndWasStagedAfterwardsLands) {
  ChangeCode();
  MoveTheBase();
  clone_.Merge("origin/main");
  RecordVerdict(clone_.Id());
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, AnOldTreeLaidOverAMovedBaseIsRefused) {
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated);
  MoveTheBase();
  GoToMain();
  clone_.Git({"read-tree", "-u", "--reset", "topic"});
  clone_.Commit("Say two\n\nRefs: WI-1");
  EXPECT_TRUE(Push(kMain).starts_with("BLOCK refs/heads/main STALE_")) << said_;
}

TEST_F(PushShapes, AnUnrelatedHistoryMergedInIsRefused) {
  clone_.Git({"checkout", "-q", "--orphan", "other"});
  clone_.CommitFile("other.txt", "other\n", "another root");
  GoToMain();
  clone_.Git({"merge", "-q", "--allow-unrelated-histories", "-m", "join\n\nRefs: WI-1", "other"});
  EXPECT_EQ(Push(kMain), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(PushShapes, ARevertOfWhatLandedNeedsAVerdictOfItsOwn) {
  PrepareLanding();
  Push({"topic:main"});
  clone_.Git({"revert", "--no-edit", "topic^"});
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main WORK_ITEM_NONE");
  clone_.Git({"commit", "-q", "--amend", "-m", "Say one again\n\nRefs: WI-1"});
  EXPECT_TRUE(Push({"topic:main"}).starts_with("BLOCK refs/heads/main STALE_")) << said_;
}

TEST_F(PushShapes, AChangeAndItsReversalNeedAProofLikeAnyOther) {
  ChangeCode("two");
  ChangeCode("one");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(PushShapes, AnEmptyCommitLands) {
  clone_.Commit("only words");
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main evidence-only");
}

TEST_F(PushShapes, ALinkedWorktreePushesThroughTheSameHook) {
  PrepareLanding();
  clone_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked"), "topic^"});
  const GitRepo linked(sandbox_.Path("linked"));
  EXPECT_EQ(PushFrom(linked, {"origin", "HEAD:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(PushFrom(linked, {"origin", "topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, ASubdirectoryIsAsGoodAPlaceToPushFromAsTheTop) {
  PrepareLanding();
  const GitRepo below(clone_.path() + "/docs/work-items");
  EXPECT_EQ(PushFrom(below, {"origin", "topic^:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(PushFrom(below, {"origin", "topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, ABareClonePushesThroughItsHook) {
  PrepareLanding();
  clone_.Git({"push", "-q", "origin", "topic"});
  const GitRepo bare = GitRepo::Clone(sandbox_, server_.path(), "bare.git", {"--bare"});
  ASSERT_EQ(Verdict(bare.path(), {"install", "--hooks", "pre-push"}).status, 0);
  EXPECT_EQ(PushFrom(bare, {"origin", "topic^:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(PushFrom(bare, {"origin", "topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, ARevisionWithBlanksPushesAsWell) {
  ChangeCode();
  clone_.Git({"commit", "-q", "--amend", "-m", "fix it\n\nRefs: WI-1"});
  RecordVerdict(clone_.Id());
  EXPECT_EQ(Push({"HEAD^{/fix it}:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(Push({"HEAD^{/staging log}:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(PushShapes, TheWorkTreeAndTheIndexHaveNoSay) {
  ChangeCode();
  clone_.Write(kLog, StagingLog(clone_.Id()));
  clone_.Git({"add", "-A"});
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(PushShapes, AttributesAndFiltersHaveNoSay) {
  clone_.Git({"config", "filter.lie.smudge", "sed s/FAILED/SUCCESS/"});
  clone_.Write(".gitattributes", "*.md filter=lie\n");
  RecordVerdict(ChangeCode(), "FAILED");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_FAILED");
}

}  // namespace
}  // namespace e2e
