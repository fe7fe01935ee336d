// The rules that other rules shadow in real texts, on bare events.

#include "frontmatter/tree.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace frontmatter {
namespace {

using Kind = Node::Kind;
using Layout = TreeBuilder::Layout;

constexpr Spot kFirst{0, {1, 1}};

// What the builder says to `events` over "a: b", if it refuses them.
std::string Objection(const std::function<void(TreeBuilder&)>& events) {
  TreeBuilder tree({.bytes = "a: b\n"}, "=end");
  try {
    events(tree);
  } catch (const Refusal& refusal) {
    return refusal.error.message;
  }
  return "";
}

TEST(Tree, IsTheOnlyDocument) {
  EXPECT_EQ(Objection([](TreeBuilder& tree) {
              tree.StartDocument(kFirst);
              tree.StartDocument(kFirst);
            }),
            "a second YAML document starts here");
}

TEST(Tree, HasABlockMappingAtItsRoot) {
  const std::string message = "the top level must be lines of `key: value`";
  EXPECT_EQ(Objection([](TreeBuilder& t) { t.Open(Kind::kMapping, Layout::kFlow, kFirst); }),
            message);
  EXPECT_EQ(Objection([](TreeBuilder& t) { t.Open(Kind::kSequence, Layout::kBlock, kFirst); }),
            message);
  EXPECT_EQ(Objection([](TreeBuilder& t) { t.AddScalar(kFirst, "a"); }), message);
  EXPECT_EQ(Objection([](TreeBuilder& t) { t.AddNull(kFirst); }), message);
}

TEST(Tree, EndsWithTheLineBehindTheBlock) {
  EXPECT_EQ(Objection([](TreeBuilder& tree) {
              tree.Open(Kind::kMapping, Layout::kBlock, kFirst);
              tree.AddScalar(kFirst, "a");
              tree.AddScalar({3, {1, 4}}, "b");
              tree.Close();
              tree.TakeRoot();
            }),
            "the front matter does not end cleanly: look at the last entry");
}

TEST(Tree, HoldsWhatTheEventsSay) {
  TreeBuilder tree({.bytes = "a: b\n"}, "=end");
  tree.StartDocument(kFirst);
  tree.Open(Kind::kMapping, Layout::kBlock, kFirst);
  tree.AddScalar(kFirst, "a");
  tree.AddScalar({3, {1, 4}}, "b");
  tree.AddScalar({5, {2, 1}}, "=end");
  tree.AddScalar({11, {2, 7}}, "x");
  tree.Close();
  const Node root = tree.TakeRoot();
  ASSERT_EQ(root.fields.size(), 1U);
  EXPECT_EQ(root.Find("a")->value.text, "b");
}

}  // namespace
}  // namespace frontmatter
