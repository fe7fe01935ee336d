#include <gtest/gtest.h>

#include "hooks/forges/forge.h"
#include "tests/support/git_fixture.h"

namespace forges {
namespace {

const std::string kHead(40, 'a'), kBefore(40, 'b'), kZeros(40, '0');

using Values = Variables::Environment;

/// What a job is, in a line; or what is wrong with its variables.
std::string Told(const Values& values) {
  const Variables variables(values);
  try {
    const Forge* forge = FindForge(variables);
    if (!forge) return "no forge";
    const Job job = forge->read(variables);
    constexpr const char* kKinds[] = {"proposed", "queued", "pushed"};
    constexpr const char* kBases[] = {"on the tip", "on the first parent", "on "};
    std::string told = job.event + ": " + (job.head ? job.head->hex().substr(0, 3) : "HEAD") + " " +
                       kKinds[static_cast<int>(job.kind)] + " " +
                       kBases[static_cast<int>(job.base)];
    if (job.base == Base::kGiven) told += job.before ? job.before->hex().substr(0, 3) : "nothing";
    return told + " of " + job.target + ", default " + job.default_branch;
  } catch (const gates::WorldError& error) {
    EXPECT_EQ(error.code, gates::Code::kInputMalformed);
    return error.what();
  }
}

Values With(Values values, const Values& changed) {
  for (const auto& [name, value] : changed) values[name] = value;
  return values;
}

Values Without(Values values, const std::string& name) {
  values.erase(name);
  return values;
}

class Forges : public testing::Test {
 protected:
  /// Variables of an event on GitHub whose payload is this JSON.
  Values Github(const std::string& event, const std::string& ref, const std::string& payload) {
    const std::string file = sandbox_.Path("event.json");
    test::WriteFile(file, payload);
    return {{"GITHUB_ACTIONS", "true"},
            {"GITHUB_EVENT_NAME", event},
            {"GITHUB_REF", ref},
            {"GITHUB_SHA", kHead},
            {"GITHUB_EVENT_PATH", file}};
  }

  Values PullRequest() {
    return With(Github("pull_request", "refs/pull/7/merge",
                       R"({"pull_request":{"base":{"sha":")" + kBefore +
                           R"("}},"repository":{"default_branch":"trunk"}})"),
                {{"GITHUB_BASE_REF", "main"}, {"GITHUB_HEAD_REF", "::error::x"}});
  }

  Values Push(const std::string& before = kBefore, const std::string& ref = "refs/heads/main") {
    return Github(
        "push", ref,
        R"({"ref":")" + ref + R"(","before":")" + before + R"(","after":")" + kHead + R"("})");
  }

  Values MergeGroup() {
    return Github("merge_group", "refs/heads/gh-readonly-queue/main/pr-7-" + kBefore,
                  R"({"merge_group":{"head_sha":")" + kHead + R"(","base_sha":")" + kBefore +
                      R"(","base_ref":"refs/heads/main"},"repository":{"default_branch":"main"}})");
  }

  Values MergeRequest() {
    return {{"GITLAB_CI", "true"},
            {"CI_PIPELINE_SOURCE", "merge_request_event"},
            {"CI_MERGE_REQUEST_PROJECT_ID", "12"},
            {"CI_PROJECT_ID", "12"},
            {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"},
            {"CI_COMMIT_SHA", kHead},
            {"CI_DEFAULT_BRANCH", "trunk"}};
  }

  Values GitlabPush() {
    return {{"GITLAB_CI", "true"},        {"CI_PIPELINE_SOURCE", "push"},
            {"CI_COMMIT_BRANCH", "main"}, {"CI_COMMIT_BEFORE_SHA", kBefore},
            {"CI_COMMIT_SHA", kHead},     {"CI_DEFAULT_BRANCH", "main"}};
  }

  Values Jenkins() {
    return {{"JENKINS_URL", "http://ci/"},
            {"BRANCH_NAME", "main"},
            {"GIT_COMMIT", kHead},
            {"GIT_PREVIOUS_COMMIT", kBefore}};
  }

  test::Sandbox sandbox_;
};

TEST_F(Forges, AreNoneOutsideOfCi) {
  EXPECT_EQ(Told({}), "no forge");
  EXPECT_EQ(Told({{"CI", "true"}, {"GITHUB_ACTIONS", "false"}, {"GITEA_ACTIONS", ""}}), "no forge");
}

TEST_F(Forges, OfTwoKindsAreNeither) {
  EXPECT_EQ(Told(With(MergeRequest(), {{"GITHUB_ACTIONS", "true"}})),
            "the variables are those of GitHub Actions and of GitLab CI");
  EXPECT_EQ(Told(With(MergeRequest(), {{"JENKINS_URL", "http://ci/"}})),
            "the variables are those of GitLab CI and of Jenkins");
}

TEST_F(Forges, GithubsPullRequestIsTheMergeThatGithubMade) {
  EXPECT_EQ(Told(PullRequest()),
            "pull_request: aaa proposed on the first parent of refs/heads/main, "
            "default refs/heads/trunk");
}

// Whoever writes the head of a pull request can make it a merge of anything.
TEST_F(Forges, GithubsPullRequestIsNothingButThat) {
  for (const std::string ref : {"refs/pull/7/head", "refs/heads/refs/pull/7/merge",
                                "refs/pull//merge", "refs/pull/7/x/merge", "refs/pull/merge"})
    EXPECT_EQ(Told(With(PullRequest(), {{"GITHUB_REF", ref}})),
              "GITHUB_REF is '" + ref + "' and not the merge of an open pull request");
}

TEST_F(Forges, GithubsMergeGroupIsJudgedOnWhatStandsBeforeIt) {
  EXPECT_EQ(Told(MergeGroup()),
            "merge_group: aaa queued on bbb of refs/heads/main, default refs/heads/main");
  EXPECT_EQ(Told(With(MergeGroup(), {{"GITHUB_SHA", kBefore}})),
            "the file at GITHUB_EVENT_PATH tells of another merge group than GITHUB_SHA");
}

TEST_F(Forges, APushIsJudgedOnWhatWasThereBefore) {
  EXPECT_EQ(Told(Push()), "push: aaa pushed on bbb of refs/heads/main, default ");
  EXPECT_EQ(Told(Push(kZeros)), "push: aaa pushed on nothing of refs/heads/main, default ");
  EXPECT_EQ(Told(Push(kZeros, "refs/tags/v1")),
            "push: aaa pushed on nothing of refs/tags/v1, default ");
  const std::string other =
      "the file at GITHUB_EVENT_PATH tells of another push than GITHUB_REF and GITHUB_SHA";
  EXPECT_EQ(Told(With(Push(), {{"GITHUB_SHA", kBefore}})), other);
  EXPECT_EQ(Told(With(Push(), {{"GITHUB_REF", "refs/heads/other"}})), other);
}

TEST_F(Forges, APullRequestTargetIsTheHeadThatThePayloadNames) {
  const Values values = With(Github("pull_request_target", "refs/heads/trunk",
                                    R"({"pull_request":{"head":{"sha":")" + kBefore + R"("}}})"),
                             {{"GITHUB_BASE_REF", "main"}});
  const std::string told =
      "pull_request_target: bbb proposed on the tip of refs/heads/main, default ";
  EXPECT_EQ(Told(values), told);
  EXPECT_EQ(Told(With(values, {{"GITEA_ACTIONS", "true"}})), told);
}

TEST_F(Forges, GiteasPullRequestIsTheHeadOfItsAuthor) {
  const Values values = With(PullRequest(), {{"GITHUB_REF", "refs/pull/7/head"}});
  const std::string told =
      "pull_request: aaa proposed on the tip of refs/heads/main, default refs/heads/trunk";
  EXPECT_EQ(Told(With(values, {{"GITEA_ACTIONS", "true"}})), told);
  EXPECT_EQ(Told(With(values, {{"FORGEJO_ACTIONS", "true"}, {"GITEA_ACTIONS", "true"}})), told);
  EXPECT_EQ(Told(With(PullRequest(), {{"GITEA_ACTIONS", "true"}})), told);
  EXPECT_EQ(Told(With(Push(), {{"GITEA_ACTIONS", "true"}})), Told(Push()));
}

TEST_F(Forges, GitlabsMergeRequestIsJudgedOnTheTargetWhateverThePipelineIs) {
  const std::string told =
      "merge_request_event: aaa proposed on the tip of refs/heads/main, default refs/heads/trunk";
  for (const char* type : {"detached", "merged_result", "merge_train"})
    EXPECT_EQ(Told(With(MergeRequest(), {{"CI_MERGE_REQUEST_EVENT_TYPE", type}})), told);
}

TEST_F(Forges, GitlabsPipelineInAForkIsNone) {
  EXPECT_EQ(Told(With(MergeRequest(), {{"CI_PROJECT_ID", "13"}})),
            "this pipeline runs in a fork, where origin is not what it would be merged into");
}

TEST_F(Forges, GitlabsPushIsJudgedOnWhatWasThereBefore) {
  EXPECT_EQ(Told(GitlabPush()),
            "push: aaa pushed on bbb of refs/heads/main, default refs/heads/main");
  EXPECT_EQ(Told(With(GitlabPush(), {{"CI_COMMIT_TAG", "v1"}, {"CI_COMMIT_BEFORE_SHA", kZeros}})),
            "push: aaa pushed on nothing of refs/tags/v1, default refs/heads/main");
}

TEST_F(Forges, JenkinsChangeRequestIsWhatIsCheckedOut) {
  const std::string told = "change request: HEAD proposed on the tip of refs/heads/main, default ";
  EXPECT_EQ(Told(With(Jenkins(), {{"CHANGE_ID", "7"}, {"CHANGE_TARGET", "main"}})), told);
  EXPECT_EQ(Told({{"CHANGE_TARGET", "main"}}), told);
}

TEST_F(Forges, JenkinsBranchIsJudgedOnItsLastBuild) {
  EXPECT_EQ(Told(Jenkins()), "branch: aaa pushed on bbb of refs/heads/main, default ");
  EXPECT_EQ(Told(With(Jenkins(), {{"TAG_NAME", "v1"}})),
            "TAG_NAME is set: this job is about a tag, and nothing tells what was there before");
}

TEST_F(Forges, EventsThatProposeAndPushNothingAreNoQuestion) {
  for (const std::string event : {"schedule", "workflow_dispatch", "pull_request_review", "x"}) {
    const std::string why =
        "GITHUB_EVENT_NAME is '" + event + "', which proposes nothing and pushes nothing";
    EXPECT_EQ(Told(With(PullRequest(), {{"GITHUB_EVENT_NAME", event}})), why);
    EXPECT_EQ(Told(With(PullRequest(), {{"GITHUB_EVENT_NAME", event}, {"GITEA_ACTIONS", "1"}})),
              why);
  }
  EXPECT_EQ(Told(With(MergeRequest(), {{"CI_PIPELINE_SOURCE", "web"}})),
            "CI_PIPELINE_SOURCE is 'web', which proposes nothing and pushes nothing");
}

/// Takes each variable away in turn, and expects to be told of it.
void ExpectEachToCount(const Values& values, const std::string& marker) {
  for (const auto& [name, value] : values)
    if (name != marker && name != "GITHUB_HEAD_REF") {
      EXPECT_EQ(Told(Without(values, name)), name + " is not set");
      EXPECT_EQ(Told(With(values, {{name, ""}})), name + " is not set");
    }
}

TEST_F(Forges, WithAVariableMissingSayWhichOne) {
  ExpectEachToCount(PullRequest(), "GITHUB_ACTIONS");
  ExpectEachToCount(MergeRequest(), "GITLAB_CI");
  ExpectEachToCount(GitlabPush(), "GITLAB_CI");
  ExpectEachToCount(Jenkins(), "JENKINS_URL");
  EXPECT_EQ(Told(Without(MergeGroup(), "GITHUB_SHA")), "GITHUB_SHA is not set");
  EXPECT_EQ(Told({{"CHANGE_ID", "7"}}), "CHANGE_TARGET is not set");
}

TEST_F(Forges, TakeNothingForACommitButAFullId) {
  for (const std::string text : {"main", "aaaaaaaaaaaa", "HEAD", "--help", "refs/heads/main"}) {
    const std::string why = " is '" + text + "' and no full id of a commit";
    EXPECT_EQ(Told(With(PullRequest(), {{"GITHUB_SHA", text}})), "GITHUB_SHA" + why);
    EXPECT_EQ(Told(With(MergeRequest(), {{"CI_COMMIT_SHA", text}})), "CI_COMMIT_SHA" + why);
    EXPECT_EQ(Told(Push(text)), "`before` of the event" + why);
  }
}

TEST_F(Forges, TakeNothingForABranchButAName) {
  for (const std::string text : {"main ", "ma\nin", "main~1", "main:x", "\x1b[31m", "ma*n"}) {
    const std::string why = " is '" + text + "' and no name of a branch";
    EXPECT_EQ(Told(With(PullRequest(), {{"GITHUB_BASE_REF", text}})), "GITHUB_BASE_REF" + why);
    EXPECT_EQ(Told({{"CHANGE_TARGET", text}}), "CHANGE_TARGET" + why);
  }
}

// There may be a branch whose short name is `refs/heads/main`; it is not main.
TEST_F(Forges, TakeAShortNameForAShortName) {
  EXPECT_EQ(Told({{"CHANGE_TARGET", "refs/heads/main"}}),
            "change request: HEAD proposed on the tip of refs/heads/refs/heads/main, default ");
}

TEST_F(Forges, TakeNothingForAPayloadButJson) {
  const std::string file = "the file at GITHUB_EVENT_PATH ";
  EXPECT_EQ(Told(With(Push(), {{"GITHUB_EVENT_PATH", sandbox_.Path("nowhere")}})),
            file + "cannot be read");
  EXPECT_EQ(Told(With(Push(), {{"GITHUB_EVENT_PATH", sandbox_.Path()}})), file + "cannot be read");
  EXPECT_EQ(Told(Github("push", "refs/heads/main", "{")).find(file + "is refused: no valid JSON"),
            0u);
  EXPECT_EQ(Told(Github("push", "refs/heads/main", R"({"ref":1,"ref":2})")),
            file + "is refused: the key 'ref' stands twice in an object");
  for (const char* payload : {"[]", "1", "{}", R"({"ref":7})", R"({"merge_group":[]})"}) {
    EXPECT_EQ(Told(Github("push", "refs/heads/main", payload)),
              file + "tells of another push than GITHUB_REF and GITHUB_SHA");
    EXPECT_EQ(Told(Github("merge_group", "refs/heads/q", payload)),
              file + "names no branch that the merge group is for");
  }
}

}  // namespace
}  // namespace forges
