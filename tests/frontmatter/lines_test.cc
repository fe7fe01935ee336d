#include "frontmatter/lines.h"

#include <gtest/gtest.h>

#include <string>

namespace frontmatter {
namespace {

TEST(Lines, EndAtALineFeed) {
  EXPECT_EQ(LineAt("a\nb\n", 2).bytes, "b");
  EXPECT_EQ(LineAt("a\nb\n", 0).next, 2U);
}

TEST(Lines, LoseTheCarriageReturnBeforeTheLineFeed) { EXPECT_EQ(LineAt("a\r\n", 0).bytes, "a"); }

TEST(Lines, KeepACarriageReturnThatEndsTheText) { EXPECT_EQ(LineAt("a\r", 0).bytes, "a\r"); }

TEST(Lines, EndAtTheEndOfTheText) { EXPECT_EQ(LineAt("ab", 0).next, 2U); }

TEST(Lines, AreTrimmedOfBlanksOfEveryKind) {
  EXPECT_EQ(Trimmed(" \t\va b\f\r "), "a b");
  EXPECT_EQ(Trimmed(" \t "), "");
}

TEST(Excerpt, IsShortAndNeverSplitsACharacter) {
  EXPECT_EQ(Excerpt("short"), "short");
  EXPECT_EQ(Excerpt(std::string(200, 'x')).size(), 80U);
  EXPECT_EQ(Excerpt(std::string(78, 'x') + "\xE2\x80\x94 and more").size(), 78U);
}

}  // namespace
}  // namespace frontmatter
