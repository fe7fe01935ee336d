// The hooks that git asks before it makes a commit: what is staged is read as the gate reads it.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

const std::string kGood = "---\nstaging_status: SUCCESS\n---\n";
const std::string kBad = "---\nstaging_status: success\n---\n";
const std::string kRefused = "staging VERDICT_TOKEN WI-1";
const std::string kWellFormed = "1 staged verdict log is well-formed\n";

class CommitHooks : public Story {
 protected:
  CommitHooks() {
    for (const std::string hook : {"pre-commit", "pre-merge-commit"}) InstallCommitHook(hook);
  }

  void InstallCommitHook(const std::string& hook, const std::string& options = "") const {
    WriteHook(hook, "exec '" + kProgram + "' hook " + hook + " " + options + "\n");
  }

  void WriteHook(const std::string& hook, const std::string& script) const {
    const std::string file = clone_.path() + "/.git/hooks/" + hook;
    test::WriteFile(file, "#!/bin/sh\n" + script);
    ASSERT_EQ(::chmod(file.c_str(), 0755), 0);
  }

  /// `git commit <arguments>` as it should be: refused with `kRefused`, and nothing committed.
  void ExpectRefused(const std::vector<std::string>& arguments, const std::string& input = "") {
    const ObjectId before = clone_.Id();
    const Ran ran = Commit(arguments, input);
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_NE(ran.err.find(kRefused), std::string::npos) << ran.err;
    EXPECT_EQ(clone_.Id(), before);
  }

  /// ... or made, and the hook said no more than this.
  void ExpectMade(const std::vector<std::string>& arguments, const std::string& said) {
    const ObjectId before = clone_.Id();
    const Ran ran = Commit(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.err, said);
    EXPECT_NE(clone_.Id(), before);
  }

  Ran Commit(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.begin(), {"commit", "-q", "-m", "a commit"});
    return clone_.TryGit(arguments, input);
  }

  void Stage(const std::string& path, const std::string& text) const {
    clone_.Write(path, text);
    clone_.Git({"add", path});
  }
};

TEST_F(CommitHooks, AreQuietWhereNoLogIsStaged) {
  Stage("app.txt", "two\n");
  ExpectMade({}, "");
  ExpectMade({"--allow-empty"}, "");
  Stage(kItem + "notes.md", "---\nstaging_status: success\n---\n");
  ExpectMade({}, "");
  clone_.Write(kLog, kBad);
  ExpectMade({"--allow-empty"}, "");
}

TEST_F(CommitHooks, RefuseALogThatTheGateWouldNotTake) {
  Stage(kLog, kBad);
  ExpectRefused({});
  Stage(kLog, kGood);
  ExpectMade({}, kWellFormed);
}

TEST_F(CommitHooks, SayWhatLintSays) {
  for (const std::string& text :
       {kBad, std::string("no log\n"), kGood + kGood, "\xef\xbb\xbf" + kGood}) {
    Stage(kLog, text);
    const std::string linted = Verdict(clone_.path(), {"lint", kLog}).out;
    const Ran ran = Verdict(clone_.path(), {"hook", "pre-commit"});
    EXPECT_EQ(ran.err, ran.status == 0 ? kWellFormed : linted);
  }
}

TEST_F(CommitHooks, ReadWhatIsStagedAndNotTheWorkTree) {
  Stage(kLog, kBad);
  clone_.Write(kLog, kGood);
  ExpectRefused({});
  Stage(kLog, kGood);
  clone_.Write(kLog, kBad);
  ExpectMade({}, kWellFormed);
}

TEST_F(CommitHooks, ReadTheModeThatIsStaged) {
  Stage(kLog, kGood);
  clone_.Git({"update-index", "--chmod=+x", kLog});
  const Ran ran = Commit({});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("staging VERDICT_NOT_A_FILE WI-1"), std::string::npos) << ran.err;
  fs::remove(clone_.path() + "/" + kLog);
  fs::create_symlink("/etc/passwd", clone_.path() + "/" + kLog);
  clone_.Git({"add", kLog});
  EXPECT_EQ(Commit({}).status, 1);
}

// Each of these makes an index of its own.
TEST_F(CommitHooks, ReadTheIndexThatGitCommits) {
  Stage(kLog, kGood);
  ExpectMade({}, kWellFormed);
  clone_.Write(kLog, kBad);
  Stage("app.txt", "two\n");
  ExpectRefused({"--all"});
  ExpectRefused({kLog});
  ExpectRefused({"--include", kLog});
  ExpectRefused({"--patch"}, "y\n");
  ExpectMade({"app.txt"}, "");
}

TEST_F(CommitHooks, KnowThatAFileWhichIsOnlyMeantToBeAddedIsNotCommitted) {
  clone_.Write(kLog, kBad);
  clone_.Git({"add", "--intent-to-add", kLog});
  ExpectMade({"--allow-empty"}, "");
}

TEST_F(CommitHooks, ReadTheIndexOfTheirOwnWorkTree) {
  Stage(kLog, kBad);
  clone_.Git({"worktree", "add", "-q", "../linked", "-b", "linked"});
  const GitRepo linked(sandbox_.Path("linked"));
  EXPECT_EQ(linked.TryGit({"commit", "--allow-empty", "-m", "nothing staged here"}).status, 0);
  linked.Write(kLog, kBad);
  linked.Git({"add", "."});
  EXPECT_EQ(linked.TryGit({"commit", "-m", "a log"}).status, 1);
}

TEST_F(CommitHooks, WorkBeforeTheFirstCommit) {
  const GitRepo fresh = GitRepo::Init(sandbox_, "fresh");
  fs::copy_file(clone_.path() + "/.git/hooks/pre-commit", fresh.path() + "/.git/hooks/pre-commit");
  fresh.Write(kLog, kBad);
  fresh.Git({"add", "."});
  EXPECT_EQ(fresh.TryGit({"commit", "-m", "first"}).status, 1);
  fresh.Write(kLog, kGood);
  fresh.Git({"add", "."});
  EXPECT_EQ(fresh.TryGit({"commit", "-m", "first"}).status, 0);
}

TEST_F(CommitHooks, GoByThePolicyOfTheDefaultBranch) {
  clone_.CommitFile(".verdict.yml", "version: 1\nwork_items: {root: items, id: '[a-z]+'}\n");
  LandUnjudged("topic:main");
  Stage(kLog, kBad);
  ExpectMade({}, "");
  Stage("items/abc/15-staging-log.md", kBad);
  EXPECT_EQ(Commit({}).status, 1);
}

TEST_F(CommitHooks, LetNothingThroughThatTheyCannotRead) {
  clone_.Git({"update-index", "--split-index"});
  const Ran split = Commit({"--allow-empty"});
  EXPECT_EQ(split.status, 1);
  EXPECT_NE(split.err.find("REPOSITORY_UNSUPPORTED"), std::string::npos) << split.err;
  clone_.Git({"update-index", "--no-split-index"});
  clone_.CommitFile(".verdict.yml", "nonsense\n");
  LandUnjudged("topic:main");
  const Ran broken = Verdict(clone_.path(), {"hook", "pre-commit"});
  EXPECT_EQ(broken.status, 2);
  EXPECT_NE(broken.err.find("POLICY_INVALID"), std::string::npos) << broken.err;
}

TEST_F(CommitHooks, TellOfALogInConflict) {
  Stage(kLog, kGood);
  clone_.Git({"commit", "-qm", "ours"});
  clone_.Git({"switch", "-q", "-c", "side", "HEAD~"});
  Stage(kLog, "---\nstaging_status: FAILED\n---\n");
  clone_.Git({"commit", "-qm", "theirs"});
  EXPECT_NE(clone_.TryGit({"merge", "topic"}).status, 0);
  const Ran ran = Verdict(clone_.path(), {"hook", "pre-commit"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("staging MERGE_CONFLICT WI-1"), std::string::npos) << ran.err;
}

TEST_F(CommitHooks, ReadTheLogsThatAMergeBrings) {
  clone_.Git({"switch", "-q", "-c", "side"});
  Stage(kLog, kBad);
  clone_.Git({"commit", "-q", "--no-verify", "-m", "a log"});
  clone_.Git({"switch", "-q", "topic"});
  clone_.CommitFile("app.txt", "two\n");
  const ObjectId before = clone_.Id();
  const Ran ran = clone_.TryGit({"merge", "--no-edit", "side"});
  EXPECT_NE(ran.status, 0);
  EXPECT_NE(ran.err.find(kRefused), std::string::npos) << ran.err;
  EXPECT_EQ(clone_.Id(), before);
  Stage(kLog, kGood);
  EXPECT_EQ(clone_.TryGit({"commit", "--no-edit"}).status, 0);
}

TEST_F(CommitHooks, DoNotBlameAMergeForWhatHasLandedAlready) {
  clone_.Git({"switch", "-q", "-c", "older"});
  Stage(kLog, kBad);
  clone_.Git({"commit", "-q", "--no-verify", "-m", "a log"});
  LandUnjudged("older:main");
  clone_.Git({"switch", "-q", "topic"});
  clone_.CommitFile("app.txt", "two\n");
  EXPECT_EQ(clone_.TryGit({"merge", "--no-edit", "origin/main"}).status, 0);
  Stage(kLog, kBad + "more\n");
  ExpectRefused({});
}

TEST_F(CommitHooks, RunTheHookThatWasThereAfterwards) {
  WriteHook("kept", "echo kept >&2\nexit 7\n");
  InstallCommitHook("pre-commit", "--kept .git/hooks/kept");
  const Ran ran = Commit({"--allow-empty"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "kept\n");
  Stage(kLog, kBad);
  EXPECT_EQ(Commit({}).err.find("kept"), std::string::npos);
}

TEST_F(CommitHooks, WriteAReportForPrograms) {
  Stage(kLog, kBad);
  const Ran ran = Verdict(clone_.path(), {"hook", "pre-commit", "--output", "json=report.json"});
  EXPECT_EQ(ran.status, 1);
  const std::string report = clone_.Read("report.json");
  EXPECT_TRUE(report.starts_with(R"({"schema":"git-verdict/show/1","commit":null,"logs":[{)"));
  EXPECT_NE(report.find("VERDICT_TOKEN"), std::string::npos) << report;
}

}  // namespace
}  // namespace e2e
