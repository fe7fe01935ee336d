#pragma once

#include <filesystem>
#include <string>

#include "tests/e2e/managers.h"
#include "tests/e2e/story.h"

namespace e2e {

namespace fs = std::filesystem;

/// A story about `git verdict doctor`, in a clone and on its server.
class DoctorStory : public Story {
 protected:
  DoctorStory() : hook_(clone_.path() + "/.git/hooks/pre-push") {}

  std::string OnServersDisk(const std::string& path) const { return server_.path() + "/" + path; }

  /// Runs doctor in the clone.
  Ran Look(const std::vector<std::string>& words = {}, const Environment& more = {}) const {
    return LookAt(clone_.path(), words, more);
  }
  Ran LookAt(const std::string& directory, std::vector<std::string> words = {},
             const Environment& more = {}) const {
    words.insert(words.begin(), "doctor");
    return Verdict(directory, words, "", more);
  }

  /// The line about one check, without the words before it; nothing where there is none.
  static std::string LineOf(const std::string& check, const Ran& ran) {
    for (const std::string state : {"WRONG ", "note  ", "good  "}) {
      std::string begin = state + check;
      begin.resize(std::max<size_t>(begin.size(), 6 + 17), ' ');
      const size_t at = ("\n" + ran.out).find("\n" + begin + " ");
      if (at == std::string::npos) continue;
      const size_t text = at + begin.size() + 1;
      return state.substr(0, state.find(' ')) + " " +
             ran.out.substr(text, ran.out.find('\n', text) - text);
    }
    return "";
  }

  static void WriteScript(const std::string& path, const std::string& text) {
    test::WriteFile(path, text);
    fs::permissions(path, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                              fs::perms::others_read | fs::perms::others_exec);
  }

  /// Puts the server's hooks in, with all that doctor asks of a server.
  void InstallOnServer(const std::string& hooks = "pre-receive") const {
    const Ran ran =
        Verdict(sandbox_.Path("home"), {"install", "--server", server_.path(), "--hooks", hooks});
    EXPECT_EQ(ran.status, 0) << ran.err;
    server_.Git({"config", "receive.fsckObjects", "true"});
  }

  Ran LookAtServer(std::vector<std::string> words = {}) const {
    words.insert(words.begin(), {"--server", server_.path()});
    return LookAt(sandbox_.Path("home"), words);
  }

  const std::string hook_;
};

}  // namespace e2e
