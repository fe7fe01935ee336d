#include "gates/core/tree.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

TreeEntry Blob(std::string_view name) { return {name, Mode::kRegular, {}}; }
TreeEntry Folder(std::string_view name) { return {name, Mode::kTree, {}}; }

TEST(TreeOrder, NamesAreComparedAsBytes) {
  EXPECT_LT(CompareInTree(Blob("Z"), Blob("a")), 0);
  EXPECT_LT(CompareInTree(Blob("a"), Blob("\xc3\xa9")), 0);
  EXPECT_GT(CompareInTree(Blob("b"), Blob("ab")), 0);
}

TEST(TreeOrder, AFolderStandsWhereItsNameWithASlashWould) {
  EXPECT_LT(CompareInTree(Blob("a.b"), Folder("a")), 0);
  EXPECT_LT(CompareInTree(Folder("a"), Blob("a0")), 0);
  EXPECT_GT(CompareInTree(Folder("a"), Blob("a.b")), 0);
}

TEST(TreeOrder, OnlyTheSameNameOfTheSameKindIsEqual) {
  EXPECT_EQ(CompareInTree(Blob("a"), Blob("a")), 0);
  EXPECT_EQ(CompareInTree(Folder("a"), Folder("a")), 0);
  EXPECT_LT(CompareInTree(Blob("a"), Folder("a")), 0);
  EXPECT_GT(CompareInTree(Folder("a"), Blob("a")), 0);
}

TEST(TreeEntry, IsTheSameObjectOnlyWithTheSameMode) {
  TreeEntry executable = Blob("a");
  executable.mode = Mode::kExecutable;
  EXPECT_TRUE(Blob("a").SameObject(Blob("b")));
  EXPECT_FALSE(Blob("a").SameObject(executable));
}

TEST(Tree, FindsAnEntryByItsWholeName) {
  std::vector<char> bytes{'a', 'b'};
  const std::string_view names(bytes.data(), bytes.size());
  const Tree tree(std::move(bytes), {{names.substr(0, 1), Mode::kRegular, {}},
                                     {names.substr(1, 1), Mode::kTree, {}}});
  ASSERT_NE(tree.Find("b"), nullptr);
  EXPECT_TRUE(tree.Find("b")->is_tree());
  EXPECT_EQ(tree.Find("ab"), nullptr);
  EXPECT_EQ(Tree{}.Find("a"), nullptr);
}

}  // namespace
}  // namespace gates
