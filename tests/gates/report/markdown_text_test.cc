#include "gates/report/markdown_text.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

TEST(CodeSpan, IsFencedLongerThanAnyRunOfBackticksInIt) {
  EXPECT_EQ(CodeSpan("a b"), "`a b`");
  EXPECT_EQ(CodeSpan("a`b"), "``a`b``");
  EXPECT_EQ(CodeSpan("a``b`c"), "```a``b`c```");
}

TEST(CodeSpan, KeepsBackticksAndBlanksAtItsEndsApartFromTheFence) {
  EXPECT_EQ(CodeSpan("`a"), "`` `a ``");
  EXPECT_EQ(CodeSpan("a`"), "`` a` ``");
  EXPECT_EQ(CodeSpan(" a "), "`  a  `");
}

TEST(CodeSpan, OfNothingIsNothing) { EXPECT_EQ(CodeSpan(""), ""); }

std::string Prose(std::string_view raw) { return MarkdownProse(raw, 1000); }

TEST(MarkdownProse, LeavesOrdinaryWordsAlone) {
  for (const std::string text : {"the base moved (after staging), and 2 commits aren't there: a "
                                 "re-run mends it; see \"this\"",
                                 "", " ", "a", "..."})
    EXPECT_EQ(Prose(text), text);
}

TEST(MarkdownProse, KeepsCommandsWhole) {
  EXPECT_EQ(Prose("run `git diff a..b -- *` now"), "run `git diff a..b -- *` now");
}

TEST(MarkdownProse, PutsWhateverIsMoreThanAWordIntoACodeSpan) {
  EXPECT_EQ(
      Prose("ORCH-061 has no a_b verdict, see https://e.example/x. @all #1 !2 <b> *c* /close"),
      "`ORCH-061` has no `a_b` verdict, see `https://e.example/x`. `@all` `#1` `!2` `<b>` "
      "`*c*` `/close`");
  EXPECT_EQ(Prose("www.e.example a@b.example :tada: [x](y) ![x](y) caf\u00e9 - -- +"),
            "`www.e.example` `a@b.example` `:tada`: `[x](y)` `![x](y)` `caf\u00e9` `-` `--` `+`");
}

TEST(MarkdownProse, ABacktickWithoutAPartnerEndsNothing) {
  EXPECT_EQ(Prose("a ` b"), "a `` ` `` b");
  EXPECT_EQ(Prose("it`s"), "``it`s``");
}

TEST(MarkdownProse, NeverPutsTwoCodeSpansSideBySide) {
  EXPECT_EQ(Prose("`a``b`"), "`a` `b`");
  EXPECT_EQ(Prose("`a`@b"), "`a` `@b`");
  EXPECT_EQ(Prose("@b`a`"), "`@b` `a`");
}

TEST(MarkdownProse, IsOneLineWhateverItHolds) {
  EXPECT_EQ(Prose("a\nb\r\n\n# c\x1b"), R"(`a\x0ab\x0d\x0a\x0a#` `c\x1b`)");
}

TEST(MarkdownProse, IsCut) {
  EXPECT_EQ(MarkdownProse("one two three", 10), "one two...");
  EXPECT_LT(MarkdownProse(std::string(1 << 20, '`'), 1000).size(), 5000u);
}

}  // namespace
}  // namespace gates
