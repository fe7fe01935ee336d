// docs/ci/: who follows a page of a forge has a job that refuses.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/docs/page.h"
#include "tests/docs/reader.h"
#include "tests/e2e/ci_story.h"
#include "tests/e2e/validator.h"

namespace docs {
namespace {

using e2e::Environment;
using e2e::Ran;
using e2e::With;

class CiPages : public e2e::CiStory {
 protected:
  /// Does what the page of a forge says in Ada's clone, and lands what comes of it.
  void Follow(const std::string& forge) {
    blocks_ = BlocksOf(test::ReadFile(SOURCE_DIR "/docs/ci/" + forge + ".md"));
    const Page page =
        FollowPage(test::ReadFile(SOURCE_DIR "/docs/ci/" + forge + ".md"), clone_.path());
    for (const std::string& fault : page.faults) ADD_FAILURE() << forge << ", " << fault;
    EXPECT_EQ(page.excused, 0);
  }

  void Land() const {
    clone_.Commit("the files for CI");
    LandUnjudged("topic:main");
  }

  /// Whether a block of the page is the text of a file that is now in the clone.
  void ExpectShown(const std::string& file) const {
    const std::string text = clone_.Read(file);
    for (const Block& block : blocks_)
      if (Text(block) == text) return;
    ADD_FAILURE() << "the page shows another " << file;
  }

  static std::string Text(const Block& block) {
    std::string text;
    for (const std::string& line : block.lines) text += line + "\n";
    return text;
  }

  /// Runs a line of shell as a runner does, with the program on its PATH.
  Ran RunLine(const test::GitRepo& job, const std::string& line, const Environment& environment) {
    const std::string folder = std::filesystem::path(e2e::kProgram).parent_path().string();
    return ran_ = e2e::Shell(job.path(), "PATH=" + folder + ":$PATH; " + line, environment);
  }

  std::vector<Block> blocks_;
};

TEST_F(CiPages, OfGithubLeadsToAnActionThatRefuses) {
  Follow("github");
  ExpectShown(".github/workflows/git-verdict.yml");
  Land();
  ChangeCode();
  const auto refused = MergeByForge();
  Propose(refused, "merge");
  const std::string action = "bash \"$GITHUB_ACTION_PATH/check\"";
  const test::GitRepo job = CloneForJob("pull/7/merge");
  const std::string folder = job.path() + "/.github/actions/git-verdict";
  EXPECT_EQ(RunLine(job, action, With(PullRequest(refused), "GITHUB_ACTION_PATH", folder)).status,
            1);
  ExpectSaid("::error file=" + e2e::kLog + ",title=VERDICT_MISSING::");
  RecordVerdict(clone_.Id());
  const auto allowed = MergeByForge();
  Propose(allowed, "merge");
  const test::GitRepo again = CloneForJob("pull/7/merge");
  EXPECT_EQ(RunLine(again, action, With(PullRequest(allowed), "GITHUB_ACTION_PATH", folder)).status,
            0);
  ExpectSaid("ALLOW refs/heads/main " + allowed.hex12() + " exact\n");
}

TEST_F(CiPages, OfGiteaLeadsToAnActionThatRefuses) {
  Follow("gitea");
  ExpectShown(".gitea/workflows/git-verdict.yml");
  Land();
  ChangeCode();
  Propose(clone_.Id(), "head");
  const test::GitRepo job = CloneForJob("pull/7/head");
  EXPECT_EQ(RunLine(job, "bash .gitea/actions/git-verdict/check", Gitea(clone_.Id())).status, 1);
  ExpectSaid("VERDICT_MISSING");
}

TEST_F(CiPages, OfJenkinsLeadsToAStageThatRefuses) {
  Follow("jenkins");
  const std::string stage = test::ReadFile(SOURCE_DIR "/install/templates/jenkins/Jenkinsfile");
  EXPECT_TRUE(
      std::ranges::any_of(blocks_, [&](const Block& block) { return Text(block) == stage; }));
  const size_t start = stage.find("sh '") + 4;
  const std::string line = stage.substr(start, stage.find('\'', start) - start);
  Land();
  ChangeCode();
  Propose(clone_.Id(), "head");
  EXPECT_EQ(RunLine(CloneForJob("pull/7/head"), line, Jenkins()).status, 1);
  ExpectSaid("VERDICT_MISSING");
}

/// The page of GitLab, and its job in a real runner.
class GitlabPage : public CiPages {
 protected:
  void SetUp() override {
    if (const std::string why = e2e::NoValidators(); !why.empty()) GTEST_SKIP() << why;
    if (e2e::Shell("/", "command -v rsync").status != 0)
      GTEST_SKIP() << "no rsync here: install/dependencies --with-clients";
  }

  /// Runs the pipeline of a merge request in Ada's clone.
  const Ran& RunPipeline() {
    const std::string runner = SOURCE_DIR
        "/build/npm/node_modules/gitlab-ci-local/src/index.js --force-shell-executor "
        "--no-color --variable CI_PIPELINE_SOURCE=merge_request_event "
        "--variable CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main "
        "--variable CI_MERGE_REQUEST_PROJECT_ID=1217";
    RunLine(clone_, "node " + runner, {});
    return ran_;
  }

  std::string Artifact(const std::string& name) const { return clone_.path() + "/" + name; }
};

TEST_F(GitlabPage, LeadsToAJobThatRefuses) {
  Follow("gitlab");
  ExpectShown(".gitlab/git-verdict.yml");
  for (const Block& block : blocks_)
    if (Text(block).starts_with("include:\n")) clone_.Write(".gitlab-ci.yml", Text(block));
  Land();
  clone_.Git({"remote", "set-head", "origin", "main"});
  // What the runner leaves behind is not for the next commit.
  test::WriteFile(clone_.path() + "/.git/info/exclude", "/.gitlab-ci-local\n/*.json\n/*.xml\n");
  const auto validated = ChangeCode();
  EXPECT_EQ(RunPipeline().status, 1) << ran_.out << ran_.err;
  ExpectSaid("BLOCK refs/heads/main " + validated.hex12() + " VERDICT_MISSING");
  const std::string quality = Artifact("gl-code-quality-report.json");
  EXPECT_EQ(nlohmann::json::parse(test::ReadFile(quality))[0]["check_name"], "VERDICT_MISSING");
  EXPECT_EQ(
      e2e::FaultsOf("schema", {SOURCE_DIR "/tests/schemas/gitlab-code-quality.json", quality}), "");
  EXPECT_EQ(e2e::JunitFaults({Artifact("git-verdict.xml")}), "");
  RecordVerdict(validated);
  EXPECT_EQ(RunPipeline().status, 0) << ran_.out << ran_.err;
  ExpectSaid("ALLOW refs/heads/main " + clone_.Id().hex12() + " exact");
  EXPECT_EQ(test::ReadFile(quality), "[]\n");
}

}  // namespace
}  // namespace docs
