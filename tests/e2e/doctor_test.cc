// What doctor sees by looking: each thing that could leave the gate out is told of by a line.

#include <nlohmann/json.hpp>

#include "tests/e2e/doctor_story.h"

namespace e2e {
namespace {

using Doctor = DoctorStory;

#define EXPECT_LINE(check, ran, line) EXPECT_EQ(LineOf(check, ran), line) << (ran).out << (ran).err

TEST_F(Doctor, FindsNothingWrongAfterInstall) {
  InstallHook();
  const Ran ran = Look();
  EXPECT_EQ(ran.status, 0);
  EXPECT_LINE("pre-push", ran, "good " + hook_ + " calls " + kProgram);
  EXPECT_LINE("policy", ran, "good valid, from built-in");
  EXPECT_LINE("default branch", ran, "good refs/heads/main is protected");
  EXPECT_LINE("history", ran, "good complete");
  EXPECT_NE(LineOf("versions", ran).find("good git-verdict "), std::string::npos) << ran.out;
  EXPECT_TRUE(ran.out.ends_with("\nall is well\n")) << ran.out;
}

TEST_F(Doctor, CannotLookWhereThereIsNoRepository) {
  EXPECT_EQ(LookAt(sandbox_.Path("home")).status, 2);
  EXPECT_EQ(Look({"--server", sandbox_.Path("nowhere")}).status, 2);
  const Ran ran = LookAt(sandbox_.Path("home"), {"--format", "json"});
  EXPECT_EQ(ran.status, 2);
}

TEST_F(Doctor, TellsTheSameToPrograms) {
  const auto json = nlohmann::json::parse(Look({"--format", "json"}).out);
  EXPECT_EQ(json["schema"], "git-verdict/doctor/1");
  EXPECT_EQ(json["healthy"], false);
  EXPECT_EQ(json["checks"][0]["check"], "pre-push");
  EXPECT_EQ(json["checks"][0]["state"], "wrong");
  EXPECT_EQ(json["checks"][0]["found"], "there is no " + hook_);
  EXPECT_EQ(json["checks"][0]["mend"], "`git verdict install`");
  EXPECT_EQ(json["findings"].size(), 0u);
}

TEST_F(Doctor, NamesAHookThatGitPassesOver) {
  InstallHook();
  fs::permissions(hook_, fs::perms::owner_read);
  const Ran ran = Look();
  EXPECT_EQ(ran.status, 1);
  EXPECT_LINE(
      "pre-push", ran,
      "WRONG " + hook_ + " is not executable, and is passed over: `chmod +x " + hook_ + "`");
}

TEST_F(Doctor, NamesAProgramThatIsGoneEmptyOrAnother) {
  const std::string program = sandbox_.Path("program");
  fs::copy_file(kProgram, program);
  ASSERT_EQ(Verdict(clone_.path(), {"install", "--program", program}).status, 0);
  EXPECT_EQ(Look().status, 0);
  const std::string begin = "WRONG " + hook_ + " calls " + program + ", which is ";
  const std::string end = ": `git verdict install`";
  WriteScript(program, "#!/bin/sh\nexit 0\n");
  EXPECT_LINE("pre-push", Look(), begin + "no git-verdict" + end);
  WriteScript(program, "#!/bin/sh\necho git-verdict 0.0.1\n");
  EXPECT_NE(LineOf("pre-push", Look()).find(begin + "git-verdict 0.0.1, and this is git-verdict"),
            std::string::npos);
  fs::permissions(program, fs::perms::owner_read);
  EXPECT_LINE("pre-push", Look(), begin + "not executable" + end);
  fs::permissions(program, fs::perms::owner_all);
  fs::resize_file(program, 0);
  EXPECT_LINE("pre-push", Look(), begin + "an empty file" + end);
  fs::remove(program);
  EXPECT_LINE("pre-push", Look(), begin + "not there" + end);
  EXPECT_EQ(Look().status, 1);
}

TEST_F(Doctor, NamesACoreHooksPathThatHidesOurHook) {
  InstallHook();
  clone_.Git({"config", "core.hooksPath", "/elsewhere"});
  const Ran ran = Look();
  EXPECT_EQ(ran.status, 1);
  EXPECT_LINE("pre-push", ran,
              "WRONG core.hooksPath=/elsewhere (local, file:.git/config) has git look for it "
              "elsewhere than at " +
                  hook_ + ": `git config --unset core.hooksPath`");
}

TEST_F(Doctor, NamesALinkedWorktreeThatARelativeHooksPathDoesNotReach) {
  clone_.Git({"config", "core.hooksPath", "my-hooks"});
  ASSERT_EQ(Verdict(clone_.path(), {"install"}).status, 0);
  EXPECT_EQ(Look().status, 0);
  EXPECT_LINE("hooks path", Look(),
              "note core.hooksPath=my-hooks (local, file:.git/config) is relative: each worktree "
              "has hooks of its own, or none");
  clone_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  const Ran ran = Look();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("the worktree " + sandbox_.Path("linked") + " looks for it at " +
                         sandbox_.Path("linked") + "/my-hooks/pre-push, where none is"),
            std::string::npos)
      << ran.out;
  EXPECT_LINE(
      "pre-push", LookAt(sandbox_.Path("linked")),
      "WRONG there is no " + sandbox_.Path("linked") + "/my-hooks/pre-push: `git verdict install`");
}

TEST_F(Doctor, NamesGitLfsWhereItTookThePlace) {
  if (Shell(clone_.path(), "git lfs version").status != 0) GTEST_SKIP() << "no git-lfs here";
  InstallHook();
  ASSERT_EQ(Shell(clone_.path(), "git lfs install --local --force").status, 0);
  const Ran ran = Look();
  EXPECT_EQ(ran.status, 1);
  EXPECT_LINE("pre-push", ran,
              "WRONG " + hook_ +
                  " is Git LFS's, put there by `git lfs install --force`: "
                  "`git verdict install`");
  InstallHook();
  EXPECT_EQ(Look().status, 0);
  EXPECT_NE(test::ReadFile(hook_ + ".before-git-verdict").find("git lfs pre-push"),
            std::string::npos);
}

TEST_F(Doctor, NamesAHookThatSomebodyChanged) {
  InstallHook();
  test::WriteFile(hook_, "#!/bin/sh\nexit 0\n" + test::ReadFile(hook_));
  EXPECT_LINE("pre-push", Look(),
              "WRONG " + hook_ +
                  " was changed since git-verdict wrote it: move it away, then `git "
                  "verdict install`");
}

TEST_F(Doctor, NamesAPolicyThatCannotBeRead) {
  InstallHook();
  clone_.CommitFile(".verdict.yml", "version: 1\nprotectd: [main]\n");
  LandUnjudged("topic:main");
  const Ran ran = Look();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(LineOf("policy", ran).find("WRONG .verdict.yml:2:1: "), std::string::npos) << ran.out;
  EXPECT_NE(LineOf("default branch", ran).find("WRONG refs/heads/main cannot be judged"),
            std::string::npos)
      << ran.out;
}

TEST_F(Doctor, NamesADefaultBranchThatNobodyGuards) {
  InstallHook();
  clone_.CommitFile(".verdict.yml", "version: 1\nprotected: ['release/*']\n");
  LandUnjudged("topic:main");
  EXPECT_LINE("default branch", Look(),
              "WRONG the policy does not protect refs/heads/main: put HEAD under `protected` in "
              ".verdict.yml");
  clone_.Git({"remote", "set-head", "origin", "--delete"});
  EXPECT_LINE("default branch", Look(),
              "WRONG refs/remotes/origin/HEAD is not there, so nobody knows which branch it is: "
              "`git remote set-head origin --auto`");
  EXPECT_EQ(Look().status, 1);
}

TEST_F(Doctor, TellsABareCloneWhatToTypeToKnowTheDefaultBranch) {
  const GitRepo bare = GitRepo::Clone(sandbox_, server_.url(), "bare.git", {"--bare"});
  bare.Git({"worktree", "add", "-q", "-b", "topic", sandbox_.Path("linked"), "main"});
  const GitRepo linked(sandbox_.Path("linked"));
  const Ran installed = Verdict(linked.path(), {"install"});
  EXPECT_NE(installed.out.find("what the default branch is: `git config "), std::string::npos)
      << installed.out << installed.err;
  EXPECT_LINE("default branch", LookAt(linked.path()),
              "WRONG refs/remotes/origin/HEAD is not there, so nobody knows which branch it is: "
              "`git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'`, `git fetch "
              "origin` and `git remote set-head origin --auto`");
  linked.Git({"config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"});
  linked.Git({"fetch", "-q", "origin"});
  linked.Git({"remote", "set-head", "origin", "--auto"});
  EXPECT_LINE("default branch", LookAt(linked.path()), "good refs/heads/main is protected");
}

TEST_F(Doctor, NamesAShallowClone) {
  GitRepo(sandbox_.Path()).Git({"clone", "-q", "--depth=1", server_.url(), "shallow"});
  const std::string shallow = sandbox_.Path("shallow");
  ASSERT_EQ(Verdict(shallow, {"install"}).status, 0);
  EXPECT_LINE("history", LookAt(shallow),
              "WRONG this repository is shallow: nothing can be judged in it: `git fetch "
              "--unshallow`");
}

TEST_F(Doctor, EscapesWhatStrangersChose) {
  const std::string path = "/x\033[2J::error::\n";
  clone_.Git({"config", "core.hooksPath", path});
  const Ran ran = Look();
  EXPECT_EQ(ran.out.find('\033'), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find(" ::error"), std::string::npos) << ran.out;
}

// --- servers ---

TEST_F(Doctor, FindsNothingWrongWithAServerThatIsSetUp) {
  InstallOnServer();
  EXPECT_EQ(Look({"--format", "sarif"}).status, 2);
  for (const Ran& ran : {LookAt(sandbox_.Path("home"), {"--server", server_.path()}),
                         LookAt(sandbox_.Path("home"), {"--server", OnServersDisk("hooks")}),
                         LookAt(server_.path())}) {
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_LINE("fsckObjects", ran, "good receive.fsckObjects is true");
  }
}

TEST_F(Doctor, NamesAServerThatTakesBrokenObjectsIn) {
  InstallOnServer();
  server_.Git({"config", "--unset", "receive.fsckObjects"});
  const Ran ran = LookAtServer();
  EXPECT_EQ(ran.status, 1);
  EXPECT_LINE("fsckObjects", ran,
              "WRONG receive.fsckObjects is not true: git takes broken objects in: `git -C " +
                  server_.path() + " config receive.fsckObjects true`");
  server_.Git({"config", "transfer.fsckObjects", "true"});
  EXPECT_EQ(LookAtServer().status, 0);
  server_.Git({"config", "receive.fsckObjects", "false"});
  EXPECT_EQ(LookAtServer().status, 1);
}

TEST_F(Doctor, NamesAHeadOfTheServerThatLeadsNowhere) {
  InstallOnServer();
  server_.Git({"symbolic-ref", "HEAD", "refs/heads/trunk"});
  const Ran ran = LookAtServer();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(LineOf("default branch", ran)
                .find("WRONG HEAD leads to refs/heads/trunk, which is not there: "),
            std::string::npos)
      << ran.out;
}

TEST_F(Doctor, NamesAServersHooksPath) {
  InstallOnServer();
  server_.Git({"config", "core.hooksPath", "/elsewhere"});
  EXPECT_NE(LineOf("pre-receive", LookAtServer()).find("WRONG core.hooksPath=/elsewhere ("),
            std::string::npos)
      << LookAtServer().out;
}

TEST_F(Doctor, NamesTheHookOfAForgeThatDoesNotRunItsFolder) {
  WriteScript(OnServersDisk("hooks/pre-receive"), "#!/bin/sh\n# runs pre-receive.d\n");
  fs::create_directory(OnServersDisk("hooks/pre-receive.d"));
  InstallOnServer();
  EXPECT_EQ(LookAtServer().status, 0);
  fs::permissions(OnServersDisk("hooks/pre-receive"), fs::perms::owner_read);
  const Ran ran = LookAtServer();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(LineOf("pre-receive", ran).find("is not executable"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace e2e
