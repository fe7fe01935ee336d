#pragma once

#include "tests/e2e/story.h"

namespace e2e {

/// A story whose server judges each push, at the end of a wire that carries nothing of the
/// pusher's environment and gives no shell. Ada's clone has the client hook in as well.
class JudgedServer : public Story {
 protected:
  JudgedServer();

  /// Makes `program hook <hook> <arguments>` the server's hook of that name.
  void InstallOnServer(const std::string& hook, const std::string& arguments = "",
                       const std::string& program = kProgram) const;

  /// Makes any script a hook of the server's.
  void WriteServerHook(const std::string& hook, const std::string& script) const;

  /// A line of shell in Ada's clone that fails and moves no ref of the server, since the
  /// server's hook ran and said `headlines`.
  void ExpectRefused(const std::string& line, const std::string& headlines,
                     const Environment& more = {});

  /// One that fails and moves nothing without the server's hook being asked.
  void ExpectNotAsked(const std::string& line, const Environment& more = {});

  /// One after which `ref` of the server is at Ada's HEAD.
  void ExpectLands(const std::string& line, const std::string& ref = "main",
                   const Environment& more = {});

  /// Puts commits of Ada's on the server without a push, and lets her fetch them.
  void PutOnServer(const std::string& refspec) const;

  std::string RefsOnServer() const { return server_.Git({"for-each-ref"}); }

  /// The address of a folder at the other end of the wire.
  static std::string AddressOf(const std::string& path) { return "ssh://server" + path; }

 private:
  /// The exit code of the server's hook, once; nothing where it did not run.
  std::string TakeExitOfHook() const;

  std::string exit_file_;
};

}  // namespace e2e
