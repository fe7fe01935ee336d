// Which refs the hook guards, and what must never happen to them.

#include <gtest/gtest.h>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

using PushRefs = HookStory;

TEST_F(PushRefs, AnUnprotectedBranchLandsUntouched) {
  ChangeCode();
  EXPECT_EQ(Push({"topic"}), "ALLOW refs/heads/topic unprotected");
  clone_.Git({"commit", "-q", "--amend", "-m", "other words"});
  EXPECT_EQ(Push({"+topic"}), "ALLOW refs/heads/topic unprotected");
  EXPECT_EQ(Push({":topic"}), "ALLOW refs/heads/topic unprotected");
}

TEST_F(PushRefs, MainCannotBeDeleted) {
  server_.Git({"config", "receive.denyDeleteCurrent", "ignore"});
  EXPECT_EQ(Push({":main"}), "BLOCK refs/heads/main REF_DELETED");
}

TEST_F(PushRefs, MainCannotBeRewritten) {
  PrepareLanding();
  Push({"topic:main"});
  clone_.Git({"reset", "-q", "--hard", "HEAD~2"});
  EXPECT_EQ(Push({"+HEAD:main"}), "BLOCK refs/heads/main REF_REWRITTEN");
  PrepareLanding();
  clone_.Git({"commit", "-q", "--amend", "-m", "the same, in other words"});
  EXPECT_EQ(Push({"+HEAD:main"}), "BLOCK refs/heads/main REF_REWRITTEN");
}

TEST_F(PushRefs, NamesThatLookLikeAProtectedOneAreRefused) {
  PrepareLanding();
  for (const std::string name : {"Main", "MAIN", "mAin", "Release/1", "main\xcc\x81"})
    EXPECT_EQ(Push({"topic:refs/heads/" + name}), "BLOCK refs/heads/" + name + " REF_FORBIDDEN");
  EXPECT_EQ(Push({"topic:refs/heads/ma\xe2\x80\x8cin"}),
            "BLOCK refs/heads/ma\\u{200C}in REF_FORBIDDEN");
  EXPECT_EQ(Push({"topic:refs/heads/\xe2\x80\x8bmaster"}),
            "BLOCK refs/heads/\\u{200B}master REF_FORBIDDEN");
}

TEST_F(PushRefs, ALookAlikeThatIsThereMayBeDeleted) {
  clone_.Git({"push", "-q", "--no-verify", "origin", "topic:Main"});
  EXPECT_EQ(Push({":Main"}), "ALLOW refs/heads/Main unprotected");
}

TEST_F(PushRefs, NamesThatOnlyContainAProtectedOneAreFree) {
  ChangeCode();
  EXPECT_EQ(Push({"topic:main2"}), "ALLOW refs/heads/main2 unprotected");
  EXPECT_EQ(Push({"topic:feature/main"}), "ALLOW refs/heads/feature/main unprotected");
}

TEST_F(PushRefs, ReplaceRefsAreRefused) {
  PrepareLanding();
  const std::string ref = "refs/replace/" + clone_.Id("topic").hex();
  EXPECT_EQ(Push({"topic:" + ref}), "BLOCK " + ref + " REF_FORBIDDEN");
}

TEST_F(PushRefs, OneBadRefRefusesAllOfThem) {
  PrepareLanding();
  clone_.Git({"branch", "good"});
  ChangeCode("three");
  EXPECT_EQ(Push({"topic:release/1", "good:main"}),
            "ALLOW refs/heads/main exact\nBLOCK refs/heads/release/1 STALE_CODE");
}

TEST_F(PushRefs, ManyGoodRefsLandTogether) {
  PrepareLanding();
  EXPECT_EQ(Push({"topic", "topic:main"}),
            "ALLOW refs/heads/main exact\nALLOW refs/heads/topic unprotected");
}

TEST_F(PushRefs, AReleaseMayBeCutFromMain) {
  EXPECT_EQ(Push({"origin/main:refs/heads/release/1"}), "ALLOW refs/heads/release/1 cut");
  ChangeCode();
  EXPECT_EQ(Push({"topic:release/2"}), "BLOCK refs/heads/release/2 VERDICT_MISSING");
  RecordVerdict(clone_.Id());
  EXPECT_EQ(Push({"topic:release/2"}), "ALLOW refs/heads/release/2 exact");
}

TEST_F(PushRefs, AReleaseMayBeCutFromWhatTheSamePushLands) {
  PrepareLanding();
  EXPECT_EQ(Push({"topic:release/1", "topic:main"}),
            "ALLOW refs/heads/main exact\nALLOW refs/heads/release/1 exact");
  RecordVerdict(clone_.Id("topic~1"), "FAILED");
  EXPECT_EQ(Push({"topic:release/2", "topic:main"}),
            "ALLOW refs/heads/main evidence-only\nALLOW refs/heads/release/2 cut");
}

/// A clone that knows of no server, and one that holds nothing.
class PushOfAFreshProject : public PushRefs {
 protected:
  PushOfAFreshProject() { clone_.Git({"remote", "remove", "origin"}); }

  /// Pushes topic to the empty server's main: the hook's headlines.
  std::string PushTo(const std::string& place) {
    const Ran push = clone_.TryGit({"push", place, "topic:main"});
    EXPECT_EQ(push.status == 0, empty_.TryGit({"rev-parse", "-q", "--verify", "main"}).status == 0);
    return Headlines(push.err);
  }

  const GitRepo empty_ = GitRepo::InitBare(sandbox_, "empty.git");
};

TEST_F(PushOfAFreshProject, LandsOnAnEmptyServer) {
  ChangeCode();
  clone_.Git({"remote", "add", "origin", empty_.path()});
  EXPECT_EQ(PushTo("origin"), "ALLOW refs/heads/main first-push");
}

TEST_F(PushOfAFreshProject, LandsByUrlAsWell) {
  ChangeCode();
  EXPECT_EQ(PushTo(empty_.path()), "ALLOW refs/heads/main first-push");
}

TEST_F(PushOfAFreshProject, LandsOnAServerThatHoldsNothingButATopic) {
  ChangeCode();
  clone_.Git({"remote", "add", "origin", empty_.path()});
  clone_.Git({"push", "-q", "origin", "topic"});
  EXPECT_EQ(PushTo("origin"), "ALLOW refs/heads/main first-push");
}

TEST_F(PushOfAFreshProject, IsRefusedWithAnInvalidPolicy) {
  clone_.CommitFile(".verdict.yml", "version: 7\n");
  EXPECT_EQ(PushTo(empty_.path()), "BLOCK refs/heads/main POLICY_INVALID");
}

/// The clone knows its server, and pushes to a place that it never fetched from.
class PushElsewhere : public PushRefs {
 protected:
  std::string PushTo(const std::string& place, const std::string& refspec) {
    return Headlines(clone_.TryGit({"push", "--dry-run", place, refspec}).err);
  }
  const GitRepo empty_ = GitRepo::InitBare(sandbox_, "empty.git");
};

TEST_F(PushElsewhere, ANewProtectedBranchIsNoFirstPush) {
  ChangeCode();
  clone_.Git({"remote", "add", "mirror", empty_.path()});
  for (const std::string& place : {server_.path(), empty_.path(), std::string("mirror")}) {
    EXPECT_EQ(PushTo(place, "topic:release/1"), "BLOCK refs/heads/release/1 VERDICT_MISSING");
    EXPECT_EQ(PushTo(place, "origin/main:refs/heads/release/1"), "ALLOW refs/heads/release/1 cut");
  }
  RecordVerdict(clone_.Id());
  EXPECT_EQ(PushTo(server_.path(), "topic:release/1"), "ALLOW refs/heads/release/1 exact");
}

TEST_F(PushElsewhere, IsJudgedByAnyServerThatTheCloneKnows) {
  ChangeCode();
  clone_.Git({"remote", "rename", "origin", "company"});
  clone_.Git({"switch", "-q", "-c", "release"});
  EXPECT_EQ(PushTo(server_.path(), "release:release/1"),
            "BLOCK refs/heads/release/1 VERDICT_MISSING");
}

// Where main is, nobody told this clone.
TEST_F(PushElsewhere, ACloneOfOneBranchKnowsOfNoFirstPush) {
  server_.Git({"branch", "wip", "main"});
  clone_.Git({"remote", "remove", "origin"});
  clone_.Git({"remote", "add", "-t", "wip", "origin", server_.path()});
  clone_.Git({"fetch", "-q"});
  EXPECT_EQ(PushTo("origin", "topic:release/1"), "BLOCK refs/heads/release/1 REF_REWRITTEN");
}

// Its branches are those that the server had when it was made.
TEST_F(PushElsewhere, ABareCloneWithWorktreesKnowsOfNoFirstPush) {
  const GitRepo bare = GitRepo::Clone(sandbox_, server_.url(), "bare.git", {"--bare"});
  bare.Git({"worktree", "add", "-q", "-b", "topic", sandbox_.Path("linked"), "main"});
  const GitRepo linked(sandbox_.Path("linked"));
  EXPECT_EQ(Verdict(linked.path(), {"install"}).status, 0);
  linked.CommitFile("app.txt", "two\n");
  for (const std::string& place : {std::string("origin"), server_.url()})
    EXPECT_EQ(Headlines(linked.TryGit({"push", place, "HEAD:refs/heads/release/1"}).err),
              "BLOCK refs/heads/release/1 REF_REWRITTEN");
}

TEST_F(PushElsewhere, ABranchThatThePushItselfFoundThereIsOneOfAServer) {
  clone_.Git({"remote", "remove", "origin"});
  ChangeCode();
  const Ran push = clone_.TryGit({"push", "--dry-run", server_.path(), "topic:release/1",
                                  "topic~1:refs/heads/release/2", "topic:main"});
  EXPECT_EQ(Headlines(push.err),
            "BLOCK refs/heads/main VERDICT_MISSING\nBLOCK refs/heads/release/1 REF_REWRITTEN\n"
            "BLOCK refs/heads/release/2 REF_REWRITTEN");
}

TEST_F(PushElsewhere, MainOfAMirrorIsACutOfTheServers) {
  EXPECT_EQ(PushTo(empty_.path(), "origin/main:refs/heads/main"), "ALLOW refs/heads/main cut");
}

TEST_F(PushRefs, TagsAreFreeUnlessThePolicyProtectsThem) {
  PrepareLanding();
  clone_.Git({"tag", "-a", "-m", "one", "v1"});
  EXPECT_EQ(Push({"v1"}), "ALLOW refs/tags/v1 unprotected");
}

class ProtectedTags : public PushRefs {
 protected:
  ProtectedTags() {
    clone_.CommitFile(".verdict.yml", "version: 1\nprotected: [HEAD, 'refs/tags/v*']\n");
    LandUnjudged("topic:main");
  }
};

TEST_F(ProtectedTags, MustLeadToAValidatedCommit) {
  const ObjectId validated = ChangeCode();
  clone_.Git({"tag", "-a", "-m", "too early", "v1"});
  EXPECT_EQ(Push({"v1"}), "BLOCK refs/tags/v1 VERDICT_MISSING");
  RecordVerdict(validated);
  clone_.Git({"tag", "-a", "-m", "two", "v2"});
  EXPECT_EQ(Push({"v2"}), "ALLOW refs/tags/v2 exact");
}

TEST_F(ProtectedTags, NeitherMoveNorGoAway) {
  clone_.Git({"tag", "v1", "origin/main"});
  EXPECT_EQ(Push({"v1"}), "ALLOW refs/tags/v1 cut");
  PrepareLanding();
  clone_.Git({"tag", "-f", "v1"});
  EXPECT_EQ(Push({"+v1"}), "BLOCK refs/tags/v1 REF_REWRITTEN");
  EXPECT_EQ(Push({":v1"}), "BLOCK refs/tags/v1 REF_DELETED");
}

TEST_F(ProtectedTags, OfATreeAreRefused) {
  clone_.Git({"tag", "v1", "HEAD^{tree}"});
  EXPECT_EQ(Push({"v1"}), "BLOCK refs/tags/v1 REF_FORBIDDEN");
}

}  // namespace
}  // namespace e2e
