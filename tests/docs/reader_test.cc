#include "tests/docs/reader.h"

#include <gtest/gtest.h>

#include "tests/support/git_fixture.h"

namespace docs {
namespace {

class Reader : public testing::Test {
 protected:
  Lines FaultsOf(const std::string& markdown) const {
    return FollowPage(markdown, place_.Path()).faults;
  }

  test::Sandbox place_;
};

TEST_F(Reader, KeepsOneShellForTheWholePage) {
  EXPECT_EQ(FaultsOf("```sh\nmkdir room\ncd room\ngreet() { echo hello; }\nwho=Ada\n```\n"
                     "```console\n$ greet; echo $who; basename $PWD\nhello\nAda\nroom\n```\n"),
            Lines{});
}

TEST_F(Reader, FindsGitVerdictAndReadsBothOutputs) {
  EXPECT_EQ(FaultsOf("```console\n$ git verdict explain NONSENSE >/dev/null; echo $?\n...\n2\n"
                     "$ echo one; echo two >&2\none\ntwo\n```\n"),
            Lines{});
}

TEST_F(Reader, NoticesAnotherAnswer) {
  EXPECT_EQ(FaultsOf("```console\n$ echo two\none\n$ echo three\nthree\n```\n"),
            Lines{"line 2: this has another answer\necho two\ntwo\n"});
}

TEST_F(Reader, NoticesAnAnswerThatThePageDoesNotShow) {
  EXPECT_EQ(FaultsOf("```console\n$ echo two\n```\n"),
            Lines{"line 2: this has another answer\necho two\ntwo\n"});
}

TEST_F(Reader, NoticesAFailureThatThePageDoesNotShow) {
  EXPECT_EQ(FaultsOf("```console\n$ echo one; false\none\n```\n"),
            Lines{"line 2: this fails, and the page shows no failure\necho one; false\none\n"});
}

TEST_F(Reader, NoticesASuccessWhereThePageShowsAFailure) {
  EXPECT_EQ(
      FaultsOf("```console\n$ echo BLOCK me\nBLOCK me\n```\n"),
      Lines{"line 2: this succeeds, and the page shows a failure\necho BLOCK me\nBLOCK me\n"});
}

TEST_F(Reader, NoticesAFailingLineOfAScriptAndStopsThere) {
  EXPECT_EQ(FaultsOf("```sh\necho one\nfalse\ntrue\n```\n```console\n$ touch later\n```\n"),
            Lines{"line 2: the page ends here\necho one\nfalse\ntrue\none\n"});
  EXPECT_EQ(test::RunProgram({"ls"}, place_.Path(), {}).out, "home\n");
}

TEST_F(Reader, NoticesAScriptThatIsNoShell) {
  const Lines faults = FaultsOf("```sh\nif then\n```\n");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_TRUE(faults[0].starts_with("line 2: the page ends here\n")) << faults[0];
}

TEST_F(Reader, TypesNothingWhereABlockIsInDoubt) {
  EXPECT_EQ(FaultsOf("```sh\ntouch early\n```\n```\nls\n```\n").size(), 1u);
  EXPECT_EQ(test::RunProgram({"ls"}, place_.Path(), {}).out, "home\n");
}

}  // namespace
}  // namespace docs
