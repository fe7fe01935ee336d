#include "tests/e2e/judged_server.h"

#include <sys/stat.h>

#include <filesystem>

namespace e2e {

namespace fs = std::filesystem;

JudgedServer::JudgedServer() : exit_file_(sandbox_.Path("exit-of-hook")) {
  InstallOnServer("pre-receive");
  InstallHook();
  const std::string wire = sandbox_.Path("wire");
  test::WriteFile(wire,
                  "#!/bin/sh\n# HOST COMMAND, as ssh gets them\n"
                  "exec env -i PATH=/usr/bin:/bin HOME='" +
                      sandbox_.Path("home-of-server") +
                      "' GIT_CONFIG_NOSYSTEM=1 git shell -c \"$2\"\n");
  fs::permissions(wire, fs::perms::owner_all);
  fs::create_directories(sandbox_.Path("home-of-server"));
  clone_.Git({"config", "core.sshCommand", wire});
  clone_.Git({"config", "ssh.variant", "simple"});
  clone_.Git({"config", "remote.origin.url", AddressOf(server_.path())});
}

void JudgedServer::InstallOnServer(const std::string& hook, const std::string& arguments,
                                   const std::string& program) const {
  WriteServerHook(hook, "gate='" + program +
                            "'\nstatus=2\nif [ -s \"$gate\" ]; then \"$gate\" hook " + hook + " " +
                            arguments + "; status=$?; fi\necho $status >'" + exit_file_ +
                            "'\nexit $status\n");
}

void JudgedServer::WriteServerHook(const std::string& hook, const std::string& script) const {
  const std::string file = server_.path() + "/hooks/" + hook;
  test::WriteFile(file, "#!/bin/sh\n" + script);
  fs::permissions(file, fs::perms::owner_all);
}

std::string JudgedServer::TakeExitOfHook() const {
  if (!fs::exists(exit_file_)) return "";
  const std::string status = test::ReadFile(exit_file_);
  fs::remove(exit_file_);
  return status;
}

void JudgedServer::ExpectRefused(const std::string& line, const std::string& headlines,
                                 const Environment& more) {
  SCOPED_TRACE(line);
  TakeExitOfHook();
  const std::string before = RefsOnServer();
  const Ran ran = Shell(clone_.path(), line, more);
  said_ = ran.out + ran.err;
  EXPECT_NE(ran.status, 0) << said_;
  EXPECT_EQ(RefsOnServer(), before) << said_;
  EXPECT_EQ(Headlines(said_), headlines) << said_;
  const bool could_judge = headlines.find("CANNOT-EVALUATE") == std::string::npos;
  EXPECT_EQ(TakeExitOfHook(), could_judge ? "1\n" : "2\n") << said_;
}

void JudgedServer::ExpectNotAsked(const std::string& line, const Environment& more) {
  SCOPED_TRACE(line);
  TakeExitOfHook();
  const std::string before = RefsOnServer();
  const Ran ran = Shell(clone_.path(), line, more);
  said_ = ran.out + ran.err;
  EXPECT_NE(ran.status, 0) << said_;
  EXPECT_EQ(RefsOnServer(), before) << said_;
  EXPECT_EQ(TakeExitOfHook(), "") << said_;
}

void JudgedServer::ExpectLands(const std::string& line, const std::string& ref,
                               const Environment& more) {
  SCOPED_TRACE(line);
  const Ran ran = Shell(clone_.path(), line, more);
  said_ = ran.out + ran.err;
  EXPECT_EQ(ran.status, 0) << said_;
  EXPECT_EQ(OnServer(ref), clone_.Id()) << said_;
}

void JudgedServer::PutOnServer(const std::string& refspec) const {
  server_.Git({"fetch", "-q", "--update-head-ok", clone_.path(), "+" + refspec});
  clone_.Git({"fetch", "-q", "origin"});
}

}  // namespace e2e
