#include "tests/docs/page.h"

#include <gtest/gtest.h>

namespace docs {
namespace {

TEST(Page, HasTheBlocksOfItsLanguages) {
  const Page page = ReadPage(
      "# Title\n\n```sh\none\ntwo\n```\n\nProse.\n\n```console\n$ three\nanswer\n```\n"
      "```yaml\nkey: value\n```\n");
  EXPECT_EQ(page.faults, Lines{});
  EXPECT_EQ(page.run, 2);
  EXPECT_EQ(page.shown, 1);
  ASSERT_EQ(page.steps.size(), 2u);
  EXPECT_EQ(page.steps[0].text, "one\ntwo\n");
  EXPECT_TRUE(page.steps[0].is_script);
  EXPECT_EQ(page.steps[1].text, "three\n");
  EXPECT_EQ(page.steps[1].answer, Lines{"answer"});
}

TEST(Page, HasCommandsOfManyLinesAndTheirAnswers) {
  const Page page =
      ReadPage("```console\n$ cat <<END\n> text\n> END\ntext\n\n> more\n$ true\n$ echo\n```\n");
  EXPECT_EQ(page.faults, Lines{});
  ASSERT_EQ(page.steps.size(), 3u);
  EXPECT_EQ(page.steps[0].text, "cat <<END\ntext\nEND\n");
  EXPECT_EQ(page.steps[0].answer, (Lines{"text", "", "> more"}));
  EXPECT_EQ(page.steps[0].line, 2);
  EXPECT_EQ(page.steps[1].answer, Lines{});
  EXPECT_EQ(page.steps[2].line, 9);
}

Lines FaultsOf(const std::string& markdown) { return ReadPage(markdown).faults; }

TEST(Page, LeavesNoBlockOutInSilence) {
  EXPECT_EQ(FaultsOf("```\nls\n```\n"),
            Lines{"line 1: a block of '' is neither run nor known as output"});
  EXPECT_EQ(FaultsOf("\n```bash\nls\n```\n"),
            Lines{"line 2: a block of 'bash' is neither run nor known as output"});
  EXPECT_EQ(FaultsOf("~~~ruby\nputs\n~~~\n"),
            Lines{"line 1: a block of 'ruby' is neither run nor known as output"});
  EXPECT_EQ(FaultsOf("```sh\nls\n"), Lines{"line 1: this block is never closed"});
  EXPECT_EQ(FaultsOf("```sh\n\n```\n"), Lines{"line 1: this block is empty"});
  EXPECT_EQ(FaultsOf("```console\nls\n```\n"),
            Lines{"line 1: a console block starts with a command behind `$ `"});
  EXPECT_EQ(FaultsOf("```text\n$ ls\n```\n"), Lines{"line 1: commands stand in a console block"});
  EXPECT_EQ(FaultsOf("Type:\n\n    ls\n"), Lines{"line 3: code stands in a fenced block"});
}

TEST(Page, LeavesABlockOutWhenItSaysWhy) {
  const Page page = ReadPage("<!-- not run: takes an hour -->\n```sh\nmake\n```\n");
  EXPECT_EQ(page.faults, Lines{});
  EXPECT_EQ(page.excused, 1);
  EXPECT_EQ(page.run, 0);
  EXPECT_TRUE(page.steps.empty());
  EXPECT_EQ(ReadPage("<!-- not run: x -->\n\n```sh\nmake\n```\n").run, 1);
  EXPECT_EQ(ReadPage("<!-- not run: -->\n```sh\nmake\n```\n").run, 1);
}

TEST(Page, FindsBlocksInListsAndQuotesAndBlocksInBlocks) {
  const std::vector<Block> blocks = BlocksOf(
      "- item\n  ```sh\n  if x; then\n    y\n  fi\n  ```\n> ```text\n> quoted\n> ```\n"
      "````markdown\n```sh\nls\n```\n````\n");
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].lines, (Lines{"if x; then", "  y", "fi"}));
  EXPECT_EQ(blocks[1].language, "text");
  EXPECT_EQ(blocks[1].lines, Lines{"quoted"});
  EXPECT_EQ(blocks[2].lines, (Lines{"```sh", "ls", "```"}));
  for (const Block& block : blocks) EXPECT_TRUE(block.is_closed) << block.line;
}

TEST(Answer, IsComparedWithoutIdsAndBlanksAtTheEnd) {
  const std::string id(40, 'a');
  EXPECT_TRUE(IsAnswer({"BLOCK main 0123456789ab X"}, "BLOCK main ba9876543210 X    \n"));
  EXPECT_TRUE(IsAnswer({id + " refs/heads/main"}, std::string(40, 'b') + " refs/heads/main\n"));
  EXPECT_FALSE(IsAnswer({"ALLOW main 0123456789ab X"}, "BLOCK main 0123456789ab X\n"));
  EXPECT_FALSE(IsAnswer({"ALLOW main 0123456789ab exact"}, "ALLOW main - exact\n"));
  EXPECT_FALSE(IsAnswer({"12"}, "13\n"));
  EXPECT_FALSE(IsAnswer({"one"}, " one\n"));
}

TEST(Answer, IsWholeUnlessThePageLeavesLinesOut) {
  EXPECT_TRUE(IsAnswer({}, ""));
  EXPECT_FALSE(IsAnswer({}, "one\n"));
  EXPECT_FALSE(IsAnswer({"one"}, ""));
  EXPECT_FALSE(IsAnswer({"one"}, "one\ntwo\n"));
  EXPECT_FALSE(IsAnswer({"two"}, "one\ntwo\n"));
  EXPECT_TRUE(IsAnswer({"one", "..."}, "one\ntwo\nthree\n"));
  EXPECT_TRUE(IsAnswer({"one", "..."}, "one\n"));
  EXPECT_TRUE(IsAnswer({"...", "three"}, "one\ntwo\nthree\n"));
  EXPECT_FALSE(IsAnswer({"one", "...", "two"}, "one\ntwo\nthree\n"));
  EXPECT_FALSE(IsAnswer({"two", "..."}, "one\ntwo\n"));
}

TEST(Answer, ShowsAFailureInTheWordsOfGitAndOfTheGate) {
  EXPECT_TRUE(ShowsFailure({"ALLOW refs/heads/a 0123456789ab exact", "BLOCK refs/heads/b"}));
  EXPECT_TRUE(ShowsFailure({"- exit code: 1", "  BLOCK refs/heads/b"}));
  EXPECT_TRUE(ShowsFailure({"remote: CANNOT-EVALUATE refs/heads/main 0123456789ab X"}));
  EXPECT_TRUE(ShowsFailure({"VERDICT: FAILED (1 of 2 checks did not pass)"}));
  EXPECT_FALSE(ShowsFailure({"VERDICT: SUCCESS (2 checks passed)"}));
  EXPECT_TRUE(ShowsFailure({" ! [rejected]        main -> main (fetch first)"}));
  EXPECT_TRUE(ShowsFailure({"CONFLICT (content): Merge conflict in app.txt"}));
  EXPECT_TRUE(ShowsFailure({"error: failed to push some refs"}));
  EXPECT_TRUE(ShowsFailure({"fatal: not a git repository"}));
  EXPECT_FALSE(ShowsFailure({"remote: ALLOW refs/heads/main 0123456789ab exact"}));
  EXPECT_FALSE(ShowsFailure({"no error: none"}));
  EXPECT_FALSE(ShowsFailure({}));
}

}  // namespace
}  // namespace docs
