// Objects in memory above those of a repository, and hostile trees made of them: git would need
// minutes to write those down.

#include "gates/proof/overlay.h"

#include <gtest/gtest.h>

#include "tests/support/merge_world.h"

namespace gates {
namespace {

using test::Numbers;

TEST(OverlayTest, NamesTreesAsGitDoes) {
  const test::MergeWorld world;
  const git::Merging merging;
  Overlay overlay(world.repository(), merging);
  const ObjectId blob = overlay.AddBlob("text"), tree = world.Tree({{"x", "text"}}).tree;
  EXPECT_EQ(overlay.AddTree({{"f", Mode::kTree, tree},
                             {"f0", Mode::kRegular, blob},
                             {"f-", Mode::kExecutable, blob}}),
            world.Tree({{"f/x", "text"}, {"f0", "text"}, {"f-", "text", "100755"}}).tree);
}

TEST(OverlayTest, ReadsWhatItMadeAndWhatIsBelow) {
  const test::MergeWorld world;
  const git::Merging merging;
  Overlay overlay(world.repository(), merging);
  const ObjectId made = overlay.AddBlob("made");
  EXPECT_EQ(overlay.ReadBlob(made), "made");
  EXPECT_EQ(overlay.BlobSize(made), 4u);
  EXPECT_EQ(overlay.ReadBlob(world.repo().WriteObject("blob", "below")), "below");
  const auto tree = overlay.ReadTree(overlay.AddTree({{"b", Mode::kRegular, made},
                                                      {"a", Mode::kGitlink, made}}));
  ASSERT_EQ(tree->entries().size(), 2u);
  EXPECT_EQ(tree->entries()[0].name, "a");
  EXPECT_EQ(tree->entries()[1].name, "b");
  EXPECT_EQ(tree->entries()[1].id, made);
}

TEST(OverlayTest, HoldsNoEmptyFolder) {
  const test::MergeWorld world;
  const git::Merging merging;
  EXPECT_TRUE(Overlay(world.repository(), merging).AddTree({}).is_zero());
}

TEST(OverlayTest, WritesNothing) {
  const test::MergeWorld world;
  const git::Merging merging;
  Overlay overlay(world.repository(), merging);
  const ObjectId blob = overlay.AddBlob("made");
  overlay.AddTree({{"a", Mode::kRegular, blob}});
  EXPECT_EQ(world.repo().Git({"count-objects"}), "0 objects, 0 kilobytes");
}

class NoObjects final : public Objects {
 public:
  tl::expected<Tree, MalformedTree> ReadTree(const ObjectId& id) const override { throw No(id); }
  std::uint64_t BlobSize(const ObjectId& id) const override { throw No(id); }
  std::string ReadBlob(const ObjectId& id) const override { throw No(id); }

 private:
  static WorldError No(const ObjectId& id) { return {Code::kObjectMissing, id.hex()}; }
};

class HostileTreesTest : public testing::Test {
 protected:
  Root Tree(std::vector<NewEntry> entries) { return {overlay_.AddTree(std::move(entries)), {}}; }

  // The folder in another one, in another one ... `width` times in each.
  Root Nest(Root inmost, int levels, int width = 1) {
    for (int level = 0; level < levels; ++level) {
      std::vector<NewEntry> entries;
      for (int i = 0; i < width; ++i)
        entries.push_back({std::string(1, static_cast<char>('a' + i)), Mode::kTree, inmost.tree});
      inmost = Tree(std::move(entries));
    }
    return inmost;
  }

  NewEntry File(const std::string& name, const std::string& text) {
    return {name, Mode::kRegular, overlay_.AddBlob(text)};
  }

  std::string Merge(const MergeSides& sides) {
    const auto merged = MergeTrees(sides, test::MergeWorld::kAsProof, rules_, reader_, overlay_,
                                   merging_);
    return merged ? test::Clean(*merged) : "conflict at " + merged.error();
  }

  git::Library library_;
  git::Merging merging_;
  NoObjects none_;
  Overlay overlay_{none_, merging_};
  TreeReader reader_{overlay_};
  Rules rules_{BuiltInPolicy(), ""};
};

constexpr int kDeep = 10'000;

TEST_F(HostileTreesTest, DeepTreesThatBothChangedAreNotClean) {
  const std::string answer = Merge({Nest(Tree({File("f", "1")}), kDeep),
                                    Nest(Tree({File("f", "1"), File("g", "")}), kDeep),
                                    Nest(Tree({File("f", "1"), File("h", "")}), kDeep)});
  EXPECT_EQ(answer.substr(0, 14), "conflict at a/");
}

TEST_F(HostileTreesTest, FollowsAFileIntoADeepFolder) {
  constexpr int kDeepest = 5'000;  // of paths that a walk goes to the end of
  const std::string changed = Numbers({{2, "two"}});
  EXPECT_EQ(Merge({Tree({File("f", Numbers())}), Nest(Tree({File("f", Numbers())}), kDeepest),
                   Tree({File("f", changed)})}),
            test::Clean(Nest(Tree({File("f", changed)}), kDeepest)));
}

constexpr int kLevels = 40, kWidth = 2;

TEST_F(HostileTreesTest, TreesThatHoldThemselvesManyTimesOverAreNotClean) {
  const std::string answer =
      Merge({Nest(Tree({File("f", "1")}), kLevels, kWidth),
             Nest(Tree({File("f", "1"), File("g", "")}), kLevels, kWidth),
             Nest(Tree({File("f", "1"), File("h", "")}), kLevels, kWidth)});
  EXPECT_EQ(answer.substr(0, 11), "conflict at");
}

TEST_F(HostileTreesTest, LooksForMovesInThemNoLongerThanIsSane) {
  const Root many = Nest(Tree({File("f", Numbers())}), kLevels, kWidth);
  EXPECT_EQ(Merge({Tree({File("f", Numbers())}), many, Tree({File("f", Numbers({{2, "two"}}))})}),
            "conflict at f");
  EXPECT_EQ(Merge({many, Tree({File("x", Numbers())}), Tree({File("y", "")})}), "conflict at ");
}

TEST_F(HostileTreesTest, TakesThemFromOneSideWithoutOpeningThem) {
  const Root many = Nest(Tree({File("f", "1")}), kLevels, kWidth);
  EXPECT_EQ(Merge({{}, {}, many}), test::Clean(many));
}

}  // namespace
}  // namespace gates
