// `git-verdict check` in a CI job: what the forges' variables make it judge, and what they cannot.

#include <gtest/gtest.h>

#include <map>

#include "tests/e2e/ci_story.h"

namespace e2e {
namespace {

class CiJob : public CiStory {};

constexpr const char* kNoQuestion = "CANNOT-EVALUATE - INPUT_MALFORMED";

TEST_F(CiJob, OnGithubJudgesTheMergeThatTheForgeMade) {
  PrepareLanding();
  const ObjectId merge = MergeByForge();
  Propose(merge, "merge");
  const GitRepo job = CloneForJob("pull/7/merge");
  EXPECT_EQ(Ask(job, PullRequest(merge)), "ALLOW refs/heads/main exact");
  EXPECT_EQ(ran_.err, "git-verdict: GitHub Actions (pull_request): " + merge.hex12() + " on " +
                          clone_.Id("origin/main").hex12() + " of refs/heads/main\n");
}

TEST_F(CiJob, OnGithubRefusesWhatWasNotStaged) {
  ChangeCode();
  const ObjectId merge = MergeByForge();
  Propose(merge, "merge");
  EXPECT_EQ(Ask(CloneForJob("pull/7/merge"), PullRequest(merge)),
            "BLOCK refs/heads/main VERDICT_MISSING");
}

// The event was sent before main moved, the merge was made after it.
TEST_F(CiJob, OnGithubTheBaseIsTheFirstParentOfTheMerge) {
  PrepareLanding();
  MoveMain();
  const ObjectId merge = MergeByForge(), base = clone_.Id("origin/main");
  Propose(merge, "merge");
  MoveMain();
  const GitRepo job = CloneForJob("pull/7/merge");
  ASSERT_NE(job.Id("origin/main"), base);
  EXPECT_EQ(Ask(job, PullRequest(merge)), "ALLOW refs/heads/main replay");
  ExpectSaid(merge.hex12() + " on " + base.hex12() + " of refs/heads/main");
}

// Its author wrote GITHUB_SHA where it is no merge of the forge's.
TEST_F(CiJob, OnGithubAHeadThatIsNoMergeIsNoQuestion) {
  const ObjectId head = PrepareLanding();
  Propose(head, "merge");
  EXPECT_EQ(Ask(CloneForJob("pull/7/merge"), PullRequest(head)), kNoQuestion);
  ExpectSaid("is not the merge that this job should be about");
}

TEST_F(CiJob, ACommitThatIsNotHereIsNoQuestion) {
  PrepareLanding();
  Propose(MergeByForge(), "merge");
  const GitRepo job = CloneForJob("pull/7/merge");
  clone_.Git({"switch", "-q", "topic"});
  ChangeCode("three");
  EXPECT_EQ(Ask(job, PullRequest(MergeByForge())), kNoQuestion);
  ExpectSaid(" of this job is not in this clone");
}

TEST_F(CiJob, OnGiteaJudgesTheMergeThatWouldLand) {
  const ObjectId head = PrepareLanding();
  MoveMain();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  EXPECT_EQ(Ask(job, Gitea(head)), "ALLOW refs/heads/main replay");
  EXPECT_EQ(ran_.err, "git-verdict: Gitea or Forgejo Actions (pull_request): " + head.hex12() +
                          " on " + clone_.Id("origin/main").hex12() + " of refs/heads/main\n");
  ChangeCode("three");
  Propose(clone_.Id(), "head");
  EXPECT_EQ(Ask(CloneForJob("pull/7/head"), Gitea(clone_.Id())),
            "BLOCK refs/heads/main STALE_CODE");
}

// A head whose first parent holds the bad code, and which is a merge that changes nothing of it.
TEST_F(CiJob, AMergeOfTheAuthorsOwnIsNotTakenForTheForges) {
  ChangeCode();
  clone_.Git({"commit", "-q", "--allow-empty", "-m", "nothing"});
  clone_.Git({"branch", "-q", "side", "origin/main"});
  clone_.Git({"merge", "-q", "--no-ff", "-s", "ours", "-m", "merge", "side~0"});
  const ObjectId head = clone_.Id();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  EXPECT_EQ(Ask(job, Gitea(head)), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(Ask(job, MergeRequest(head)), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(CiJob, OnGitlabJudgesTheHeadOnTheTarget) {
  const ObjectId head = PrepareLanding();
  MoveMain();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  EXPECT_EQ(Ask(job, MergeRequest(head)), "ALLOW refs/heads/main replay");
  const ObjectId merged = MergeByForge();
  Propose(merged, "merge");
  EXPECT_EQ(Ask(CloneForJob("pull/7/merge"), MergeRequest(merged)), "ALLOW refs/heads/main replay");
}

TEST_F(CiJob, OnJenkinsJudgesWhatIsCheckedOut) {
  const ObjectId head = PrepareLanding();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  EXPECT_EQ(Ask(job, Jenkins()), "ALLOW refs/heads/main exact");
  job.Git({"checkout", "-q", "--detach", head.hex() + "~1"});
  EXPECT_EQ(Ask(job, Jenkins()), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(CiJob, AMergeGroupIsJudgedAsTheCommitThatLands) {
  PrepareLanding();
  const ObjectId base = clone_.Id("origin/main"), group = MergeByForge();
  Propose(group, "merge");
  const GitRepo job = CloneForJob("pull/7/merge");
  EXPECT_EQ(Ask(job, MergeGroup(group, base)), "ALLOW refs/heads/main exact");
  MoveMain();
  job.Git({"fetch", "-q", "origin"});
  EXPECT_EQ(Ask(job, MergeGroup(group, clone_.Id("origin/main"))),
            "BLOCK refs/heads/main REF_REWRITTEN");
}

TEST_F(CiJob, APushIsJudgedOnWhatWasThereBefore) {
  const ObjectId before = clone_.Id("origin/main"), after = PrepareLanding();
  LandUnjudged("topic:main");
  EXPECT_EQ(Ask(CloneForJob("origin/main"), Push(before.hex(), after)),
            "ALLOW refs/heads/main exact");
  ChangeCode("three");
  LandUnjudged("topic:main");
  const GitRepo job = CloneForJob("origin/main");
  EXPECT_EQ(Ask(job, Push(after.hex(), clone_.Id())), "BLOCK refs/heads/main STALE_CODE");
  EXPECT_EQ(Ask(job, Push(clone_.Id().hex(), after)), "BLOCK refs/heads/main REF_REWRITTEN");
}

// After a push the clone of a job holds what was pushed: it must not speak for itself.
TEST_F(CiJob, APushThatBringsALooserPolicyIsJudgedByTheOneBefore) {
  const ObjectId before = clone_.Id("origin/main");
  clone_.CommitFile(".verdict.yml", "version: 1\nprotected: [main]\nexempt: ['**']\n");
  ChangeCode();
  LandUnjudged("topic:main");
  const GitRepo job = CloneForJob("origin/main");
  EXPECT_EQ(Ask(job, Push(before.hex(), clone_.Id())), "BLOCK refs/heads/main VERDICT_MISSING");
  job.Git({"remote", "set-head", "origin", "main"});
  EXPECT_EQ(Ask(job, Push(before.hex(), clone_.Id())), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(CiJob, ANewProtectedBranchIsNoCutOfItself) {
  ChangeCode();
  LandUnjudged("topic:release/1");
  EXPECT_EQ(Ask(CloneForJob("origin/release/1"), Push(kZeros, clone_.Id(), "refs/heads/release/1")),
            "BLOCK refs/heads/release/1 VERDICT_MISSING");
  LandUnjudged("origin/main:refs/heads/release/2");
  EXPECT_EQ(Ask(CloneForJob("origin/release/2"),
                Push(kZeros, clone_.Id("origin/main"), "refs/heads/release/2")),
            "ALLOW refs/heads/release/2 cut");
}

// Whoever may push to `playground` chooses what is there; the answer hangs on the head.
TEST_F(CiJob, ATargetThatNobodyProtectsIsNoQuestion) {
  ChangeCode();
  LandUnjudged("topic:playground");
  const ObjectId merge = MergeByForge();
  Propose(merge, "merge");
  const GitRepo job = CloneForJob("pull/7/merge");
  EXPECT_EQ(Ask(job, PullRequest(merge, "playground")), kNoQuestion);
  ExpectSaid("the policy does not protect refs/heads/playground, the target of");
  EXPECT_EQ(Ask(job, Push(clone_.Id("origin/main").hex(), clone_.Id(), "refs/heads/playground")),
            kNoQuestion);
  EXPECT_EQ(Ask(job, PullRequest(merge, "playground"), {"--ref", "playground"}),
            "ALLOW refs/heads/playground unprotected");
}

TEST_F(CiJob, ThePolicyIsThatOfTheForgesDefaultBranch) {
  clone_.CommitFile(".verdict.yml",
                    "version: 1\nprotected: [HEAD, 'release/*']\nvalidated_sha: required\n");
  LandUnjudged("topic:main");
  LandUnjudged("origin/main~1:refs/heads/release/1");
  clone_.Git({"switch", "-q", "-C", "topic", "origin/release/1"});
  ChangeCode();
  clone_.CommitFile(kLog, "---\nstaging_status: SUCCESS\ntimestamp: 2030-01-01T00:00:00Z\n---\n");
  Propose(clone_.Id(), "head");
  const GitRepo job = CloneForJob("pull/7/head");
  const Environment environment = With(Gitea(clone_.Id()), "GITHUB_BASE_REF", "release/1");
  EXPECT_EQ(Ask(job, environment), "BLOCK refs/heads/release/1 VERDICT_UNBOUND");
  job.Git({"update-ref", "-d", "refs/remotes/origin/main"});
  EXPECT_EQ(Ask(job, environment), kNoQuestion);
  ExpectSaid("refs/heads/main, the default branch with the policy, is not in this");
}

// Such a clone looks like one of a server without any other branch.
TEST_F(CiJob, OfANewBranchThatAloneIsHereIsNoFirstPush) {
  ChangeCode();
  LandUnjudged("topic:refs/heads/release/1");
  const GitRepo job = CloneForJob(clone_.Id().hex());
  job.Git({"update-ref", "-d", "refs/remotes/origin/main"});
  const Environment push = Push(kZeros, clone_.Id(), "refs/heads/release/1");
  test::WriteFile(sandbox_.Path("policy.yml"), "version: 1\n");
  job.Git({"config", "verdict.policyFile", sandbox_.Path("policy.yml")});
  EXPECT_EQ(Ask(job, push), "BLOCK refs/heads/release/1 REF_REWRITTEN");
  job.Git({"config", "--unset", "verdict.policyFile"});
  const std::string untold = R"({"ref":"refs/heads/release/1","before":")" + kZeros +
                             R"(","after":")" + clone_.Id().hex() + R"("})";
  test::WriteFile(sandbox_.Path("event.json"), untold);
  EXPECT_EQ(Ask(job, push), "BLOCK refs/heads/release/1 REF_REWRITTEN");
}

TEST_F(CiJob, AShallowCloneIsRefusedInTheWordsOfTheForge) {
  const ObjectId head = PrepareLanding();
  Propose(head, "head");
  LandUnjudged("topic:topic");
  const GitRepo shallow = GitRepo::Clone(sandbox_, server_.url(), "shallow",
                                         {"--depth", "1", "--no-single-branch", "-b", "topic"});
  EXPECT_EQ(Ask(shallow, Gitea(head)), "CANNOT-EVALUATE - HISTORY_SHALLOW");
  ExpectSaid("`fetch-depth: 0` for actions/checkout");
  EXPECT_EQ(Ask(shallow, MergeRequest(head)), "CANNOT-EVALUATE - HISTORY_SHALLOW");
  ExpectSaid("`GIT_DEPTH: 0` under the job's `variables:`");
  EXPECT_EQ(Ask(shallow, {{"CHANGE_TARGET", "main"}}), "CANNOT-EVALUATE - HISTORY_SHALLOW");
  ExpectSaid("shallow: true");
}

TEST_F(CiJob, ATargetThatIsNotHereIsNoQuestion) {
  const ObjectId head = PrepareLanding();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  job.Git({"update-ref", "-d", "refs/remotes/origin/main"});
  EXPECT_EQ(Ask(job, MergeRequest(head)), kNoQuestion);
  ExpectSaid("refs/heads/main, the target of this job, is not in this clone");
}

TEST_F(CiJob, WhatIsGivenByHandWins) {
  const ObjectId head = PrepareLanding();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  const Environment broken = With(MergeRequest(head), "GITHUB_ACTIONS", "true");
  EXPECT_EQ(Ask(job, broken), kNoQuestion);
  EXPECT_EQ(Ask(job, broken, {"--base", "origin/main"}), "ALLOW - exact");
  EXPECT_EQ(ran_.err, "");
  EXPECT_EQ(Ask(job, broken, {"--base", "origin/main", "--head", "HEAD~1"}),
            "BLOCK - VERDICT_MISSING");
  EXPECT_EQ(Ask(job, MergeRequest(head), {"--ref", "release/1"}),
            "ALLOW refs/heads/release/1 exact");
}

TEST_F(CiJob, FaultsOfAJobAreToldInEveryFormat) {
  PrepareLanding();
  const GitRepo job = CloneForJob(clone_.Id("origin/main").hex());
  const Environment half{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "pull_request"}};
  const std::map<std::string, std::string> told{
      {"text", "CANNOT-EVALUATE - - INPUT_MALFORMED\n"},
      {"json", R"("decision":"CANNOT-EVALUATE")"},
      {"github", "::error title=INPUT_MALFORMED::GITHUB_REF is not set%0Afix: "},
      {"gitlab", R"("check_name":"INPUT_MALFORMED")"},
      {"sarif", R"("executionSuccessful":false,"exitCode":2)"},
      {"junit", R"(errors="1")"},
      {"markdown", "**CANNOT-EVALUATE**"}};
  for (const auto& [format, text] : told) {
    const Ran ran = Verdict(job.path(), {"check", "--format", format}, "", half);
    EXPECT_EQ(ran.status, 2) << format;
    EXPECT_NE(ran.out.find(text), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("GITHUB_REF"), std::string::npos) << ran.out;
  }
}

TEST_F(CiJob, TheSummaryOfARunGetsTheReportBelowWhatIsThere) {
  ChangeCode();
  const ObjectId merge = MergeByForge();
  Propose(merge, "merge");
  const GitRepo job = CloneForJob("pull/7/merge");
  const std::string summary = sandbox_.Path("summary.md");
  test::WriteFile(summary, "of another step\n");
  Environment environment = With(PullRequest(merge), "GITHUB_STEP_SUMMARY", summary);
  EXPECT_EQ(Ask(job, environment), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(test::ReadFile(summary), "of another step\n");
  EXPECT_EQ(Ask(job, environment, {"--format", "github"}), "BLOCK refs/heads/main VERDICT_MISSING");
  const std::string text = test::ReadFile(summary);
  EXPECT_TRUE(text.starts_with("of another step\n**BLOCK** `refs/heads/main` at ")) << text;
  environment = With(environment, "GITHUB_STEP_SUMMARY", sandbox_.Path("nowhere/summary.md"));
  EXPECT_EQ(Verdict(job.path(), {"check", "--format", "github"}, "", environment).status, 2);
}

TEST_F(CiJob, NamesThatStrangersChoseReachTheLogEscaped) {
  const ObjectId head = PrepareLanding();
  Propose(head, "head");
  const GitRepo job = CloneForJob("pull/7/head");
  const Environment environment =
      With(MergeRequest(head), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "\x1b[31m\n::error::x");
  EXPECT_EQ(Ask(job, environment), kNoQuestion);
  ExpectSaid("is '\\x1b[31m\\x0a::error::x'");
  EXPECT_EQ((ran_.out + ran_.err).find('\x1b'), std::string::npos);
  EXPECT_EQ((ran_.out + ran_.err).find("\n::error"), std::string::npos);
}

}  // namespace
}  // namespace e2e
