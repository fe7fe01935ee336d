#include "gates/report/wrap.h"

#include <gtest/gtest.h>

#include <string>

namespace gates {
namespace {

TEST(Wrap, OfNothingIsNothing) {
  EXPECT_EQ(Wrap("", {}), "");
  EXPECT_EQ(Wrap("   ", {.indent = 4}), "");
}

TEST(Wrap, LeavesAShortLineWhole) { EXPECT_EQ(Wrap("one two", {.indent = 2}), "  one two\n"); }

TEST(Wrap, FillsALineToItsLastColumn) {
  EXPECT_EQ(Wrap("aaa bbb ccc", {.width = 7}), "aaa bbb\nccc\n");
  EXPECT_EQ(Wrap("aaa bbb ccc", {.width = 6}), "aaa\nbbb\nccc\n");
}

TEST(Wrap, HangsEveryLineButTheFirst) {
  EXPECT_EQ(Wrap("aaa bbb", {.indent = 2, .hang = 1, .width = 6}), "  aaa\n   bbb\n");
}

TEST(Wrap, NeverBreaksAWord) {
  EXPECT_EQ(Wrap("see docs/work-items/ORCH-061/x.md now", {.width = 10}),
            "see\ndocs/work-items/ORCH-061/x.md\nnow\n");
}

TEST(Wrap, NeverBreaksBetweenBackticks) {
  EXPECT_EQ(Wrap("try `git fetch --unshallow`, then go on", {.width = 12}),
            "try\n`git fetch --unshallow`,\nthen go on\n");
}

TEST(Wrap, TakesABacktickWithoutAPartnerForAnOrdinaryCharacter) {
  EXPECT_EQ(Wrap("a ` b c", {.width = 3}), "a `\nb c\n");
}

TEST(Wrap, CountsCharactersNotBytes) {
  EXPECT_EQ(Wrap("\u00e9\u00e9 \u00e9\u00e9", {.width = 5}), "\u00e9\u00e9 \u00e9\u00e9\n");
}

}  // namespace
}  // namespace gates
