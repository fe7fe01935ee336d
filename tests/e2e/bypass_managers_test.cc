// Ways round the client hook that a hook manager opens: each of them still meets the server's.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/judged_server.h"
#include "tests/e2e/managers.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

const std::string kMissing = "BLOCK refs/heads/main VERDICT_MISSING";

class BypassManagers : public JudgedServer {
 protected:
  BypassManagers() {
    UseManagers();
    Verdict(clone_.path(), {"uninstall"});
  }

  /// Sets a manager up from a block of its page, and Ada changes what nobody staged.
  void Install(const std::string& page, const std::string& words) {
    const std::string who =
        "export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.invalid "
        "GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.invalid\n";
    const Ran ran = Shell(clone_.path(), "set -e\n" + who + BlockOf(page, words));
    ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
    PutOnServer("topic:main");
    ChangeCode();
    ExpectNotAsked(push_);
    EXPECT_NE(said_.find(kMissing.substr(0, 21)), std::string::npos) << said_;
  }

  const std::string push_ = "git push origin topic:main";
};

TEST_F(BypassManagers, PreCommitDoesNotAskAboutEachRef) {
  NEEDS("pre-commit");
  Install("pre-commit.md", "repo: local");
  ExpectRefused(push_, kMissing, {{"SKIP", "verdict-pre-push"}});
  PutOnServer("refs/remotes/origin/main:refs/heads/a-free-one");
  const std::string two = "git push origin topic:a-free-one topic:main";
  ExpectRefused(two, "ALLOW refs/heads/a-free-one unprotected\n" + kMissing);
  PutOnServer("topic:scratch");
  const std::string known = "git push origin topic:release/1";
  ExpectRefused(known, "BLOCK refs/heads/release/1 VERDICT_MISSING");
  const std::string deleted = "git push origin :main";
  ExpectRefused(deleted, "BLOCK refs/heads/main REF_DELETED");
  const std::string before = OnServer("main").hex();
  const std::string more =
      server_.Git({"commit-tree", "-m", "not fetched", "-p", "main", "main^{tree}"});
  server_.Git({"update-ref", "refs/heads/main", more});
  const std::string back = "git push --force origin origin/main:main";
  ExpectRefused(back, "BLOCK refs/heads/main REF_REWRITTEN");
  // Beside it the hook of git-verdict is asked about all of them.
  InstallHook();
  ExpectNotAsked(back);
  server_.Git({"update-ref", "refs/heads/main", before});
  for (const std::string& push : {two, known, deleted}) ExpectNotAsked(push);
  EXPECT_EQ(Headlines(said_), "BLOCK refs/heads/main REF_DELETED");
}

TEST_F(BypassManagers, LefthookIsSwitchedOffOrGoneOrPassesOverAJob) {
  NEEDS("lefthook");
  Install("lefthook.md", "lefthook install");
  ExpectRefused(push_, kMissing, {{"LEFTHOOK", "0"}});
  // Of a job that is no script it asks what the branch that is checked out has changed.
  clone_.Git({"switch", "-q", "--detach", "origin/main"});
  clone_.Write("lefthook.yml",
               "pre-push: {jobs: [{run: 'git verdict hook pre-push {1} {2}', use_stdin: true}]}\n");
  ExpectRefused(push_, kMissing);
  const std::string hook = clone_.path() + "/.git/hooks/pre-push";
  const std::string gone = "sed -i 's#/[^ ]*/bin/lefthook#/nonexistent/lefthook#g' '" + hook + "'";
  ASSERT_EQ(Shell(clone_.path(), gone).status, 0);
  ExpectRefused(push_, kMissing, {{"PATH", "/usr/bin:/bin"}});
}

TEST_F(BypassManagers, HuskyIsSwitchedOffOrHasNoScriptInThisWorkTree) {
  NEEDS("husky");
  MakeNodePackage(clone_.path());
  Install("husky.md", ".husky/pre-push");
  ExpectRefused(push_, kMissing, {{"HUSKY", "0"}});
  clone_.Git({"worktree", "add", "-q", "../linked"});
  ExpectRefused("git -C ../linked push origin topic:main", kMissing);
  clone_.Git({"switch", "-q", "-c", "bare"});
  clone_.Git({"rm", "-q", ".husky/pre-push"});
  clone_.Git({"commit", "-q", "--no-verify", "-m", "no script"});
  ExpectRefused(push_, kMissing);
}

TEST_F(BypassManagers, AForcedGitLfsTakesTheHookOut) {
  NEEDS("git-lfs");
  ChangeCode();
  InstallHook();
  ExpectNotAsked(push_);
  clone_.Git({"lfs", "install", "--local", "--force"});
  ExpectRefused(push_, kMissing);
}

}  // namespace
}  // namespace e2e
