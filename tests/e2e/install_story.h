#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "tests/e2e/story.h"

namespace e2e {

namespace fs = std::filesystem;

/// A story about putting hooks in and taking them out again.
class Install : public Story {
 protected:
  Install() : hook_(clone_.path() + "/.git/hooks/pre-push"), kept_(hook_ + ".before-git-verdict") {}

  Ran Run(const std::string& command) const { return Verdict(clone_.path(), {command}); }

  /// A hook of somebody else's that writes down what git gave it.
  void WriteForeignHook(mode_t mode = 0755, const std::string& exit = "0") const {
    test::WriteFile(hook_, "#!/bin/sh\nprintf '%s\\n' \"$@\" >" + sandbox_.Path("arguments") +
                               "\ncat >" + sandbox_.Path("input") + "\nexit " + exit + "\n");
    ASSERT_EQ(::chmod(hook_.c_str(), mode), 0);
  }

  static mode_t ModeOf(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
  }

  const std::string hook_, kept_;
};

}  // namespace e2e
