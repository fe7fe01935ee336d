// Ways round the hook in the clone: each of them still meets the server's.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/judged_server.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class BypassClient : public JudgedServer {
 protected:
  BypassClient() : hooks_(clone_.path() + "/.git/hooks") { ChangeCode(); }

  /// The way past is open in the clone, and the server refuses all the same.
  void ExpectServerRefuses(const std::string& line, const Environment& more = {}) {
    ExpectRefused(line, "BLOCK refs/heads/main VERDICT_MISSING", more);
    EXPECT_NE(said_.find("remote: BLOCK refs/heads/main"), std::string::npos) << said_;
  }

  static Environment HooksPathInVariables() {
    return {{"GIT_CONFIG_COUNT", "1"},
            {"GIT_CONFIG_KEY_0", "core.hooksPath"},
            {"GIT_CONFIG_VALUE_0", "/dev/null"}};
  }

  const std::string push_ = "git push origin topic:main";
  const std::string hooks_;
};

TEST_F(BypassClient, WithoutOneTheClientRefusesFirst) {
  ExpectNotAsked(push_);
  EXPECT_EQ(Headlines(said_), "BLOCK refs/heads/main VERDICT_MISSING");
}

TEST_F(BypassClient, NoVerifyIsNothingToTheServer) {
  ExpectServerRefuses("git push --no-verify origin topic:main");
  ExpectServerRefuses("git push --no-verify --force --atomic origin topic:main");
}

TEST_F(BypassClient, AHooksPathOfThePusherIsNothingToTheServer) {
  test::WriteFile(sandbox_.Path("config"), "[core]\n\thooksPath = /dev/null\n");
  ExpectServerRefuses("git -c core.hooksPath=/dev/null push origin topic:main");
  ExpectServerRefuses(push_, HooksPathInVariables());
  ExpectServerRefuses(push_, {{"GIT_CONFIG_PARAMETERS", "'core.hookspath'='/dev/null'"}});
  ExpectServerRefuses(push_, {{"GIT_CONFIG_GLOBAL", sandbox_.Path("config")}});
  clone_.Git({"config", "core.hooksPath", "/dev/null"});
  ExpectServerRefuses(push_);
}

TEST_F(BypassClient, AHookThatIsTakenOutOfTheCloneIsNothingToTheServer) {
  fs::permissions(hooks_ + "/pre-push", fs::perms::owner_read);
  ExpectServerRefuses(push_);
  test::WriteFile(hooks_ + "/pre-push", "#!/bin/sh\nexit 0\n");
  ExpectServerRefuses(push_);
  fs::remove(hooks_ + "/pre-push");
  ExpectServerRefuses(push_);
  fs::create_symlink("/nonexistent", hooks_ + "/pre-push");
  ExpectServerRefuses(push_);
  fs::remove_all(hooks_);
  fs::create_directory_symlink(sandbox_.Path("home-of-server"), hooks_);
  ExpectServerRefuses(push_);
}

TEST_F(BypassClient, ASendPackIsAPushLikeAnyOther) {
  ExpectServerRefuses("git send-pack " + AddressOf(server_.path()) + " topic:refs/heads/main");
  ExpectServerRefuses("git send-pack --force --atomic --thin " + AddressOf(server_.path()) +
                      " topic:refs/heads/main");
}

TEST_F(BypassClient, ACloneThatNeverHadTheHookIsNothingToTheServer) {
  const GitRepo other = GitRepo::Clone(sandbox_, clone_.path(), "other", {"-b", "topic"});
  other.Git({"config", "core.sshCommand", sandbox_.Path("wire")});
  other.Git({"config", "ssh.variant", "simple"});
  ExpectServerRefuses("git -C '" + other.path() + "' push " + AddressOf(server_.path()) +
                      " topic:main");
}

/// One line of git's protocol: its length, then the text.
std::string PacketLine(const std::string& text) {
  char length[5];
  std::snprintf(length, sizeof length, "%04zx", text.size() + 4);
  return length + text;
}

// The hook judges the old value that the client names. Git moves a ref from that value only.
TEST_F(BypassClient, AClientThatLiesAboutTheOldValueMovesNothing) {
  clone_.Git({"push", "-q", "--no-verify", "origin", "topic:scratch"});
  const std::string evil = clone_.Id().hex(), empty = clone_.Git({"pack-objects", "--stdout"});
  for (const std::string& lie : {evil, kZeros, std::string(40, 'a')}) {
    const std::string capabilities(std::string(1, '\0') + " report-status side-band-64k");
    test::WriteFile(
        sandbox_.Path("request"),
        PacketLine(lie + " " + evil + " refs/heads/main" + capabilities) + "0000" + empty);
    const std::string before = RefsOnServer();
    const Ran ran = Shell(server_.path(), "git receive-pack --stateless-rpc . <../request");
    EXPECT_EQ(RefsOnServer(), before) << ran.out;
    EXPECT_NE(ran.out.find("ng refs/heads/main"), std::string::npos) << ran.out << ran.err;
  }
}

TEST_F(BypassClient, AKillSwitchIsKnownToNobody) {
  const Environment switches{{"SKIP", "git-verdict"},
                             {"SKIP_GATE", "1"},
                             {"VERDICT_SKIP", "1"},
                             {"GIT_VERDICT_SKIP", "1"},
                             {"HUSKY", "0"},
                             {"LEFTHOOK", "0"},
                             {"VERDICT_DISABLE", "1"},
                             {"CI", "true"},
                             {"GIT_VERDICT", "off"},
                             {"NO_VERIFY", "1"},
                             {"PRE_COMMIT_ALLOW", "1"},
                             {"VERDICT_WATCHDOG_SECONDS", "0"}};
  ExpectNotAsked(push_, switches);
  EXPECT_EQ(Headlines(said_), "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectServerRefuses("git push --no-verify origin topic:main", switches);
}

TEST_F(BypassClient, PushOptionsCarryNoExcuse) {
  server_.Git({"config", "receive.advertisePushOptions", "true"});
  ExpectServerRefuses(
      "git push --no-verify -o skip -o ci.skip -o verdict=ALLOW -o SKIP_GATE=1 "
      "-o merge_request.merge_when_pipeline_succeeds origin topic:main");
}

TEST_F(BypassClient, AnotherReceivePackIsNotToBeHadWithoutAShell) {
  ExpectNotAsked(
      "git push --no-verify --receive-pack='git -c core.hooksPath=/dev/null receive-pack' "
      "origin topic:main");
}

// Such a pusher could move the ref without any push: who may write to the server's files is
// past every hook.
TEST_F(BypassClient, WhoCanRunCommandsOnTheServerGetsPastIt) {
  ExpectLands(
      "git push --no-verify --receive-pack='git -c core.hooksPath=/dev/null receive-pack' " +
      server_.path() + " topic:main");
}

TEST_F(BypassClient, WhoPushesByPathBringsAnEnvironmentAlong) {
  test::WriteFile(sandbox_.Path("config"), "[core]\n\thooksPath = /dev/null\n");
  ExpectLands("git push " + server_.path() + " topic:main", "main",
              {{"GIT_CONFIG_GLOBAL", sandbox_.Path("config")}});
}

}  // namespace
}  // namespace e2e
