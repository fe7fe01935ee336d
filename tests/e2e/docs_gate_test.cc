// The gate docs, by real git and at every door: what a change has to tell of.

#include <filesystem>

#include "tests/e2e/report.h"
#include "tests/e2e/story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPolicy =
    "version: 1\n"
    "exempt: ['docs/guide.md']\n"
    "docs:\n"
    "  rules:\n"
    "    - {when: ['app.*'], update: [CHANGELOG.md, 'docs/guide.md'], why: users read it}\n"
    "  require: ['docs/work-items/{id}/00-plan.md']\n"
    "  placeholders: {paths: ['docs/**/*.md']}\n";

const std::string kPlan = kItem + "00-plan.md";

/// A story whose main has the policy above, and Ada's client hook.
class DocsGate : public HookStory {
 protected:
  DocsGate() { LandPolicy(kPolicy); }

  void LandPolicy(const std::string& policy) const {
    clone_.CommitFile(".verdict.yml", policy, "a policy");
    LandUnjudged("topic:main");
    clone_.Git({"remote", "set-head", "origin", "--auto"});
  }

  /// Ada's branch, staged as it is, pushed to main.
  std::string StageAndPush() {
    RecordVerdict(clone_.Id());
    return Push({"topic:main"});
  }

  std::string Check(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"check"};
    words.insert(words.end(), more.begin(), more.end());
    return Verdict(clone_.path(), words).out;
  }

  void Plan(const std::string& text = "# Plan\n") const { clone_.Write(kPlan, text); }
  void Tell(const std::string& text = "- say two\n") const { clone_.Write("CHANGELOG.md", text); }

  /// Makes the program the server's hook.
  void JudgeOnServer() const {
    server_.Write("hooks/pre-receive", "#!/bin/sh\nexec '" + kProgram + "' hook pre-receive\n");
    fs::permissions(server_.path() + "/hooks/pre-receive", fs::perms::owner_all);
  }
};

TEST_F(DocsGate, AStagedChangeLandsOnceItIsToldOf) {
  ChangeCode();
  RecordVerdict(clone_.Id());
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main DOCS_NOT_UPDATED");
  EXPECT_NE(said_.find("DOCS_NOT_UPDATED app.txt @"), std::string::npos) << said_;
  EXPECT_NE(said_.find("users read it"), std::string::npos) << said_;
  EXPECT_NE(said_.find("DOCS_MISSING " + kPlan + " @"), std::string::npos) << said_;
  Tell();
  Plan();
  clone_.Commit("tell of it");
  EXPECT_EQ(StageAndPush(), "ALLOW refs/heads/main exact");
}

TEST_F(DocsGate, AServerAsksForTheSame) {
  fs::remove(clone_.path() + "/.git/hooks/pre-push");
  JudgeOnServer();
  Plan("# Plan\n\n| owner | {{OWNER}} |\n");
  Tell();
  ChangeCode();
  EXPECT_EQ(StageAndPush(), "BLOCK refs/heads/main PLACEHOLDER_UNRESOLVED");
  EXPECT_NE(said_.find("PLACEHOLDER_UNRESOLVED " + kPlan + ":3:11 @"), std::string::npos) << said_;
  Plan();
  clone_.Commit("fill it in");
  EXPECT_EQ(StageAndPush(), "ALLOW refs/heads/main exact");
}

TEST_F(DocsGate, AnExemptDocumentMayFollowAfterStaging) {
  Plan();
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated);
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main DOCS_NOT_UPDATED");
  clone_.CommitFile("docs/guide.md", "# Guide\n\nSays two.\n", "tell of it");
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(DocsGate, ADocumentThatChangedByABlankCounts) {
  Plan();
  clone_.Write("docs/guide.md", "# Guide \n");
  ChangeCode();
  EXPECT_EQ(StageAndPush(), "ALLOW refs/heads/main exact");
}

TEST_F(DocsGate, AnExemptDocumentAloneIsStillSearched) {
  clone_.CommitFile("docs/guide.md", "# {{TITLE}}\n", "begin");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main PLACEHOLDER_UNRESOLVED");
  clone_.CommitFile("docs/guide.md", "# The guide\n", "fill it in");
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exempt");
}

// Squashed, merged and rebased onto a main that moved: what the change brings is the same.
TEST_F(DocsGate, TheWayToMainDoesNotMatter) {
  for (const bool told : {false, true}) {
    clone_.Git({"checkout", "-q", "-B", "topic", "origin/main"});
    Plan(told ? "# Plan, told\n" : "# Plan\n");
    if (told) Tell("- say it\n");
    const ObjectId validated = ChangeCode(told ? "three" : "two");
    RecordVerdict(validated);
    clone_.Git({"checkout", "-q", "-B", "moved", "origin/main"});
    clone_.CommitFile("other.txt", told ? "b\n" : "a\n");
    LandUnjudged("moved:main");
    const std::string answer =
        told ? "ALLOW refs/heads/main replay" : "BLOCK refs/heads/main DOCS_NOT_UPDATED";
    for (const std::string& way :
         {std::string("merge -q --no-ff topic"), std::string("merge -q --squash topic"),
          std::string("cherry-pick origin/main..topic")}) {
      clone_.Git({"checkout", "-q", "-B", "try", "origin/main"});
      const Ran ran = Shell(clone_.path(), "git " + way + " && git commit -q --allow-empty -m way",
                            {{"GIT_AUTHOR_NAME", "a"},
                             {"GIT_AUTHOR_EMAIL", "a@b"},
                             {"GIT_COMMITTER_NAME", "a"},
                             {"GIT_COMMITTER_EMAIL", "a@b"}});
      ASSERT_EQ(ran.status, 0) << way << ran.err;
      EXPECT_EQ(Headlines(Check({"--ref", "main", "--head", "try"})), answer) << way;
    }
    EXPECT_EQ(Headlines(Check({"--ref", "main", "--head", "topic"})), answer);
  }
}

TEST_F(DocsGate, EveryDoorGivesTheSameReport) {
  Plan("{{A}}\n");
  ChangeCode();
  RecordVerdict(clone_.Id(), "FAILED");
  clone_.Git({"push", "-q", "--no-verify", "origin", "topic"});
  const std::string before = clone_.Id("origin/main").hex(), after = clone_.Id("topic").hex();
  const std::string file = sandbox_.Path("door.json");
  const auto ask = [&](const GitRepo& repo, std::vector<std::string> words,
                       const std::string& line) {
    fs::remove(file);
    words.insert(words.end(), {"--output", "json=" + file});
    const Ran ran = Verdict(repo.path(), words, line, {{"GIT_DIR", repo.git_directory()}});
    EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
    ExpectReport(test::ReadFile(file));
    return test::ReadFile(file);
  };
  const std::string ref = "refs/heads/main";
  const std::string report = ask(clone_, {"check", "--ref", ref}, "");
  EXPECT_EQ(ask(clone_, {"hook", "pre-push", "origin", "url"},
                "refs/heads/topic " + after + " " + ref + " " + before + "\n"),
            report);
  EXPECT_EQ(ask(server_, {"hook", "pre-receive"}, before + " " + after + " " + ref + "\n"), report);
  EXPECT_EQ(ask(server_, {"hook", "update", ref, before, after}, ""), report);
  const Json findings = ReportOf(report)["updates"][0]["findings"];
  ASSERT_EQ(findings.size(), 3u) << report;
  EXPECT_EQ(findings[0]["code"], "VERDICT_FAILED");
  EXPECT_EQ(findings[1]["code"], "DOCS_NOT_UPDATED");
  EXPECT_EQ(findings[1]["gate"], "docs");
  EXPECT_EQ(findings[2]["code"], "PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(findings[2]["line"], 1);
  EXPECT_EQ(findings[2]["column"], 1);
  EXPECT_EQ(findings[2]["found"], "{{A}}");
}

// The policy on the branch would let it pass; the one that judges is main's.
TEST_F(DocsGate, AChangeDoesNotLoosenIt) {
  clone_.CommitFile(".verdict.yml", "version: 1\n", "ask for less");
  Plan();
  ChangeCode();
  EXPECT_EQ(StageAndPush(), "BLOCK refs/heads/main DOCS_NOT_UPDATED");
}

TEST_F(DocsGate, AChangeMayAskForMoreButNotForNonsense) {
  Plan();
  Tell();
  clone_.CommitFile(".verdict.yml", "docs: {rules: [{when: ['src/*.{c,h}'], update: [a]}]}\n", "x");
  ChangeCode();
  EXPECT_EQ(StageAndPush(), "BLOCK refs/heads/main POLICY_INVALID");
}

TEST_F(DocsGate, BytesOfStrangersAreShownAndNeverObeyed) {
  LandPolicy(
      "docs:\n  rules: [{when: ['**'], update: [never], why: '::error::why'}]\n"
      "  placeholders: {paths: ['docs/**'], pattern: 'TBD.*'}\n");
  clone_.CommitFile("a\n::error::path\x1b[31m\u202e", "x\n", "Odd\n\nRefs: WI-1");
  clone_.CommitFile("docs/`b`.md", "TBD \x1b]0;t\x07 ::error::text \xff\u2028\n");
  RecordVerdict(clone_.Id());
  for (const char* format : {"text", "json", "markdown"}) {
    const std::string out = Check({"--format", format});
    EXPECT_NE(out.find("PLACEHOLDER_UNRESOLVED"), std::string::npos) << out;
    EXPECT_EQ(out.find('\x1b'), std::string::npos) << out;
    EXPECT_EQ(out.find("\n::"), std::string::npos) << out;
    EXPECT_EQ(out.find("\u202e"), std::string::npos) << out;
    EXPECT_EQ(out.find('\xff'), std::string::npos) << out;
  }
}

// What a pattern could take for ever on, a linear engine does not.
TEST_F(DocsGate, AWearisomeTextIsSearchedToItsEnd) {
  LandPolicy("docs: {placeholders: {paths: ['docs/**'], pattern: '(a+)+b|(x+x+)+y'}}\n");
  ChangeCode();
  clone_.CommitFile("docs/a", std::string(4'000'000, 'a') + std::string(4'000'000, 'x'));
  EXPECT_EQ(StageAndPush(), "ALLOW refs/heads/main exact");
  clone_.CommitFile("docs/b", std::string(4'000'000, 'a') + "b");
  EXPECT_EQ(StageAndPush(), "BLOCK refs/heads/main PLACEHOLDER_UNRESOLVED");
}

TEST_F(DocsGate, IsShownWithThePolicy) {
  const Ran ran = Verdict(clone_.path(), {"policy", "show"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("docs:\n  rules:\n    - {when: ['app.*'], update: ['CHANGELOG.md', "
                         "'docs/guide.md'], why: 'users read it'}\n"),
            std::string::npos)
      << ran.out;
}

}  // namespace
}  // namespace e2e
