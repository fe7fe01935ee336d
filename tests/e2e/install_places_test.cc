// Where hooks go: core.hooksPath, servers and their folders of hooks, git's own config.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/install_story.h"

namespace e2e {
namespace {

using InstallPlaces = Install;

TEST_F(InstallPlaces, UsesTheHooksPathOfTheRepository) {
  clone_.Git({"config", "core.hooksPath", sandbox_.Path("my hooks")});
  EXPECT_EQ(Run("install").status, 0);
  EXPECT_FALSE(fs::exists(hook_));
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(Run("uninstall").status, 0);
  EXPECT_FALSE(fs::exists(sandbox_.Path("my hooks")));
}

TEST_F(InstallPlaces, UsesARelativeHooksPathAsGitDoes) {
  clone_.Git({"config", "core.hooksPath", ".githooks"});
  EXPECT_EQ(Verdict(clone_.path() + "/docs", {"install"}).status, 0);
  EXPECT_TRUE(fs::exists(clone_.path() + "/.githooks/pre-push"));
}

TEST_F(InstallPlaces, ShowsAHooksPathOfTheWholeMachineAndChangesNothing) {
  clone_.Git({"config", "--global", "core.hooksPath", sandbox_.Path("hooks of all")});
  const Ran ran = Run("install");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "git-verdict: core.hooksPath is set for more than this repository (global), so "
            "nothing was changed\n"
            "  global  file:" +
                sandbox_.Path("home") +
                "/.gitconfig  core.hooksPath=" + sandbox_.Path("hooks of all") +
                "\n"
                "do one of these:\n"
                "  1. give this repository hooks of its own: `git config --local "
                "core.hooksPath \"$(git rev-parse --path-format=absolute "
                "--git-common-dir)/hooks\"`, then install again\n"
                "  2. let that folder judge all repositories: put the line `" +
                kProgram +
                " hook pre-push -- \"$@\"` into its pre-push\n"
                "  3. with git 2.54 or newer: `git verdict install --as config`, which no "
                "core.hooksPath hides\n");
  EXPECT_FALSE(fs::exists(sandbox_.Path("hooks of all")));
  EXPECT_FALSE(fs::exists(hook_));
}

TEST_F(InstallPlaces, TheFirstWayOutItNamesWorks) {
  clone_.Git({"config", "--global", "core.hooksPath", sandbox_.Path("hooks of all")});
  const std::string refused = Run("install").err;
  const size_t begin = refused.find('`') + 1;
  const std::string remedy = refused.substr(begin, refused.find('`', begin) - begin);
  ASSERT_EQ(Shell(clone_.path(), remedy).status, 0) << remedy;
  EXPECT_EQ(Run("install").status, 0);
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  clone_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  EXPECT_EQ(PushFrom(GitRepo(sandbox_.Path("linked")), {"origin", "topic:main"}),
            "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(InstallPlaces, LeavesAFolderThatHuskyMakesAnewToHusky) {
  clone_.Git({"config", "core.hooksPath", ".husky/_"});
  const Ran ran = Run("install");
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("  local  file:.git/config  core.hooksPath=.husky/_\n"), std::string::npos)
      << ran.err;
  EXPECT_NE(ran.err.find("  1. let husky run it: put the line `" + kProgram +
                         " hook pre-push -- \"$@\"` into .husky/pre-push, and commit that\n"),
            std::string::npos)
      << ran.err;
  EXPECT_FALSE(fs::exists(clone_.path() + "/.husky"));
}

/// A server's folders, and the program told to stand at hooks in them.
class InstallServer : public Install {
 protected:
  Ran OnServerRun(const std::vector<std::string>& words) const {
    return Verdict(sandbox_.Path("home"), words);
  }
  Ran InstallAt(const std::string& folder) const {
    return OnServerRun({"install", "--server", folder});
  }
  std::string ServersHook(const std::string& path) const { return server_.path() + "/" + path; }

  /// A push that the server's hook refuses, and one that it lets land.
  void ExpectJudges() {
    const ObjectId validated = ChangeCode();
    EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
    RecordVerdict(validated);
    EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
  }

  void WriteScript(const std::string& path, const std::string& text) const {
    test::WriteFile(path, text);
    fs::permissions(path, fs::perms::owner_all);
  }
};

TEST_F(InstallServer, OfABareRepositoryIsItsPreReceiveHook) {
  const Ran ran = InstallAt(server_.path());
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, ServersHook("hooks/pre-receive") +
                         " judges every push from now on\n"
                         "next: `git -C " +
                         server_.path() +
                         " config receive.fsckObjects true` has git refuse broken objects\n"
                         "next: `git verdict doctor --server " +
                         server_.path() + " --prove` sees it refuse\n");
  EXPECT_EQ(ModeOf(ServersHook("hooks/pre-receive")), 0755U);
  ExpectJudges();
}

TEST_F(InstallServer, IsMeantInABareRepository) {
  const std::string hook = ServersHook("hooks/pre-receive");
  EXPECT_TRUE(Verdict(server_.path(), {"install"}).out.starts_with(hook + " judges"));
  EXPECT_EQ(Verdict(server_.path(), {"install", "--server", ".", "--hooks", "pre-push"}).status, 2);
  EXPECT_EQ(Verdict(server_.path(), {"uninstall"}).out, hook + " is taken out\n");
}

TEST_F(InstallServer, OfAUserWithAHooksPathOfTheWholeMachineHasOneWayOut) {
  server_.Git({"config", "--global", "core.hooksPath", sandbox_.Path("hooks of all")});
  const Ran ran = InstallAt(server_.path());
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err.find("  2. "), std::string::npos) << ran.err;
  const size_t begin = ran.err.find('`') + 1;
  const std::string remedy = ran.err.substr(begin, ran.err.find('`', begin) - begin);
  ASSERT_EQ(Shell(sandbox_.Path("home"), remedy).status, 0) << remedy;
  EXPECT_EQ(InstallAt(server_.path()).status, 0);
  ExpectJudges();
}

TEST_F(InstallServer, RunsThePreReceiveHookThatWasThereWithWhatMayLand) {
  WriteScript(ServersHook("hooks/pre-receive"),
              "#!/bin/sh\ncat >" + sandbox_.Path("input") + "\necho kept >&2\nexit 0\n");
  EXPECT_EQ(InstallAt(server_.path()).status, 0);
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_FALSE(fs::exists(sandbox_.Path("input")));
  const std::string before = OnServer("main").hex();
  RecordVerdict(clone_.Id());
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
  EXPECT_EQ(test::ReadFile(sandbox_.Path("input")),
            before + " " + clone_.Id().hex() + " refs/heads/main\n");
  EXPECT_NE(said_.find("remote: kept"), std::string::npos) << said_;
}

TEST_F(InstallServer, LetsTheHookThatWasThereRefuse) {
  WriteScript(ServersHook("hooks/pre-receive"), "#!/bin/sh\nexit 3\n");
  WriteScript(ServersHook("hooks/update"), "#!/bin/sh\n[ \"$1\" = refs/heads/free ]\n");
  ASSERT_EQ(OnServerRun({"install", "--server", server_.path(), "--hooks", "update"}).status, 0);
  PrepareLanding();
  EXPECT_NE(clone_.TryGit({"push", "origin", "topic:free"}).status, 0);
  fs::remove(ServersHook("hooks/pre-receive"));
  EXPECT_EQ(clone_.TryGit({"push", "origin", "topic:free"}).status, 0);
  EXPECT_NE(clone_.TryGit({"push", "origin", "topic:main"}).status, 0);
}

TEST_F(InstallServer, CanBeTheUpdateHook) {
  const Ran ran = OnServerRun({"install", "--server", server_.path(), "--hooks", "update"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_FALSE(fs::exists(ServersHook("hooks/pre-receive")));
  ExpectJudges();
}

TEST_F(InstallServer, AProgramThatIsAnEmptyFileLetsNothingLand) {
  fs::copy_file(kProgram, sandbox_.Path("program"));
  ASSERT_EQ(OnServerRun({"install", "--server", server_.path(), "--hooks", "pre-receive,update",
                         "--program", sandbox_.Path("program")})
                .status,
            0);
  fs::resize_file(sandbox_.Path("program"), 0);
  PrepareLanding();
  const Ran push = clone_.TryGit({"push", "origin", "topic:main"});
  EXPECT_NE(push.status, 0);
  EXPECT_NE(push.err.find("git-verdict gave no answer, so nothing lands"), std::string::npos)
      << push.err;
  fs::remove(ServersHook("hooks/pre-receive"));
  EXPECT_NE(clone_.TryGit({"push", "origin", "topic:main"}).status, 0);
}

TEST_F(InstallServer, IsOneMoreFileWhereAForgeRunsAFolderOfHooks) {
  WriteScript(ServersHook("hooks/pre-receive"),
              "#!/bin/sh\ndata=$(cat)\nfor hook in hooks/pre-receive.d/*; do\n"
              "  printf '%s\\n' \"$data\" | \"$hook\" || exit 1\ndone\n");
  fs::create_directory(ServersHook("hooks/pre-receive.d"));
  const std::string runner = test::ReadFile(ServersHook("hooks/pre-receive"));
  const std::string ours = ServersHook("hooks/pre-receive.d/git-verdict");
  for (const std::string folder : {"", "/hooks", "/hooks/pre-receive.d"}) {
    const Ran ran = InstallAt(server_.path() + folder);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(ran.out.starts_with(ours + " ")) << ran.out;
  }
  EXPECT_EQ(test::ReadFile(ServersHook("hooks/pre-receive")), runner);
  ExpectJudges();
  EXPECT_EQ(OnServerRun({"uninstall", "--server", server_.path()}).status, 0);
  EXPECT_TRUE(fs::is_empty(ServersHook("hooks/pre-receive.d")));
  EXPECT_EQ(test::ReadFile(ServersHook("hooks/pre-receive")), runner);
}

TEST_F(InstallServer, IsOneMoreFileInGitLabsFolder) {
  fs::create_directory(ServersHook("custom_hooks"));
  const std::string ours = ServersHook("custom_hooks/pre-receive.d/git-verdict");
  for (const std::string folder : {"", "/custom_hooks"}) {
    const Ran ran = InstallAt(server_.path() + folder);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(ran.out.starts_with(ours + " ")) << ran.out;
  }
  EXPECT_EQ(OnServerRun({"uninstall", "--server", server_.path()}).status, 0);
  EXPECT_TRUE(fs::is_empty(ServersHook("custom_hooks")));
}

TEST_F(InstallServer, IsAHookOfSingleRepositoriesInGitolite) {
  test::WriteFile(sandbox_.Path("admin/conf/gitolite.conf"), "repo product\n");
  const Ran ran = OnServerRun(
      {"install", "--server", sandbox_.Path("admin"), "--program", "/opt/verdict/git-verdict"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const std::string ours = sandbox_.Path("admin/local/hooks/repo-specific/git-verdict");
  EXPECT_NE(test::ReadFile(ours).find(" /opt/verdict/git-verdict hook pre-receive "),
            std::string::npos);
  EXPECT_NE(ran.out.find("next: name the hook in conf/gitolite.conf"), std::string::npos)
      << ran.out;
  const Ran update =
      OnServerRun({"install", "--server", sandbox_.Path("admin"), "--hooks", "update"});
  EXPECT_EQ(update.status, 1);
  EXPECT_NE(update.err.find("which gitolite has for itself"), std::string::npos) << update.err;
}

TEST_F(InstallServer, LeavesGitolitesUpdateHookAlone) {
  fs::create_symlink("/home/git/.gitolite/hooks/common/update", ServersHook("hooks/update"));
  const Ran ran = OnServerRun({"install", "--server", server_.path(), "--hooks", "update"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("is gitolite's: what it runs is named in"), std::string::npos) << ran.err;
}

TEST_F(InstallServer, TakesOverAHookThatWasWrittenByHandFromAnEarlierPage) {
  for (const std::string text :
       {"#!/bin/sh\nexec /old/git-verdict hook pre-receive\n",
        "#!/bin/sh\ngate=/old/git-verdict\n[ -s \"$gate\" ] && exec \"$gate\" hook pre-receive\n"
        "echo \"git-verdict is gone from this server, so nothing may land\" >&2\nexit 2\n"}) {
    WriteScript(ServersHook("hooks/pre-receive"), text);
    EXPECT_EQ(InstallAt(server_.path()).status, 0);
    EXPECT_FALSE(fs::exists(ServersHook("hooks/pre-receive.before-git-verdict")));
    EXPECT_NE(test::ReadFile(ServersHook("hooks/pre-receive")), text);
  }
}

TEST_F(InstallServer, IsTakenOutAgainWithAllItsHooks) {
  WriteScript(ServersHook("hooks/update"), "#!/bin/sh\nexit 0\n");
  const std::string before = test::ReadFile(ServersHook("hooks/update"));
  OnServerRun({"install", "--server", server_.path(), "--hooks", "pre-receive,update"});
  const Ran ran = OnServerRun({"uninstall", "--server", server_.path()});
  EXPECT_EQ(ran.out, ServersHook("hooks/pre-receive") + " is taken out\n" +
                         ServersHook("hooks/update") + " is again the hook of before\n");
  EXPECT_EQ(test::ReadFile(ServersHook("hooks/update")), before);
  EXPECT_EQ(ModeOf(ServersHook("hooks/update")), 0700U);
}

TEST_F(InstallServer, SaysWhichFoldersItKnows) {
  fs::create_directory(sandbox_.Path("folder"));
  const Ran ran = InstallAt(sandbox_.Path("folder"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("no folder of hooks that is known"), std::string::npos) << ran.err;
  EXPECT_EQ(InstallAt(sandbox_.Path("nowhere")).status, 2);
  EXPECT_EQ(OnServerRun({"install", "--server", server_.path(), "--hooks", "pre-push"}).status, 2);
  EXPECT_EQ(Verdict(clone_.path(), {"install", "--hooks", "pre-receive"}).status, 2);
  EXPECT_EQ(Verdict(clone_.path(), {"install", "--hooks", "post-nonsense"}).status, 2);
}

TEST_F(InstallPlaces, ADryRunTellsWhatWouldBeDoneAndDoesNothing) {
  WriteForeignHook();
  const std::string before = test::ReadFile(hook_);
  const Ran ran =
      Verdict(clone_.path(), {"install", "--policy", "--hooks", "pre-push", "--dry-run"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "would keep " + hook_ + " as " + kept_ + "\nwould write the hook " + hook_ +
                         "\nwould write " + clone_.path() + "/.verdict.yml\n");
  EXPECT_EQ(test::ReadFile(hook_), before);
  EXPECT_FALSE(fs::exists(kept_));
  EXPECT_FALSE(fs::exists(clone_.path() + "/.verdict.yml"));
}

TEST_F(InstallPlaces, APolicyToStartFromIsValidAndNeverOverAnother) {
  const Ran ran = Verdict(clone_.path() + "/docs", {"install", "--policy"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_FALSE(fs::exists(hook_));
  const std::string policy = clone_.Read(".verdict.yml");
  EXPECT_NE(policy.find("\nvalidated_sha: required\n"), std::string::npos);
  EXPECT_EQ(Verdict(clone_.path(), {"policy", "check", ".verdict.yml"}).status, 0);
  EXPECT_EQ(Verdict(clone_.path(), {"install", "--policy"}).out,
            clone_.path() +
                "/.verdict.yml is in place already\n"
                "next: land .verdict.yml on the default branch: it judges from then on\n");
  clone_.Write(".verdict.yml", "version: 1\n");
  const Ran again = Verdict(clone_.path(), {"install", "--policy", "--hooks", "pre-push"});
  EXPECT_EQ(again.status, 1);
  EXPECT_NE(again.err.find("is there already and stays as it is"), std::string::npos) << again.err;
  EXPECT_EQ(clone_.Read(".verdict.yml"), "version: 1\n");
  EXPECT_FALSE(fs::exists(hook_));
}

TEST_F(InstallPlaces, CiFilesGoWhereTheForgeLooksForThem) {
  const Ran ran = Verdict(clone_.path(), {"install", "--ci", "github", "--policy"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("next: name the program in .github/workflows/git-verdict.yml, land it, "
                         "then make the job git-verdict a required check\n"),
            std::string::npos)
      << ran.out;
  for (const char* file :
       {".github/workflows/git-verdict.yml", ".verdict.yml", ".github/actions/git-verdict/check"})
    EXPECT_NE(clone_.Read(file), "") << file;
  EXPECT_FALSE(fs::exists(hook_));
  clone_.Write(".github/workflows/git-verdict.yml", "on: push\n");
  EXPECT_EQ(Verdict(clone_.path(), {"install", "--ci", "github"}).status, 1);
  EXPECT_EQ(clone_.Read(".github/workflows/git-verdict.yml"), "on: push\n");
  for (const char* forge : {"gitea", "gitlab", "jenkins"})
    EXPECT_EQ(Verdict(clone_.path(), {"install", "--ci", forge}).status, 0) << forge;
  const Ran unknown = Verdict(clone_.path(), {"install", "--ci", "teahub"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.err.find("there are github, gitea, gitlab, jenkins"), std::string::npos)
      << unknown.err;
  EXPECT_EQ(Verdict(server_.path(), {"install", "--ci", "github"}).status, 2);
}

TEST_F(InstallPlaces, ConfigHooksAreRefusedByAGitThatWouldNotRunThem) {
  if (clone_.TryGit({"hook", "list", "pre-push"}).status <= 1)
    GTEST_SKIP() << "this git runs hooks from its config";
  const Ran ran = Verdict(clone_.path(), {"install", "--as", "config"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("git runs hooks from its config from 2.54 on"), std::string::npos)
      << ran.err;
  EXPECT_EQ(clone_.TryGit({"config", "--get-regexp", "^hook\\."}).status, 1);
}

TEST_F(InstallPlaces, ConfigHooksJudgeWhateverCoreHooksPathSays) {
  if (clone_.TryGit({"hook", "list", "pre-push"}).status > 1)
    GTEST_SKIP() << "git before 2.54 does not run hooks from its config";
  clone_.Git({"config", "--global", "core.hooksPath", "/nonexistent"});
  const std::string before = clone_.Read(".git/config");
  EXPECT_EQ(Verdict(clone_.path(), {"install", "--as", "config"}).status, 0);
  ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(Verdict(clone_.path(), {"uninstall"}).status, 0);
  EXPECT_EQ(clone_.Read(".git/config"), before);
}

}  // namespace
}  // namespace e2e
