// Putting the hook in and taking it out again, whatever stands there already.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "tests/e2e/install_story.h"

namespace e2e {
namespace {

TEST_F(Install, PutsAShortScriptWhereGitLooks) {
  const Ran ran = Run("install");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, hook_ + " judges every push from now on\n");
  EXPECT_EQ(ModeOf(hook_), 0755U);
  const std::string shim = test::ReadFile(hook_);
  EXPECT_TRUE(shim.starts_with("#!/bin/sh\n# git-verdict shim ")) << shim;
  EXPECT_EQ(std::count(shim.begin(), shim.end(), '\n'), 3);
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(Install, TwiceIsOnce) {
  WriteForeignHook();
  Run("install");
  const std::string shim = test::ReadFile(hook_), kept = test::ReadFile(kept_);
  const Ran again = Run("install");
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(again.out, hook_ + " is in place already\n");
  EXPECT_EQ(test::ReadFile(hook_), shim);
  EXPECT_EQ(test::ReadFile(kept_), kept);
}

TEST_F(Install, WorksFromASubdirectoryAndWithoutAHooksFolder) {
  fs::remove_all(clone_.path() + "/.git/hooks");
  EXPECT_EQ(Verdict(clone_.path() + "/docs", {"install"}).status, 0);
  EXPECT_TRUE(fs::exists(hook_));
}

TEST_F(Install, ReplacesAShimOfAnEarlierVersion) {
  test::WriteFile(hook_,
                  "#!/bin/sh\n"
                  "# git-verdict shim 1: judges each push; `git verdict uninstall` takes it out "
                  "again.\n"
                  "p='/old/it'\\''s place/git-verdict'; [ -x \"$p\" ] || { echo \"git-verdict is "
                  "gone from $p, so nothing is let through: install it again, or remove $0\" >&2; "
                  "exit 2; }; "
                  "exec \"$p\" hook pre-push --kept \"$0.before-git-verdict\" -- \"$@\"\n");
  EXPECT_EQ(Run("install").status, 0);
  EXPECT_FALSE(fs::exists(kept_));
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(Install, LosesNoChangeThatSomebodyMadeToTheShim) {
  Run("install");
  const std::string changed = test::ReadFile(hook_) + "echo my own line\n";
  test::WriteFile(hook_, changed);
  for (const char* command : {"install", "uninstall"}) {
    const Ran ran = Run(command);
    EXPECT_EQ(ran.status, 1) << command;
    EXPECT_NE(ran.err.find("ours with changes of somebody's, which would be lost: move it away"),
              std::string::npos)
        << ran.err;
    EXPECT_EQ(test::ReadFile(hook_), changed);
  }
}

TEST_F(Install, MakesAHookThatLostItsModeRunAgain) {
  Run("install");
  ASSERT_EQ(::chmod(hook_.c_str(), 0644), 0);
  EXPECT_EQ(Run("install").status, 0);
  EXPECT_EQ(ModeOf(hook_), 0755U);
}

TEST_F(Install, RunsTheHookThatWasThereWithTheSameArgumentsAndInput) {
  WriteForeignHook();
  EXPECT_EQ(Run("install").status, 0);
  PrepareLanding();
  const std::string before = OnServer("main").hex();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
  EXPECT_EQ(test::ReadFile(sandbox_.Path("arguments")), "origin\n" + server_.path() + "\n");
  EXPECT_EQ(test::ReadFile(sandbox_.Path("input")),
            "refs/heads/topic " + clone_.Id().hex() + " refs/heads/main " + before + "\n");
}

TEST_F(Install, AsksTheHookThatWasThereOnlyAboutWhatMayLand) {
  WriteForeignHook();
  Run("install");
  ChangeCode();
  Push({"topic:main"});
  EXPECT_FALSE(fs::exists(sandbox_.Path("input")));
}

TEST_F(Install, TheHookThatWasThereMayStillRefuse) {
  WriteForeignHook(0755, "7");
  Run("install");
  PrepareLanding();
  EXPECT_NE(clone_.TryGit({"push", "origin", "topic:main"}).status, 0);
  EXPECT_NE(OnServer("main"), clone_.Id());
}

TEST_F(Install, AHookThatWasKilledRefuses) {
  test::WriteFile(hook_, "#!/bin/sh\nkill -9 $$\n");
  ASSERT_EQ(::chmod(hook_.c_str(), 0755), 0);
  Run("install");
  PrepareLanding();
  EXPECT_NE(clone_.TryGit({"push", "origin", "topic:main"}).status, 0);
}

TEST_F(Install, AHookThatCannotBeStartedRefuses) {
  test::WriteFile(hook_, "#!/nonexistent/shell\n");
  ASSERT_EQ(::chmod(hook_.c_str(), 0755), 0);
  Run("install");
  PrepareLanding();
  const Ran push = clone_.TryGit({"push", "origin", "topic:main"});
  EXPECT_NE(push.status, 0);
  EXPECT_NE(push.err.find("cannot run the kept hook"), std::string::npos) << push.err;
}

TEST_F(Install, AHookThatReadsNothingOfALongListDoesNotHang) {
  test::WriteFile(hook_, "#!/bin/sh\nexit 0\n");
  ASSERT_EQ(::chmod(hook_.c_str(), 0755), 0);
  Run("install");
  const std::string id = clone_.Id().hex();
  std::string lines;
  for (int i = 0; i < 5000; ++i)
    lines += "HEAD " + id + " refs/heads/b" + std::to_string(i) + " " + kZeros + "\n";
  EXPECT_EQ(test::RunProgram({"timeout", "60", hook_, "origin", "url"}, clone_.path(),
                             {{"PATH", "/usr/bin:/bin"}}, lines)
                .status,
            0);
}

TEST_F(Install, KeepsButDoesNotRunAHookThatIsNotExecutable) {
  WriteForeignHook(0644);
  EXPECT_EQ(Run("install").status, 0);
  EXPECT_EQ(ModeOf(kept_), 0644U);
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
  EXPECT_FALSE(fs::exists(sandbox_.Path("input")));
}

TEST_F(Install, KeepsAHookThatIsASymlink) {
  test::WriteFile(sandbox_.Path("team-hook"), "#!/bin/sh\nexit 3\n");
  ASSERT_EQ(::chmod(sandbox_.Path("team-hook").c_str(), 0755), 0);
  fs::remove(hook_);
  fs::create_symlink(sandbox_.Path("team-hook"), hook_);
  EXPECT_EQ(Run("install").status, 0);
  PrepareLanding();
  EXPECT_NE(clone_.TryGit({"push", "origin", "topic:main"}).status, 0);
  EXPECT_EQ(Run("uninstall").status, 0);
  EXPECT_EQ(fs::read_symlink(hook_), sandbox_.Path("team-hook"));
}

TEST_F(Install, RefusesToLoseAHookThatTookItsPlace) {
  WriteForeignHook();
  Run("install");
  WriteForeignHook(0755, "5");
  const std::string newer = test::ReadFile(hook_), kept = test::ReadFile(kept_);
  const Ran ran = Run("install");
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("make one of the two, then install again"), std::string::npos) << ran.err;
  EXPECT_EQ(test::ReadFile(hook_), newer);
  EXPECT_EQ(test::ReadFile(kept_), kept);
}

TEST_F(Install, WorksInLinkedWorktrees) {
  clone_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  const Ran ran = Verdict(sandbox_.Path("linked"), {"install"});
  EXPECT_EQ(ran.out, hook_ + " judges every push from now on\n");
  ChangeCode();
  EXPECT_EQ(PushFrom(GitRepo(sandbox_.Path("linked")), {"origin", "topic:main"}),
            "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(Install, SurvivesBlanksAndQuotesInPaths) {
  const std::string odd = sandbox_.Path("it's a \"place\" $HOME `x` \\ *");
  fs::create_directories(odd + "/bin");
  fs::copy_file(kProgram, odd + "/bin/git-verdict");
  fs::rename(clone_.path(), odd + "/clone");
  const GitRepo clone(odd + "/clone");
  const Ran ran = test::RunProgram({odd + "/bin/git-verdict", "install"}, clone.path(),
                                   {{"PATH", "/usr/bin:/bin"}, {"HOME", sandbox_.Path("home")}});
  EXPECT_EQ(ran.status, 0) << ran.err;
  clone.CommitFile("app.txt", "two\n", "say two\n\nRefs: WI-1");
  EXPECT_EQ(PushFrom(clone, {"origin", "topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  clone.CommitFile(kLog, StagingLog(clone.Id()), "log");
  EXPECT_EQ(PushFrom(clone, {"origin", "topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(Install, AProgramThatIsGoneRefusesEveryPush) {
  fs::copy_file(kProgram, sandbox_.Path("program"));
  const Environment plain{{"PATH", "/usr/bin:/bin"}, {"HOME", sandbox_.Path("home")}};
  ASSERT_EQ(test::RunProgram({sandbox_.Path("program"), "install"}, clone_.path(), plain).status,
            0);
  PrepareLanding();
  fs::remove(sandbox_.Path("program"));
  const Ran push = clone_.TryGit({"push", "origin", "topic:main"});
  EXPECT_NE(push.status, 0);
  EXPECT_NE(push.err.find("git-verdict is gone from " + sandbox_.Path("program")),
            std::string::npos)
      << push.err;
  EXPECT_NE(push.err.find("install it again, or remove "), std::string::npos) << push.err;
  EXPECT_NE(OnServer("main"), clone_.Id());
}

TEST_F(Install, AProgramThatIsAnEmptyFileRefusesEveryPush) {
  fs::copy_file(kProgram, sandbox_.Path("program"));
  const Environment plain{{"PATH", "/usr/bin:/bin"}, {"HOME", sandbox_.Path("home")}};
  ASSERT_EQ(test::RunProgram({sandbox_.Path("program"), "install"}, clone_.path(), plain).status,
            0);
  ChangeCode();
  fs::resize_file(sandbox_.Path("program"), 0);
  const Ran push = clone_.TryGit({"push", "origin", "topic:main"});
  EXPECT_NE(push.status, 0);
  EXPECT_NE(push.err.find("git-verdict is gone from "), std::string::npos) << push.err;
  EXPECT_NE(OnServer("main"), clone_.Id());
}

TEST_F(Install, ANewProgramTakesOverTheHookOfOneThatIsGone) {
  fs::copy_file(kProgram, sandbox_.Path("program"));
  const Environment plain{{"PATH", "/usr/bin:/bin"}, {"HOME", sandbox_.Path("home")}};
  test::RunProgram({sandbox_.Path("program"), "install"}, clone_.path(), plain);
  fs::remove(sandbox_.Path("program"));
  EXPECT_EQ(Run("install").status, 0);
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

TEST_F(Install, NeedsARepository) {
  for (const char* command : {"install", "uninstall"}) {
    const Ran ran = Verdict(sandbox_.Path("home"), {command});
    EXPECT_EQ(ran.status, 2) << command;
    EXPECT_TRUE(ran.err.starts_with("git-verdict: this is no git repository")) << ran.err;
  }
}

TEST_F(Install, SaysSoWhenTheHookCannotBeWritten) {
  fs::remove_all(clone_.path() + "/.git/hooks");
  test::WriteFile(clone_.path() + "/.git/hooks", "a file\n");
  const Ran ran = Run("install");
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(ran.err.starts_with("git-verdict: ")) << ran.err;
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
}

TEST_F(Install, IsNotMisledByVariablesOfGit) {
  const GitRepo other = GitRepo::Init(sandbox_, "other");
  const Ran ran = Verdict(clone_.path(), {"install"}, "", {{"GIT_DIR", other.path() + "/.git"}});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(fs::exists(hook_));
  EXPECT_FALSE(fs::exists(other.path() + "/.git/hooks/pre-push"));
}

}  // namespace
}  // namespace e2e
