#include "frontmatter/node.h"

#include <gtest/gtest.h>

namespace frontmatter {
namespace {

TEST(Node, FindsAFieldByItsKey) {
  Node node;
  node.fields.push_back({"a", {1, 1}, {}});
  node.fields.push_back({"b", {2, 1}, {}});
  ASSERT_NE(node.Find("b"), nullptr);
  EXPECT_EQ(node.Find("b")->key_place, (Place{2, 1}));
}

TEST(Node, HasNoFieldThatIsNotThere) { EXPECT_EQ(Node{}.Find("a"), nullptr); }

TEST(Node, TellsUpperFromLowerCaseInKeys) {
  Node node;
  node.fields.push_back({"a", {1, 1}, {}});
  EXPECT_EQ(node.Find("A"), nullptr);
}

}  // namespace
}  // namespace frontmatter
