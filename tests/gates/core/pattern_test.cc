#include "gates/core/pattern.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

bool GlobMatches(std::string_view glob, std::string_view text) {
  return Pattern::Glob(glob).Matches(text);
}

TEST(Glob, AStarMatchesNoSlash) {
  EXPECT_TRUE(GlobMatches("release/*", "release/2.1"));
  EXPECT_FALSE(GlobMatches("release/*", "release/2.1/hotfix"));
  EXPECT_FALSE(GlobMatches("*.md", "docs/README.md"));
}

TEST(Glob, AQuestionMarkMatchesOneByteButNoSlash) {
  EXPECT_TRUE(GlobMatches("v?", "v1"));
  EXPECT_FALSE(GlobMatches("v?", "v"));
  EXPECT_FALSE(GlobMatches("v?1", "v/1"));
}

TEST(Glob, TwoStarsMatchAnything) {
  EXPECT_TRUE(GlobMatches("docs/**", "docs/a/b"));
  EXPECT_FALSE(GlobMatches("docs/**", "docs"));
  EXPECT_FALSE(GlobMatches("docs/**", "xdocs/a"));
}

TEST(Glob, TwoStarsAndASlashMatchFoldersOrNothing) {
  EXPECT_TRUE(GlobMatches("**/*.md", "README.md"));
  EXPECT_TRUE(GlobMatches("**/*.md", "a/b/README.md"));
  EXPECT_FALSE(GlobMatches("**/README.md", "xREADME.md"));
}

TEST(Glob, MatchesTheWholeText) {
  EXPECT_FALSE(GlobMatches("main", "main2"));
  EXPECT_FALSE(GlobMatches("main", "xmain"));
  EXPECT_FALSE(GlobMatches("main", "main\n"));
}

TEST(Glob, NothingElseIsSpecial) {
  EXPECT_TRUE(GlobMatches("a.b+c[d](e)|{f}^$\\", "a.b+c[d](e)|{f}^$\\"));
  EXPECT_FALSE(GlobMatches("a.b", "axb"));
  EXPECT_FALSE(GlobMatches("[ab]", "a"));
}

TEST(Glob, AStarMatchesAnyByte) {
  EXPECT_TRUE(GlobMatches("*", "\xff\xfe\n\x01"));
  EXPECT_TRUE(GlobMatches("**", "a/\xff\n/b"));
  EXPECT_TRUE(GlobMatches("\xc3\xa9*", "\xc3\xa9t\xc3\xa9"));
}

TEST(Glob, LettersMatchAsWrittenUnlessAnyCaseWillDo) {
  EXPECT_FALSE(GlobMatches("main", "Main"));
  EXPECT_TRUE(Pattern::Glob("main", Letters::kAnyCase).Matches("mAIN"));
}

TEST(Regex, MatchesTheWholeText) {
  const auto id = Pattern::Regex("[A-Z]+-[0-9]+|x");
  ASSERT_TRUE(id);
  EXPECT_TRUE(id->Matches("ORCH-1"));
  EXPECT_TRUE(id->Matches("x"));
  EXPECT_FALSE(id->Matches("xORCH-1"));
  EXPECT_FALSE(id->Matches("ORCH-1x"));
  EXPECT_FALSE(id->Matches("ORCH-1\n"));
}

TEST(Regex, IsFoundWhereItFirstStands) {
  const auto todo = Pattern::Regex("TO?DO+|x");
  ASSERT_TRUE(todo);
  const std::string_view text = "a \xff TDOO TODO";
  const auto found = todo->Find(text);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, "TDOO");
  EXPECT_EQ(found->data() - text.data(), 4);
  EXPECT_FALSE(todo->Find("todo"));
  EXPECT_FALSE(todo->Find(""));
}

TEST(Regex, TellsHowLargeItIs) {
  EXPECT_LT(Pattern::Regex("abc")->size(), 20);
  EXPECT_GT(Pattern::Regex("[a-z]{900}")->size(), 900);
}

TEST(Regex, SaysWhatIsWrongWithIt) {
  const auto broken = Pattern::Regex("(");
  ASSERT_FALSE(broken);
  EXPECT_FALSE(broken.error().empty());
}

}  // namespace
}  // namespace gates
