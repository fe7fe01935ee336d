// Ways past a check in CI: names that a pusher chose, and answers that have grown old.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/judged_server.h"

namespace e2e {
namespace {

class BypassCheck : public JudgedServer {
 protected:
  BypassCheck() { clone_.Git({"config", "core.hooksPath", "/dev/null"}); }

  /// What a runner has after `git clone` and a checkout of the head that is to be merged.
  GitRepo CloneForCi(const std::string& head = "topic") const {
    const GitRepo ci = GitRepo::Clone(sandbox_, server_.path(), "ci", {"--no-checkout"});
    ci.Git({"fetch", "-q", clone_.path(), head});
    ci.Git({"checkout", "-q", "--detach", "FETCH_HEAD"});
    return ci;
  }

  static void ExpectAnswer(const GitRepo& ci, std::vector<std::string> arguments, int status,
                           const std::string& headline) {
    arguments.insert(arguments.begin(), "check");
    const Ran ran = Verdict(ci.path(), arguments);
    EXPECT_EQ(ran.status, status) << ran.out << ran.err;
    EXPECT_EQ(Headlines(ran.out), headline) << ran.out << ran.err;
  }

  static constexpr const char* kAmbiguous = "CANNOT-EVALUATE - INPUT_MALFORMED";
  static constexpr const char* kMissing = "BLOCK - VERDICT_MISSING";
};

// It would compare the change with itself: nothing to land.
TEST_F(BypassCheck, ATagThatIsCalledLikeTheBaseIsNotTheBase) {
  ChangeCode();
  clone_.Git(
      {"push", "-q", "origin", "topic:refs/tags/origin/main", "topic:refs/tags/origin/HEAD"});
  const GitRepo ci = CloneForCi();
  ASSERT_EQ(ci.TryGit({"rev-parse", "origin/main"}).out, ci.Git({"rev-parse", "HEAD"}) + "\n");
  ExpectAnswer(ci, {"--base", "origin/main"}, 2, kAmbiguous);
  ExpectAnswer(ci, {"--base", "origin/HEAD"}, 2, kAmbiguous);
  ExpectAnswer(ci, {"--base", "origin/main~0"}, 2, kAmbiguous);
  ExpectAnswer(ci, {"--base", "refs/remotes/origin/main"}, 1, kMissing);
  ExpectAnswer(ci, {}, 1, kMissing);
  ExpectAnswer(ci, {"--policy-from", "origin/main"}, 2, kAmbiguous);
}

TEST_F(BypassCheck, ATagThatIsCalledLikeTheHeadIsNotTheHead) {
  ChangeCode();
  clone_.Git({"push", "-q", "origin", "origin/main:refs/tags/topic", "topic",
              "origin/main:refs/tags/HEAD"});
  const GitRepo ci = CloneForCi();
  ci.Git({"update-ref", "refs/heads/topic", clone_.Id().hex()});
  ExpectAnswer(ci, {"--base", "origin/main", "--head", "topic"}, 2, kAmbiguous);
  ExpectAnswer(ci, {"--base", "origin/main", "--head", "HEAD"}, 1, kMissing);
}

TEST_F(BypassCheck, ATagThatIsCalledLikeAShortIdIsNotThatCommit) {
  const std::string base = clone_.Id("origin/main").hex12();
  ChangeCode();
  clone_.Git({"push", "-q", "origin", "topic:refs/tags/" + base});
  const GitRepo ci = CloneForCi();
  ExpectAnswer(ci, {"--base", base}, 2, kAmbiguous);
  ExpectAnswer(ci, {"--base", clone_.Id("origin/main").hex()}, 1, kMissing);
}

TEST_F(BypassCheck, ABranchThatIsCalledHeadIsNotTheDefaultBranch) {
  ChangeCode();
  clone_.Git({"push", "-q", "origin", "topic:refs/heads/HEAD"});
  ExpectAnswer(CloneForCi(), {}, 1, kMissing);
  const GitRepo ci = GitRepo::Init(sandbox_, "bare-bones");
  ci.Git({"fetch", "-q", server_.path(), "+refs/heads/*:refs/remotes/origin/*"});
  ci.Git({"checkout", "-q", "--detach", clone_.Id().hex()});
  ExpectAnswer(ci, {}, 2, kAmbiguous);
  ExpectAnswer(ci, {"--base", "origin/main"}, 1, kMissing);
}

TEST_F(BypassCheck, APolicyFileThatAnIncludedConfigNamesIsNotPinned) {
  clone_.Write(".gitconfig", "[verdict]\n\tpolicyFile = ../loose.yml\n");
  clone_.Write("loose.yml", "version: 1\nprotected: [nothing]\n");
  ChangeCode();
  const GitRepo ci = CloneForCi();
  ci.Git({"config", "include.path", "../.gitconfig"});
  ASSERT_EQ(ci.Git({"config", "--includes", "verdict.policyFile"}), "../loose.yml");
  ExpectAnswer(ci, {"--ref", "main"}, 1, "BLOCK refs/heads/main VERDICT_MISSING");
}

// In its folder a job would ask a repository whose refs and objects the change wrote.
TEST_F(BypassCheck, ARepositoryThatTheChangeBringsAlongIsNotAsked) {
  const GitRepo bare = GitRepo::Clone(sandbox_, clone_.path(), "bare.git", {"--bare"});
  const std::string inside = clone_.path() + "/service";
  std::filesystem::copy(bare.path(), inside, std::filesystem::copy_options::recursive);
  clone_.Write("service/refs/heads/.keep", "");
  clone_.Git({"add", "-f", "-A"});
  ChangeCode();
  const GitRepo ci = CloneForCi();
  const GitRepo service(ci.path() + "/service");
  ASSERT_EQ(service.Git({"rev-parse", "--git-dir"}), ".");
  ExpectAnswer(service, {}, 2, "CANNOT-EVALUATE - REPOSITORY_UNREADABLE");
  ExpectAnswer(service, {"--base", "main"}, 2, "CANNOT-EVALUATE - REPOSITORY_UNREADABLE");
  ExpectAnswer(ci, {}, 1, kMissing);
}

TEST_F(BypassCheck, OneMoreCommitAfterTheCheckIsJudgedAgain) {
  PrepareLanding();
  ExpectAnswer(CloneForCi(), {}, 0, "ALLOW - exact");
  ChangeCode("three");
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main STALE_CODE");
}

TEST_F(BypassCheck, ABaseThatMovedAfterTheCheckIsJudgedAgain) {
  PrepareLanding();
  const GitRepo ci = CloneForCi();
  ExpectAnswer(ci, {}, 0, "ALLOW - exact");
  clone_.Git({"switch", "-q", "-C", "other", "origin/main"});
  ChangeCode("something else");
  PutOnServer("other:main");
  clone_.Git({"switch", "-q", "topic"});
  ExpectRefused("git push --force origin topic:main", "BLOCK refs/heads/main REF_REWRITTEN");
  clone_.TryGit({"merge", "-q", "-X", "ours", "-m", "merge", "origin/main"});
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main MERGE_CONFLICT");
  ci.Git({"fetch", "-q", "origin"});
  ExpectAnswer(ci, {}, 1, "BLOCK - MERGE_CONFLICT");
}

TEST_F(BypassCheck, AMergeThatTheForgeMadeOnAnOlderBaseSpeaksForThatBaseOnly) {
  PrepareLanding();
  clone_.Git({"switch", "-q", "-c", "merge", "origin/main"});
  clone_.Merge("topic");
  ExpectAnswer(CloneForCi("merge"), {}, 0, "ALLOW - exact");
  clone_.Git({"switch", "-q", "-C", "other", "origin/main"});
  clone_.CommitFile("docs/guide.md", "# A better guide\n");
  PutOnServer("other:main");
  ExpectRefused("git push --force origin merge:main", "BLOCK refs/heads/main REF_REWRITTEN");
}

// The answer is about a target: on a forge it hangs on the head alone, whose pull request may
// be turned to another target afterwards.
TEST_F(BypassCheck, AnAnswerAboutAnotherTargetSaysSo) {
  ChangeCode();
  const GitRepo ci = CloneForCi();
  ExpectAnswer(ci, {"--ref", "playground"}, 0, "ALLOW refs/heads/playground unprotected");
  ExpectAnswer(ci, {"--ref", "main"}, 1, "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectAnswer(ci, {}, 1, kMissing);
}

TEST_F(BypassCheck, APolicyInTheChangeIsNotItsOwnJudge) {
  clone_.CommitFile(".verdict.yml", "version: 1\nprotected: [nothing]\nexempt: ['**']\n");
  ChangeCode();
  const GitRepo ci = CloneForCi();
  ExpectAnswer(ci, {"--ref", "main"}, 1, "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
}

}  // namespace
}  // namespace e2e
