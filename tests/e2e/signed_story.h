#pragma once

#include <unistd.h>

#include <filesystem>

#include "tests/e2e/record_story.h"

namespace e2e {

inline const std::string kSigners = ".verdict/signers";
inline const std::string kSig = kLog + ".sig";

/// A server that asks for signed logs, the key `ci` that it trusts, Ada's own
/// key that it trusts as well, and the key of a stranger.
class SignedStory : public RecordStory {
 protected:
  SignedStory() {
    for (const char* name : {"ci", "ada", "stranger"})
      Keygen({"-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name});
    const std::string hook = server_.path() + "/hooks/pre-receive";
    test::WriteFile(hook, "#!/bin/sh\nexec '" + kProgram + "' hook pre-receive\n");
    std::filesystem::permissions(hook, std::filesystem::perms::owner_all);
    Demand("unsigned: deny");
  }

  void Keygen(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "/usr/bin/ssh-keygen");
    const Ran ran = test::RunProgram(arguments, sandbox_.Path(), {{"HOME", sandbox_.Path()}});
    ASSERT_EQ(ran.status, 0) << ran.err;
  }

  std::string LineOf(const std::string& name, const std::string& options = "") const {
    return name + "@example.invalid " + options + test::ReadFile(sandbox_.Path(name + ".pub"));
  }

  /// Makes this the policy that judges; the topic starts from it.
  void Demand(const std::string& writers, const std::string& signers = "") const {
    PutPolicy("writers: {allowed_signers: " + kSigners + ", " + writers + "}\n",
              signers.empty() ? LineOf("ci") + LineOf("ada") : signers);
  }

  void PutPolicy(const std::string& keys, const std::string& signers) const {
    clone_.Write(".verdict.yml", "version: 1\n" + keys);
    clone_.Write(kSigners, signers);
    clone_.Commit("who may sign");
    server_.Git({"fetch", "-q", "--update-head-ok", clone_.path(), "+topic:main"});
    clone_.Git({"fetch", "-q", "origin"});
  }

  std::string Push(const std::string& refspec = "topic:main") { return Story::Push({refspec}); }

  static std::string Blocked(const std::string& code) { return "BLOCK refs/heads/main " + code; }
  const std::string kExact = "ALLOW refs/heads/main exact";

  /// Runs a line of shell where nothing stands at /usr/bin/ssh-keygen that could run.
  static Ran WithoutSshKeygen(const std::string& directory, const std::string& line) {
    return Shell(directory,
                 "unshare --mount " + std::string(geteuid() == 0 ? "" : "--map-root-user ") +
                     "sh -c 'mount --bind /dev/null /usr/bin/ssh-keygen || exit 77\n" + line + "'");
  }

  bool CanDoWithoutSshKeygen() const {
    return WithoutSshKeygen(sandbox_.Path(), "exit 0").status == 0;
  }
};

}  // namespace e2e
