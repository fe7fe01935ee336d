// Each layer of the gate disabled in turn: `doctor --prove` sees bad verdicts go through, and
// names the layer.

#include <functional>

#include "tests/e2e/doctor_story.h"

namespace e2e {
namespace {

const std::string kHolds =
    "good refused missing, FAILED, malformed and stale verdicts, and let a good one land";
const std::string kOpen = "WRONG let missing, FAILED, malformed and stale verdicts through, since ";

class Prove : public DoctorStory {
 protected:
  /// What --prove says of a door.
  std::string Proven(const std::string& door, const std::vector<std::string>& words = {},
                     const Environment& more = {}) {
    std::vector<std::string> all{"--prove"};
    all.insert(all.end(), words.begin(), words.end());
    const Ran ran = LookAt(directory_.empty() ? clone_.path() : directory_, all, more);
    said_ = ran.out + ran.err;
    const std::string line = LineOf("prove " + door, ran);
    EXPECT_EQ(ran.status, line.starts_with("WRONG ") ? 1 : 0) << said_;
    return line;
  }

  /// Everything of the clone and of the server that a push could change.
  std::string StateOfBoth() const {
    std::string state = clone_.Git({"status", "--porcelain", "--ignored"});
    for (const GitRepo& repository : {server_, clone_}) {
      state += repository.Git({"for-each-ref"}) + repository.Git({"count-objects", "-v"});
      state += test::ReadFile(repository.git_directory() + "/config");
    }
    return state;
  }

  std::string ProvenOnServer(const std::string& door) {
    return Proven(door, {"--server", server_.path()});
  }

  void ExpectOpen(const std::string& line, const std::string& layer) const {
    EXPECT_TRUE(line.starts_with(kOpen)) << said_;
    EXPECT_NE(line.find(layer), std::string::npos) << said_;
  }

  std::string directory_;  // where doctor runs; empty: in the clone
};

TEST_F(Prove, AClientsDoorHoldsAfterInstall) {
  InstallHook();
  EXPECT_EQ(Proven("pre-push"), kHolds) << said_;
}

TEST_F(Prove, TouchesNeitherTheCloneNorTheServer) {
  InstallOnServer();
  clone_.Write("untracked", "a file\n");
  const std::string before = StateOfBoth();
  EXPECT_TRUE(Proven("pre-push").starts_with(kOpen)) << said_;
  EXPECT_EQ(ProvenOnServer("pre-receive"), kHolds) << said_;
  EXPECT_EQ(StateOfBoth(), before);
}

TEST_F(Prove, AHookThatWasTakenOutIsNamed) {
  InstallHook();
  fs::remove(hook_);
  ExpectOpen(Proven("pre-push"), "there is no " + hook_);
}

TEST_F(Prove, AHookThatIsNotExecutableIsNamed) {
  InstallHook();
  fs::permissions(hook_, fs::perms::owner_read);
  ExpectOpen(Proven("pre-push"), hook_ + " is not executable");
}

TEST_F(Prove, ACoreHooksPathIsNamed) {
  InstallHook();
  clone_.Git({"config", "--global", "core.hooksPath", sandbox_.Path("elsewhere")});
  ExpectOpen(Proven("pre-push"), "core.hooksPath=" + sandbox_.Path("elsewhere") + " (global, ");
}

TEST_F(Prove, AStubInPlaceOfTheHookIsNamed) {
  InstallHook();
  WriteScript(hook_, "#!/bin/sh\nexit 0\n");
  ExpectOpen(Proven("pre-push"), hook_ + " is another program's and does not call git-verdict");
  WriteScript(hook_, "#!/bin/sh\n# git-verdict\nexit 0\n");
  ExpectOpen(Proven("pre-push"), hook_ + " was run and did not refuse");
}

TEST_F(Prove, AnEmptyProgramIsNamed) {
  fs::copy_file(kProgram, sandbox_.Path("program"));
  ASSERT_EQ(Verdict(clone_.path(), {"install", "--program", sandbox_.Path("program")}).status, 0);
  fs::resize_file(sandbox_.Path("program"), 0);
  const std::string shim = Proven("pre-push");
  EXPECT_TRUE(shim.starts_with("WRONG refused a good verdict as well (")) << said_;
  EXPECT_NE(shim.find("which is an empty file"), std::string::npos) << said_;
  WriteScript(hook_, "#!/bin/sh\nexec " + sandbox_.Path("program") + " hook pre-push \"$@\"\n");
  test::WriteFile(hook_, test::ReadFile(hook_) + "# git-verdict\n");
  ExpectOpen(Proven("pre-push"), hook_ + " was run and did not refuse");
}

TEST_F(Prove, GitLfsInPlaceOfTheHookIsNamed) {
  if (Shell(clone_.path(), "git lfs version").status != 0) GTEST_SKIP() << "no git-lfs here";
  InstallHook();
  ASSERT_EQ(Shell(clone_.path(), "git lfs install --local --force").status, 0);
  ExpectOpen(Proven("pre-push"), "is Git LFS's");
  InstallHook();
  EXPECT_EQ(Proven("pre-push"), kHolds) << said_;
}

TEST_F(Prove, AHookThatRefusesEverythingIsNoGate) {
  WriteScript(hook_, "#!/bin/sh\necho 'not today (git-verdict)' >&2\nexit 1\n");
  const std::string line = Proven("pre-push");
  EXPECT_TRUE(line.starts_with("WRONG refused a good verdict as well (")) << said_;
}

TEST_F(Prove, AChainedHookThatRefusesEverythingIsSeen) {
  WriteScript(hook_, "#!/bin/sh\nexit 1\n");
  InstallHook();
  EXPECT_TRUE(Proven("pre-push").starts_with("WRONG refused a good verdict as well (")) << said_;
}

TEST_F(Prove, TakesThePolicyAndTheBranchesAsTheyAre) {
  InstallHook();
  clone_.CommitFile(".verdict.yml",
                    "version: 1\nprotected: [HEAD]\nwork_items: {id: 'TEAM-[0-9]{4}'}\n"
                    "gates:\n  staging: {key: stage_word, pass: GOOD, fail: BAD}\n"
                    "  deploy: {required: true}\nvalidated_sha: required\nlanding: exact\n"
                    "exempt: ['*']\n");
  clone_.Git({"push", "-q", "--no-verify", "origin", "topic:trunk"});
  server_.Git({"symbolic-ref", "HEAD", "refs/heads/trunk"});
  clone_.Git({"fetch", "-q", "origin"});
  clone_.Git({"remote", "set-head", "origin", "--auto"});
  EXPECT_EQ(Proven("pre-push"), kHolds) << said_;
}

TEST_F(Prove, SaysSoWhereNoGoodVerdictCanBeMade) {
  InstallHook();
  test::WriteFile(clone_.path() + "/signers", "ada@example.invalid ssh-ed25519 AAAA\n");
  clone_.CommitFile(".verdict.yml", "version: 1\nwriters: {allowed_signers: signers}\n");
  LandUnjudged("topic:main");
  EXPECT_EQ(Proven("pre-push"),
            "note refused missing, FAILED, malformed and stale verdicts; no good one could be made "
            "here (WRITER_UNSIGNED)")
      << said_;
}

TEST_F(Prove, WorksInARepositoryWithoutACommit) {
  const GitRepo fresh = GitRepo::Init(sandbox_, "fresh");
  ASSERT_EQ(Verdict(fresh.path(), {"install"}).status, 0);
  const Ran ran = LookAt(fresh.path(), {"--prove"});
  EXPECT_EQ(LineOf("prove pre-push", ran), kHolds) << ran.out << ran.err;
}

TEST_F(Prove, TheHooksOfACommitAreDoorsAsWell) {
  clone_.CommitFile(".verdict.yml", "version: 1\nwork_items: {require_trailer: true}\n");
  LandUnjudged("topic:main");
  const Ran installed = Verdict(
      clone_.path(), {"install", "--hooks", "pre-push,pre-commit,pre-merge-commit,commit-msg"});
  ASSERT_EQ(installed.status, 0) << installed.err;
  EXPECT_EQ(Proven("pre-commit"), "good refused malformed verdicts, and let a good one be made")
      << said_;
  for (const std::string line :
       {"pre-merge-commit refused malformed verdicts, and let a good one be made",
        "commit-msg  refused a message without a work item, and let a good one be made"})
    EXPECT_NE(said_.find("good  prove " + line), std::string::npos) << said_;
  for (const char* hook : {"pre-commit", "pre-merge-commit", "commit-msg"})
    fs::permissions(clone_.path() + "/.git/hooks/" + hook, fs::perms::owner_read);
  EXPECT_NE(Proven("pre-commit").find("WRONG let malformed verdicts through, since "),
            std::string::npos)
      << said_;
  EXPECT_NE(said_.find("WRONG prove pre-merge-commit let malformed verdicts through, since "),
            std::string::npos)
      << said_;
  EXPECT_NE(said_.find("WRONG prove commit-msg  let a message without a work item through, since "),
            std::string::npos)
      << said_;
  EXPECT_EQ(Verdict(clone_.path(), {"uninstall"}).out.find("nothing"), std::string::npos);
  EXPECT_EQ(Look().status, 1);
}

TEST_F(Prove, WhatElseStopsACommitIsNotTakenForTheGate) {
  clone_.CommitFile(".verdict.yml", "version: 1\nwork_items: {require_trailer: true}\n");
  LandUnjudged("topic:main");
  ASSERT_EQ(Verdict(clone_.path(), {"install", "--hooks", "pre-push,pre-merge-commit"}).status, 0);
  clone_.Git({"config", "--global", "merge.verifySignatures", "true"});
  EXPECT_EQ(Proven("pre-merge-commit"),
            "good refused malformed verdicts, and let a good one be made")
      << said_;
  WriteScript(clone_.path() + "/.git/hooks/commit-msg",
              "#!/bin/sh\n# In place of git-verdict: a title and a body.\n"
              "[ \"$(wc -l <\"$1\")\" -gt 1 ]\n");
  EXPECT_TRUE(
      Proven("commit-msg").starts_with("WRONG let a message without a work item through, since "))
      << said_;
}

TEST_F(Prove, AHookWithAConventionOfItsOwnIsANote) {
  clone_.CommitFile(".verdict.yml", "version: 1\nwork_items: {require_trailer: true}\n");
  LandUnjudged("topic:main");
  const std::string own = clone_.path() + "/.git/hooks/commit-msg";
  WriteScript(own, "#!/bin/sh\ngrep -q PROJ- \"$1\" || { echo 'no PROJ- in it' >&2; exit 1; }\n");
  const Ran installed = Verdict(
      clone_.path(), {"install", "--hooks", "pre-push,pre-commit,pre-merge-commit,commit-msg"});
  ASSERT_EQ(installed.status, 0) << installed.err;
  const std::string untried =
      "; no good one could be made here (another hook refused it: no PROJ- in it)";
  EXPECT_EQ(Proven("pre-commit"), "note refused malformed verdicts" + untried) << said_;
  for (const std::string line : {"pre-merge-commit refused malformed verdicts",
                                 "commit-msg  refused a message without a work item"})
    EXPECT_NE(said_.find("note  prove " + line + untried), std::string::npos) << said_;
  WriteScript(own, "#!/bin/sh\necho 'no PROJ- in it' >&2\nexit 1\n");
  EXPECT_TRUE(Proven("commit-msg").starts_with("WRONG refused a good message as well ("))
      << "our hook is gone\n"
      << said_;
}

// --- hook managers ---

TEST_F(Prove, PreCommitAndPrekAreProvenAndNamedWhereTheyAreSwitchedOff) {
  for (const std::string& manager : {std::string("prek"), std::string("pre-commit")}) {
    NEEDS(manager);
    test::WriteFile(clone_.path() + "/.pre-commit-config.yaml",
                    "repos:\n- repo: local\n  hooks:\n  - id: verdict-pre-push\n    name: gate\n"
                    "    language: system\n    entry: git-verdict hook pre-push\n"
                    "    stages: [push]\n    always_run: true\n    pass_filenames: false\n");
    const Ran installed = Shell(clone_.path(), manager + " install -f -t pre-push");
    ASSERT_EQ(installed.status, 0) << installed.out << installed.err;
    EXPECT_EQ(Proven("pre-push"), kHolds) << said_;
    EXPECT_NE(said_.find(manager + "'s; it does not ask about every push: a convenience"),
              std::string::npos)
        << said_;
  }
  const std::string open = Proven("pre-push", {}, {{"SKIP", "verdict-pre-push"}});
  ExpectOpen(open, "SKIP=verdict-pre-push is set");
}

TEST_F(Prove, HuskyIsProvenAndNamedWhereItIsSwitchedOffOrAbsent) {
  NEEDS("husky");
  ASSERT_EQ(Shell(clone_.path(), "husky").status, 0);
  test::WriteFile(clone_.path() + "/.husky/pre-push", kProgram + " hook pre-push -- \"$@\"\n");
  EXPECT_EQ(Proven("pre-push"), kHolds) << said_;
  ExpectOpen(Proven("pre-push", {}, {{"HUSKY", "0"}}), "HUSKY=0 is set: husky leaves out checks");
  clone_.Git({"add", ".husky"});
  clone_.Git({"commit", "-q", "-m", "husky"});
  clone_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  directory_ = sandbox_.Path("linked");
  ExpectOpen(Proven("pre-push"), "there is no " + directory_ + "/.husky/_/pre-push");
}

TEST_F(Prove, LefthookIsProvenAndNamedWhereItIsSwitchedOffOrHandsNoInput) {
  NEEDS("lefthook");
  const std::string config = clone_.path() + "/lefthook.yml";
  const std::string job = "pre-push:\n  jobs:\n    - run: " + kProgram + " hook pre-push {1} {2}\n";
  test::WriteFile(config, job + "      use_stdin: true\n");
  ASSERT_EQ(Shell(clone_.path(), "lefthook install").status, 0);
  EXPECT_EQ(Proven("pre-push"), kHolds) << said_;
  ExpectOpen(Proven("pre-push", {}, {{"LEFTHOOK", "0"}}), "LEFTHOOK=0 is set");
  test::WriteFile(config, job);
  const std::string line = Proven("pre-push");
  EXPECT_TRUE(line.starts_with("WRONG ")) << said_;
  EXPECT_NE(line.find("which hands our command no input"), std::string::npos) << said_;
}

// --- servers ---

TEST_F(Prove, EachDoorOfAServerIsProvenByItself) {
  InstallOnServer("pre-receive,update");
  EXPECT_EQ(ProvenOnServer("pre-receive"), kHolds) << said_;
  EXPECT_EQ(ProvenOnServer("update"), kHolds) << said_;
  const std::string update = OnServersDisk("hooks/update");
  fs::permissions(update, fs::perms::owner_read);
  ExpectOpen(ProvenOnServer("update"), update + " is not executable");
  EXPECT_NE(said_.find("prove pre-receive refused"), std::string::npos) << said_;
}

TEST_F(Prove, AServersHookThatWasTakenOutIsNamed) {
  InstallOnServer();
  const std::string hook = OnServersDisk("hooks/pre-receive");
  fs::remove(hook);
  ExpectOpen(ProvenOnServer("pre-receive"), "there is no " + hook);
  WriteScript(hook, "#!/bin/sh\nexit 0\n");
  ExpectOpen(ProvenOnServer("pre-receive"), hook + " is another program's");
}

TEST_F(Prove, AServersHooksPathIsNamed) {
  InstallOnServer();
  server_.Git({"config", "core.hooksPath", sandbox_.Path("elsewhere")});
  ExpectOpen(ProvenOnServer("pre-receive"), "core.hooksPath=" + sandbox_.Path("elsewhere"));
}

TEST_F(Prove, TheFolderOfAForgeIsProvenByTheForgesOwnHook) {
  WriteScript(OnServersDisk("hooks/pre-receive"),
              "#!/bin/sh\ndata=$(cat)\nfor hook in hooks/pre-receive.d/*; do\n"
              "  printf '%s\\n' \"$data\" | \"$hook\" || exit 1\ndone\n");
  WriteScript(OnServersDisk("hooks/pre-receive.d/gitea"), "#!/bin/sh\nexit 1\n");
  InstallOnServer();
  EXPECT_EQ(ProvenOnServer("pre-receive"), kHolds) << said_;
  WriteScript(OnServersDisk("hooks/pre-receive"),
              "#!/bin/sh\n# runs nothing of hooks/pre-receive.d\nexit 0\n");
  ExpectOpen(ProvenOnServer("pre-receive"), "was run and did not refuse");
}

TEST_F(Prove, GitLabsFolderIsProvenAsGitLabRunsIt) {
  fs::create_directory(OnServersDisk("custom_hooks"));
  InstallOnServer();
  EXPECT_EQ(ProvenOnServer("pre-receive"), kHolds) << said_;
  const std::string hook = OnServersDisk("custom_hooks/pre-receive.d/git-verdict");
  fs::permissions(hook, fs::perms::owner_read);
  ExpectOpen(ProvenOnServer("pre-receive"), hook + " is not executable");
}

}  // namespace
}  // namespace e2e
