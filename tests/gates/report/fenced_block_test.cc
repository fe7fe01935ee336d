#include "gates/report/fenced_block.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

constexpr size_t kPlenty = 4096;

TEST(FencedBlock, QuotesLinesAsTheyStand) {
  EXPECT_EQ(FencedBlock("one\n  two\n\nthree\n", kPlenty), "```text\none\n  two\n\nthree\n```\n");
}

TEST(FencedBlock, OfBlankTextIsEmpty) {
  for (const char* text : {"", "\n", " \t\r\n \n"}) EXPECT_EQ(FencedBlock(text, kPlenty), "");
}

TEST(FencedBlock, IsNotEndedByABlockInIt) {
  EXPECT_EQ(FencedBlock("```\n# free\n```", kPlenty), "````text\n```\n# free\n```\n````\n");
  EXPECT_EQ(FencedBlock("a ````` b", kPlenty), "``````text\na ````` b\n``````\n");
}

TEST(FencedBlock, HasNoLineThatLooksLikeAFenceOfFrontmatter) {
  EXPECT_EQ(FencedBlock("---\n ...\n--", kPlenty), "```text\n\\x2d--\n \\x2e..\n--\n```\n");
}

TEST(FencedBlock, EscapesEachLine) {
  EXPECT_EQ(FencedBlock("\x1b[31mred\r\n::error::x\n\xff\\", kPlenty),
            "```text\n\\x1b[31mred\n\\x3a:error::x\n\\xff\\\\\n```\n");
}

TEST(FencedBlock, ShowsTabsAsBlanks) {
  EXPECT_EQ(FencedBlock("\tat x\n", kPlenty), "```text\n    at x\n```\n");
}

TEST(FencedBlock, IsCutAtItsLimitAndSaysSo) {
  EXPECT_EQ(FencedBlock("12345\n67890\nmore", 10),
            "```text\n12345\n6...\n(cut at 10 bytes)\n```\n");
  EXPECT_EQ(FencedBlock("12345678\nmore\nand more", 9),
            "```text\n12345678\n(cut at 9 bytes)\n```\n");
  const std::string endless(1'000'000, 'x');
  EXPECT_LT(FencedBlock(endless, kPlenty).size(), kPlenty + 100);
  EXPECT_LT(FencedBlock(std::string(1'000'000, '\n') + "x", kPlenty).size(), kPlenty + 100);
}

}  // namespace
}  // namespace gates
