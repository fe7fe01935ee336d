// What `cmake --install` put below a prefix.

#include <filesystem>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class Installed : public Story {
 protected:
  Ran Run(const std::string& line) const {
    return Shell(clone_.path(), "PATH=" INSTALLED "/bin:$PATH; " + line);
  }
};

TEST_F(Installed, IsWhatGitRunsAsItsOwnCommand) {
  EXPECT_EQ(Run("git verdict show").status, 0);
  EXPECT_EQ(Run("git verdict check --base origin/main --head HEAD").status, 0);
}

TEST_F(Installed, FindsItsSecondProgram) {
  clone_.Write("suite.yml",
               "version: 1\ngroups:\n  - name: all\n    checks:\n"
               "      - {id: A1, name: runs, run: ['true']}\n");
  const Ran ran =
      Run("git verdict stage --suite suite.yml --base-url http://127.0.0.1:1 --mode stub");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST_F(Installed, MayBeReadByEverybodyAndWrittenByNobodyElse) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(INSTALLED)) {
    const auto mode = entry.status().permissions() & fs::perms::all;
    const bool runs =
        entry.is_directory() || (entry.path().filename().string().starts_with("git-verdict") &&
                                 entry.path().string().find("/share/") == std::string::npos);
    EXPECT_EQ(mode, fs::perms(runs ? 0755 : 0644)) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 10);
}

TEST_F(Installed, BringsTheLicence) {
  const std::string licence = test::ReadFile(INSTALLED "/share/doc/git-verdict/copyright");
  EXPECT_NE(licence.find("Permission is hereby granted, free of charge"), licence.npos);
}

}  // namespace
}  // namespace e2e
