// What the owner of a server can do to the hook, and what happens when the hook cannot work.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/hostile.h"
#include "tests/e2e/judged_server.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class BypassServer : public JudgedServer {
 protected:
  BypassServer() : hook_(server_.path() + "/hooks/pre-receive") {
    clone_.Git({"config", "core.hooksPath", "/dev/null"});
  }

  /// Ada's next change, which nobody staged, lands.
  void ExpectUnguarded(const std::string& why) {
    SCOPED_TRACE(why);
    ChangeCode(why);
    ExpectLands("git push origin topic:main");
  }

  /// Not even a good landing gets past a hook that cannot work.
  void ExpectNothingLands(const std::string& why) {
    SCOPED_TRACE(why);
    const std::string before = RefsOnServer();
    const Ran push = clone_.TryGit({"push", "origin", "topic:main"});
    EXPECT_NE(push.status, 0) << push.err;
    EXPECT_NE(push.err.find("pre-receive hook declined"), std::string::npos) << push.err;
    EXPECT_EQ(RefsOnServer(), before);
  }

  const std::string hook_;
  const std::string exec_ = "exec '" + kProgram + "' hook pre-receive";
};

// --- whose server it is -----------------------------------------------------------------------

TEST_F(BypassServer, AHookThatIsSwitchedOffRefusesNothing) {
  fs::permissions(hook_, fs::perms::owner_read | fs::perms::owner_write);
  ExpectUnguarded("not executable");
  fs::permissions(hook_, fs::perms::owner_all);
  server_.Git({"config", "core.hooksPath", "/nonexistent"});
  ExpectUnguarded("another hooks path");
  server_.Git({"config", "--unset", "core.hooksPath"});
  fs::remove(hook_);
  fs::create_symlink("/nonexistent", hook_);
  ExpectUnguarded("a link that leads nowhere");
  fs::remove(hook_);
  fs::rename(server_.path() + "/hooks", server_.path() + "/hooks-of-before");
  fs::create_directory_symlink("/nonexistent", server_.path() + "/hooks");
  ExpectUnguarded("a folder that leads nowhere");
}

TEST_F(BypassServer, AFolderOfHooksThatIsALinkIsAsGoodAsAnyOther) {
  fs::rename(server_.path() + "/hooks", sandbox_.Path("hooks-of-all"));
  fs::create_directory_symlink(sandbox_.Path("hooks-of-all"), server_.path() + "/hooks");
  ChangeCode();
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(BypassServer, ARunnerThatGivesTheNullDeviceLetsNothingThrough) {
  WriteServerHook("pre-receive", exec_ + " </dev/null\n");
  ChangeCode();
  const Ran push = clone_.TryGit({"push", "--no-verify", "origin", "topic:main", "topic:free"});
  EXPECT_NE(push.status, 0);
  EXPECT_EQ(Headlines(push.err), "CANNOT-EVALUATE - INPUT_MALFORMED");
}

TEST_F(BypassServer, ARunnerThatKeepsTheInputToItselfLetsEveryPushThrough) {
  WriteServerHook("pre-receive", ": | " + exec_ + "\n");
  ExpectUnguarded("no input");
  EXPECT_NE(said_.find("0 refs: nothing was checked"), std::string::npos) << said_;
}

TEST_F(BypassServer, AHookThatRunsAfterThePushIsTooLate) {
  fs::rename(hook_, server_.path() + "/hooks/post-receive");
  ExpectUnguarded("too late");
}

TEST_F(BypassServer, TheUpdateHookRefusesEachRefAlone) {
  fs::remove(hook_);
  InstallOnServer("update", "\"$@\"");
  ChangeCode();
  const Ran push = clone_.TryGit({"push", "origin", "topic:main", "topic:free"});
  EXPECT_NE(push.status, 0);
  EXPECT_EQ(Headlines(push.err),
            "BLOCK refs/heads/main VERDICT_MISSING\nALLOW refs/heads/free unprotected");
  EXPECT_EQ(OnServer("free"), clone_.Id());
  EXPECT_NE(OnServer("main"), clone_.Id());
}

TEST_F(BypassServer, WhatIsMovedWithoutAPushIsNotSeen) {
  ChangeCode();
  clone_.Git({"push", "-q", "origin", "topic:scratch"});
  server_.Git({"update-ref", "refs/heads/main", "scratch"});
  EXPECT_EQ(OnServer("main"), clone_.Id());
  ChangeCode("three");
  server_.Git({"fetch", "-q", clone_.path(), "topic:main"});
  EXPECT_EQ(OnServer("main"), clone_.Id());
  RecordVerdict(ChangeCode("four"));
  ExpectLands("git push origin topic:main");
  EXPECT_EQ(Headlines(said_), "ALLOW refs/heads/main exact") << "judged on what is there";
}

TEST_F(BypassServer, WhatWasProtectedBeforeTheHookCameIsTakenAsLanded) {
  ChangeCode();
  PutOnServer("topic:release/1");
  ExpectLands("git push origin topic:refs/heads/release/2", "release/2");
  EXPECT_EQ(Headlines(said_), "ALLOW refs/heads/release/2 cut");
}

// --- a hook that cannot work ------------------------------------------------------------------

TEST_F(BypassServer, AProgramThatIsGoneLetsNothingThrough) {
  PrepareLanding();
  for (const char* gone : {"/nonexistent/git-verdict", "/", "/dev/null"}) {
    WriteServerHook("pre-receive", "exec " + std::string(gone) + " hook pre-receive\n");
    ExpectNothingLands(gone);
  }
  const std::string copy = sandbox_.Path("program");
  for (const size_t size : {size_t{40}, size_t{4000}, size_t{100'000}}) {
    test::WriteFile(copy, test::ReadFile(kProgram).substr(0, size));
    fs::permissions(copy, fs::perms::owner_all);
    WriteServerHook("pre-receive", "exec '" + copy + "' hook pre-receive\n");
    ExpectNothingLands(std::to_string(size) + " bytes of it");
  }
}

// A shell takes a file without a byte for a script that succeeds.
TEST_F(BypassServer, AProgramThatIsEmptyNeedsAHookThatLooks) {
  const std::string empty = sandbox_.Path("program");
  test::WriteFile(empty, "");
  fs::permissions(empty, fs::perms::owner_all);
  PrepareLanding();
  InstallOnServer("pre-receive", "", empty);
  ExpectNothingLands("the hook looks");
  WriteServerHook("pre-receive", "exec '" + empty + "' hook pre-receive\n");
  ExpectUnguarded("the hook does not look");
}

TEST_F(BypassServer, AProgramThatIsKilledLetsNothingThrough) {
  PrepareLanding();
  for (const char* signal : {"KILL", "SEGV", "TERM", "PIPE", "XCPU"}) {
    WriteServerHook("pre-receive", "kill -" + std::string(signal) + " $$\nexit 0\n");
    ExpectNothingLands(signal);
  }
}

TEST_F(BypassServer, StreamsThatAreClosedOrFullLetNothingThrough) {
  PrepareLanding();
  for (const char* streams :
       {"<&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full", ">/dev/full 2>&1", "</", "2</dev/null"}) {
    WriteServerHook("pre-receive", exec_ + " " + streams + "\n");
    ExpectNothingLands(streams);
  }
  InstallOnServer("pre-receive");
  ExpectLands("git push origin topic:main");
}

TEST_F(BypassServer, LinesThatGitDoesNotWriteAreNotSkipped) {
  const std::string old = OnServer("main").hex(), good = old + " " + old + " refs/heads/main\n";
  const auto hook = [&](const std::string& input) {
    return Verdict(server_.path(), {"hook", "pre-receive"}, input, {{"GIT_DIR", server_.path()}});
  };
  ASSERT_EQ(hook(good).status, 0);
  for (const std::string& text : std::vector<std::string>{
           "\n", "garbage\n", good + "garbage\n", "\n" + good, good.substr(0, good.size() - 1),
           good + good, std::string(1, '\0'), good.substr(0, 40) + "\n", " " + good,
           old.substr(0, 12) + " " + old + " refs/heads/main\n", old + " " + old + " main\n",
           old + "\t" + old + "\trefs/heads/main\n", old + " " + old + " refs/heads/main\r\n",
           old + " " + std::string(40, 'A') + " refs/heads/main\n",
           old + " " + std::string(64, '0') + " refs/heads/main\n", old + "  refs/heads/main\n",
           old + " " + old + " refs/heads/main\x1b[2K\n", old + " " + old + " refs/heads/ma?n\n"}) {
    SCOPED_TRACE(text);
    ExpectFault(hook(text), "INPUT_MALFORMED");
  }
}

}  // namespace
}  // namespace e2e
