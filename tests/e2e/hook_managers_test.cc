// Real hook managers, set up from the blocks of their pages.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/managers.h"
#include "tests/e2e/story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

const std::string kMissing = "BLOCK refs/heads/main VERDICT_MISSING";
const std::string kStale = "BLOCK refs/heads/main STALE_CODE";
const std::string kPrek = "prek";
const std::string kExact = "ALLOW refs/heads/main exact";

/// A story whose clone has a config of a hook manager in.
class HookManager : public Story {
 protected:
  HookManager() { UseManagers(); }

  /// Runs a block of a page in the clone, `from` replaced by `to`.
  void Follow(std::string block, const std::string& from = "", const std::string& to = "") const {
    if (const size_t at = from.empty() ? block.npos : block.find(from); at != block.npos)
      block.replace(at, from.size(), to);
    const Ran ran = Shell(clone_.path(), "set -e\n" + block, Ada());
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  }

  static Environment Ada() {
    return {{"GIT_AUTHOR_NAME", "Ada"},
            {"GIT_AUTHOR_EMAIL", "ada@example.invalid"},
            {"GIT_COMMITTER_NAME", "Ada"},
            {"GIT_COMMITTER_EMAIL", "ada@example.invalid"}};
  }

  /// What a push says, on both streams; it has to end so.
  std::string PushEnds(int status, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"push", "origin"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Ran push = clone_.TryGit(words);
    said_ = push.out + push.err;
    EXPECT_EQ(push.status, status) << said_;
    return said_;
  }

  void ExpectSaid(const std::string& words) const {
    EXPECT_NE(said_.find(words), std::string::npos) << said_;
  }
};

// --- pre-commit and prek, which read one config ---------------------------------------------

class PreCommitFamily : public HookManager, public testing::WithParamInterface<std::string> {
 protected:
  void Install() {
    Follow(BlockOf("pre-commit.md", "repo: local"), "\npre-commit install",
           "\n" + GetParam() + " install");
    LandUnjudged("topic:main");
  }

  // A log on the index of the commit, and not in the work tree; then a message.
  void ExpectCommitsAreRead() const {
    clone_.Write(kLog, "---\nstaging_status: success\n---\n");
    clone_.Git({"add", "."});
    clone_.Write(kLog, "---\nstaging_status: SUCCESS\n---\n");
    ExpectNoCommit({"commit", "-m", "a log\n\nRefs: WI-1"}, "VERDICT_TOKEN");
    ExpectNoCommit({"commit", "-a", "-m", "a log"}, "WORK_ITEM_NONE");
    clone_.Git({"commit", "-a", "-m", "a log\n\nRefs: WI-1"});
    clone_.Git({"reset", "-q", "--hard", "HEAD~"});
  }

  void ExpectNoCommit(const std::vector<std::string>& how, const std::string& code) const {
    const Ran ran = clone_.TryGit(how);
    EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
    EXPECT_NE((ran.out + ran.err).find(code), std::string::npos) << ran.out << ran.err;
  }
};

TEST_P(PreCommitFamily, LetsThroughWhatTheGateAllowsAndNothingElse) {
  NEEDS(GetParam());
  clone_.CommitFile(".verdict.yml", "work_items: {require_trailer: true}\n");
  Install();
  ExpectCommitsAreRead();
  for (const std::string hook : {"pre-commit", "pre-merge-commit", "commit-msg"})
    fs::remove(clone_.path() + "/.git/hooks/" + hook);
  ChangeCode();
  PushEnds(1, {"topic:main"});
  ExpectSaid("VERDICT_MISSING");
  RecordVerdict(clone_.Id());
  PushEnds(0, {"topic:main"});
  EXPECT_EQ(OnServer("main"), clone_.Id());
  const std::string flag = GetParam() == kPrek ? "--stage=pre-push" : "--hook-stage=push";
  const Ran by_hand = Shell(clone_.path(), GetParam() + (" run --all-files " + flag));
  EXPECT_EQ(by_hand.status, 1) << by_hand.out << by_hand.err;
  EXPECT_NE(by_hand.out.find("names no push"), std::string::npos) << by_hand.out << by_hand.err;
}

TEST_P(PreCommitFamily, CanTakeTheHooksFromTheRepositoryOfGitVerdict) {
  NEEDS(GetParam());
  const GitRepo ours = GitRepo::Init(sandbox_, "git-verdict");
  fs::copy_file(SOURCE_DIR "/.pre-commit-hooks.yaml", ours.path() + "/.pre-commit-hooks.yaml");
  ours.Commit("the hooks");
  ours.Git({"tag", "v0.1.0"});
  std::string config = BlockOf("pre-commit.md", "rev: v0.1.0");
  const std::string address = "https://git.example.org/git-verdict";
  config.replace(config.find(address), address.size(), ours.path());
  clone_.Write(".pre-commit-config.yaml", config);
  clone_.Commit("take hooks from elsewhere");
  Follow(GetParam() + (" install -t pre-push -t pre-commit -t commit-msg"));
  PushEnds(1, {"topic:main"});
  ExpectSaid("WORK_ITEM_NONE");
  clone_.Write(kLog, "no log\n");
  clone_.Git({"add", "."});
  ExpectNoCommit({"commit", "-m", "a log"}, "VERDICT_FRONTMATTER");
}

INSTANTIATE_TEST_SUITE_P(Real, PreCommitFamily, testing::Values("pre-commit", kPrek),
                         [](const auto& tested) {
                           return tested.param == kPrek ? "Prek" : "PreCommit";
                         });

// --- lefthook -------------------------------------------------------------------------------

class Lefthook : public HookManager {
 protected:
  void Install(const std::string& from = "", const std::string& to = "") {
    Follow(BlockOf("lefthook.md", "lefthook install"), from, to);
    LandUnjudged("topic:main");
  }
};

TEST_F(Lefthook, LetsThroughWhatTheGateAllowsAndNothingElse) {
  NEEDS("lefthook");
  Install();
  ChangeCode();
  PushEnds(1, {"topic:main", "topic:free"});
  ExpectSaid("BLOCK refs/heads/main");
  ExpectSaid("ALLOW refs/heads/free");
  RecordVerdict(clone_.Id());
  PushEnds(0, {"topic:main", "topic:free"});
  PushEnds(0, {"topic:main"});
  ExpectSaid("0 refs: nothing was checked");
  clone_.Write(kLog, "no log\n");
  EXPECT_EQ(clone_.TryGit({"commit", "-a", "-m", "a log"}).status, 1);
}

// Jobs that are no scripts lefthook passes over then.
TEST_F(Lefthook, IsAskedWhereTheBranchThatIsCheckedOutChangedNothing) {
  NEEDS("lefthook");
  Install();
  ChangeCode();
  clone_.Git({"switch", "-q", "--detach", "origin/main"});
  PushEnds(1, {"topic:main"});
  ExpectSaid("VERDICT_MISSING");
  PushEnds(1, {":main"});
  ExpectSaid("REF_DELETED");
}

TEST_F(Lefthook, WithoutItsInputLetsNothingThrough) {
  NEEDS("lefthook");
  InstallHook();
  Install("\n      use_stdin: true", "");
  EXPECT_TRUE(fs::exists(clone_.path() + "/.git/hooks/pre-push.old"));
  PrepareLanding();
  const ObjectId before = OnServer("main");
  PushEnds(1, {"topic:main"});
  ExpectSaid("lefthook gave no standard input");
  ExpectSaid("add `use_stdin: true`");
  EXPECT_EQ(OnServer("main"), before);
}

// Of a push of nothing the input is empty as well.
TEST_F(Lefthook, KnowsAPushOfNothingWhereTheJobHasTheWholeInput) {
  NEEDS("lefthook");
  Install();
  const std::string gate = clone_.path() + "/.lefthook/pre-push/";
  fs::copy_file(gate + "git-verdict", gate + "gate");
  const std::string ours = "{script: git-verdict, runner: sh, use_stdin: true}";
  const std::string other = "{script: gate, runner: sh, use_stdin: true}";
  const std::string reader = "{name: reader, run: cat >/dev/null, use_stdin: true}";
  const std::string deaf = "{script: gate, runner: sh}";
  for (const auto& [status, jobs] : std::vector<std::pair<int, std::string>>{
           {0, "jobs: [" + ours + ", {name: a, run: ls}]"},
           {0, "jobs: [" + other + "]"},
           {0, "scripts: {git-verdict: {runner: sh, use_stdin: true}}, commands: {a: {run: ls}}"},
           {1, "jobs: [" + deaf + ", " + reader + "]"},
           // Whichever reads first has it all: then nobody knows what an empty input means.
           {1, "parallel: true, jobs: [" + ours + ", " + reader + "]"}}) {
    clone_.Write("lefthook.yml", "pre-push: {" + jobs + "}\n");
    PushEnds(status, {"topic:main"});
    ExpectSaid(status == 0 ? "0 refs: nothing was checked" : "lefthook gave no standard input");
  }
}

// --- Git LFS --------------------------------------------------------------------------------

class GitLfs : public HookManager {
 protected:
  std::string LargeFilesOnServer() const {
    return Shell(server_.path(), "find lfs/objects -type f 2>/dev/null | wc -l").out;
  }

  void Commit(const std::string& text) const {
    clone_.Git({"lfs", "track", "*.bin"});
    clone_.CommitFile("model.bin", text, "Add the model\n\nRefs: WI-1");
  }
};

TEST_F(GitLfs, UploadsOnlyWhatMayLand) {
  NEEDS("git-lfs");
  const std::string first = "git lfs install --local\ngit verdict install";
  for (const std::string& block : {first, std::string("git lfs install --local --force")}) {
    Follow(BlockOf("git-lfs.md", block));
    Commit("large " + block);
    const std::string before = LargeFilesOnServer();
    EXPECT_EQ(Push({"topic:main"}), block == first ? kMissing : kStale);
    EXPECT_EQ(LargeFilesOnServer(), before);
    RecordVerdict(clone_.Id());
    EXPECT_EQ(Push({"topic:main"}), kExact);
    EXPECT_NE(LargeFilesOnServer(), before);
  }
}

TEST_F(GitLfs, LeavesTheHookOfGitVerdictInPlaceUnlessForced) {
  NEEDS("git-lfs");
  InstallHook();
  EXPECT_NE(clone_.TryGit({"lfs", "install", "--local"}).status, 0);
  Commit("large");
  EXPECT_EQ(Push({"topic:main"}), kMissing);
}

}  // namespace
}  // namespace e2e
