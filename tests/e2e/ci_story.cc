#include "tests/e2e/ci_story.h"

#include <nlohmann/json.hpp>

namespace e2e {

using Json = nlohmann::json;

GitRepo CiStory::CloneForJob(const std::string& revision) {
  const GitRepo job = GitRepo::Init(sandbox_, "job" + std::to_string(++jobs_));
  job.Git({"remote", "add", "origin", server_.path()});
  job.Git({"fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*",
           "+refs/pull/*:refs/remotes/pull/*"});
  job.Git({"checkout", "-q", "--detach", revision});
  return job;
}

void CiStory::Propose(const ObjectId& commit, const std::string& kind) const {
  clone_.Git({"push", "-q", server_.path(), "+" + commit.hex() + ":refs/pull/7/" + kind});
}

ObjectId CiStory::MergeByForge() const {
  clone_.Git({"switch", "-q", "--detach", "origin/main"});
  const ObjectId merge = clone_.Merge("topic");
  clone_.Git({"switch", "-q", "topic"});
  return merge;
}

void CiStory::MoveMain() const {
  clone_.Git({"switch", "-q", "-C", "other", "origin/main"});
  clone_.CommitFile("docs/guide.md", "# A better guide\n");
  LandUnjudged("other:main");
  clone_.Git({"switch", "-q", "topic"});
}

Environment CiStory::Github(const std::string& event, const std::string& ref, const ObjectId& head,
                            const std::string& payload) const {
  Json json = Json::parse(payload);
  json["repository"]["default_branch"] = "main";
  const std::string file = sandbox_.Path("event.json");
  test::WriteFile(file, json.dump());
  return {{"GITHUB_ACTIONS", "true"},
          {"GITHUB_EVENT_NAME", event},
          {"GITHUB_REF", ref},
          {"GITHUB_SHA", head.hex()},
          {"GITHUB_EVENT_PATH", file}};
}

Environment CiStory::PullRequest(const ObjectId& merge, const std::string& target) const {
  return With(Github("pull_request", "refs/pull/7/merge", merge, "{}"), "GITHUB_BASE_REF", target);
}

Environment CiStory::MergeGroup(const ObjectId& head, const ObjectId& base) const {
  return Github("merge_group", "refs/heads/gh-readonly-queue/main/pr-7-" + base.hex(), head,
                R"({"merge_group":{"base_ref":"refs/heads/main","head_sha":")" + head.hex() +
                    R"(","base_sha":")" + base.hex() + R"("}})");
}

Environment CiStory::Push(const std::string& before, const ObjectId& after,
                          const std::string& ref) const {
  return Github(
      "push", ref, after,
      R"({"ref":")" + ref + R"(","before":")" + before + R"(","after":")" + after.hex() + R"("})");
}

Environment CiStory::Gitea(const ObjectId& head) const {
  return With(With(PullRequest(head), "GITHUB_REF", "refs/pull/7/head"), "GITEA_ACTIONS", "true");
}

Environment CiStory::MergeRequest(const ObjectId& head) {
  return {{"GITLAB_CI", "true"},
          {"CI_PIPELINE_SOURCE", "merge_request_event"},
          {"CI_MERGE_REQUEST_PROJECT_ID", "12"},
          {"CI_PROJECT_ID", "12"},
          {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"},
          {"CI_COMMIT_SHA", head.hex()},
          {"CI_DEFAULT_BRANCH", "main"}};
}

Environment CiStory::Jenkins() {
  return {{"JENKINS_URL", "http://ci/"}, {"CHANGE_ID", "7"}, {"CHANGE_TARGET", "main"}};
}

std::string CiStory::Ask(const GitRepo& job, const Environment& environment,
                         std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "check");
  ran_ = Verdict(job.path(), arguments, "", environment);
  const std::string headlines = Headlines(ran_.out);
  const int status = headlines.starts_with("ALLOW ") ? 0 : headlines.starts_with("BLOCK ") ? 1 : 2;
  EXPECT_EQ(ran_.status, status) << ran_.out << ran_.err;
  return headlines;
}

void CiStory::ExpectSaid(const std::string& text) const {
  EXPECT_NE((ran_.out + ran_.err).find(text), std::string::npos) << ran_.out << ran_.err;
}

Environment With(Environment environment, const std::string& name, const std::string& value) {
  std::erase_if(environment, [&](const auto& variable) { return variable.first == name; });
  environment.emplace_back(name, value);
  return environment;
}

}  // namespace e2e
