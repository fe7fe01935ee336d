#include "frontmatter/raw_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace frontmatter {
namespace {

bool IsRootKey(const std::string& bytes, size_t offset, const std::string& key) {
  return !CheckRootKey({.bytes = bytes}, offset, key);
}

TEST(RootKey, StandsInColumnOneBeforeItsColon) {
  EXPECT_TRUE(IsRootKey("a: 1\n", 0, "a"));
  EXPECT_TRUE(IsRootKey("x: 1\r\na:\r\n", 6, "a"));
  EXPECT_FALSE(IsRootKey(" a: 1\n", 1, "a"));
  EXPECT_FALSE(IsRootKey("a : 1\n", 0, "a"));
  EXPECT_FALSE(IsRootKey("a:1\n", 0, "a"));
}

TEST(RootKey, ReadsAsTheParserReadsIt) {
  EXPECT_FALSE(IsRootKey("a: 1\n", 0, "b"));
  EXPECT_FALSE(IsRootKey("ab: 1\n", 0, "a"));
}

TEST(ColumnOne, HoldsRootKeysCommentsItemsAndNothingElse) {
  const RawBlock block{.bytes = "a:\n- b\n-\n# c\n\n  d\n\r\ne: 1\n", .first_line = 2};
  EXPECT_FALSE(CheckColumnOne(block, {2, 9}));
  EXPECT_EQ(CheckColumnOne(block, {2})->place, (Place{9, 1}));
  EXPECT_EQ(CheckColumnOne(block, {9})->place, (Place{2, 1}));
}

TEST(ColumnOne, NamesWhatStandsThere) {
  EXPECT_EQ(CheckColumnOne({.bytes = "%YAML 1.2\n"}, {})->message, "directives are not allowed");
  EXPECT_EQ(CheckColumnOne({.bytes = ">>>>>>> x\n"}, {})->message,
            "a conflict marker of a merge stands here");
}

TEST(RawBlock, CountsPlacesFromItsFirstLine) {
  const RawBlock block{.bytes = "a: 1\r\nb: 2\n", .first_line = 2};
  EXPECT_EQ(block.PlaceOf(0), (Place{2, 1}));
  EXPECT_EQ(block.PlaceOf(9), (Place{3, 4}));
  EXPECT_EQ(block.PlaceOf(11), (Place{4, 1}));
}

TEST(RawBlock, HasNoBytesBehindItsEnd) {
  EXPECT_EQ(RawBlock{.bytes = "a"}.From(1), "");
  EXPECT_EQ(RawBlock{.bytes = "a"}.From(9), "");
}

}  // namespace
}  // namespace frontmatter
