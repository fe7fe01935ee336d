// The man page, as it is installed.

#include <filesystem>
#include <regex>

#include "tests/e2e/overview.h"

namespace e2e {
namespace {

const std::string kPage = INSTALLED "/share/man/man1/git-verdict.1.gz";

class Manual : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kPage)) GTEST_SKIP() << "built without scdoc, so without man page";
  }

  static bool IsThere(const std::string& program) {
    return Shell("/", "command -v " + program).status == 0;
  }

  /// The page as a reader sees it, in lines so long that none is broken.
  static std::string Page() {
    return Shell("/", "zcat " + kPage + " | mandoc -T ascii -O width=300 | col -bx").out;
  }

  test::Sandbox sandbox_;
};

TEST_F(Manual, IsCleanForMandoc) {
  if (!IsThere("mandoc")) GTEST_SKIP() << "mandoc is not installed";
  const Ran ran = Shell("/", "zcat " + kPage + " | mandoc -T lint -W warning");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "");
}

TEST_F(Manual, TellsOfEveryCommandAndEveryOptionThatHelpShows) {
  if (!IsThere("mandoc")) GTEST_SKIP() << "mandoc is not installed";
  const std::string page = Page();
  static const std::regex kOption("\n  (-[^ ]*)");
  for (const std::string& command : CommandsOfOverview()) {
    const size_t begin = page.find("\n   git verdict " + command + "\n");
    ASSERT_NE(begin, page.npos) << command;
    const std::string section =
        page.substr(begin, page.find("\n   git verdict ", begin + 1) - begin);
    const std::string help = Shell(sandbox_.Path(), "\"$VERDICT\" " + command + " --help").out;
    size_t options = 0;
    for (std::sregex_iterator match(help.begin(), help.end(), kOption), end; match != end;
         ++match) {
      const std::string option = (*match)[1];
      ++options;
      if (option != "-h,--help") {
        EXPECT_NE(section.find("\n       " + option), section.npos) << command << " " << option;
      }
    }
    EXPECT_GT(options, 0U) << command;
  }
}

TEST_F(Manual, OpensForGitVerdictHelp) {
  if (!IsThere("man")) GTEST_SKIP() << "man is not installed";
  const Ran ran = Shell(sandbox_.Path(), "PATH=" INSTALLED "/bin:$PATH; git verdict --help",
                        {{"MANPATH", INSTALLED "/share/man"}, {"MANPAGER", "cat"}});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("may this change land?"), ran.out.npos) << ran.out;
}

}  // namespace
}  // namespace e2e
