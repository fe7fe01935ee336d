#include "gates/proof/tree_walk.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/fake_world.h"

namespace gates {
namespace {

using test::FakeWorld;
using test::File;
using test::Files;
using Paths = std::vector<std::string>;

struct TreeWalk : testing::Test {
  Root RootOf(const Files& files) { return {world.Tree(files), {}}; }

  /// The paths that the tip has otherwise than all the others.
  Paths Differing(const Files& tip, const std::vector<Files>& others) {
    std::vector<Root> roots;
    for (const Files& other : others) roots.push_back(RootOf(other));
    return Differing(RootOf(tip), roots);
  }
  Paths Differing(const Root& tip, const std::vector<Root>& others) {
    Paths paths;
    const auto visit = [&](const Difference& difference) {
      paths.push_back(difference.path);
      return Walk::kOn;
    };
    EXPECT_EQ(WalkDifferences(reader, tip, others, {.visit = visit}), Walk::kOn);
    return paths;
  }

  FakeWorld world;
  TreeReader reader{world};
};

TEST_F(TreeWalk, SeesWhatIsNewGoneAndChangedInGitsOrder) {
  EXPECT_EQ(Differing({{"a", "1"}, {"new", "1"}, {"same", "1"}},
                      {{{"a", "2"}, {"gone", "1"}, {"same", "1"}}}),
            (Paths{"a", "gone", "new"}));
}

TEST_F(TreeWalk, EqualTreesDoNotDiffer) {
  EXPECT_EQ(Differing({{"a/b", "1"}}, {{{"a/b", "1"}}}), Paths{});
}

TEST_F(TreeWalk, SeesAChangeOfModeAlone) {
  EXPECT_EQ(Differing({{"a", "1"}}, {{{"a", test::Executable("1")}}}), Paths{"a"});
  EXPECT_EQ(Differing({{"a", "1"}}, {{{"a", test::Symlink("1")}}}), Paths{"a"});
}

TEST_F(TreeWalk, SeesTheFilesOfAFolderThatComesOrGoes) {
  EXPECT_EQ(Differing({{"a/b/c", "1"}, {"a/d", "1"}}, {Files{}}), (Paths{"a/b/c", "a/d"}));
  EXPECT_EQ(Differing(Files{}, {{{"a/b/c", "1"}}}), Paths{"a/b/c"});
}

TEST_F(TreeWalk, AFolderInPlaceOfAFileIsBoth) {
  EXPECT_EQ(Differing({{"a/x", "1"}}, {{{"a", "1"}, {"a.b", "1"}}}), (Paths{"a", "a.b", "a/x"}));
}

TEST_F(TreeWalk, AnEmptyFolderIsNothing) {
  const Root with{world.Tree({{"a", "1"}, {"b", File(Mode::kTree, world.Tree({}))}}), {}};
  EXPECT_EQ(Differing(with, {RootOf({{"a", "1"}})}), Paths{});
}

TEST_F(TreeWalk, DoesNotOpenSubtreesThatAreEqual) {
  const Root tip = RootOf({{"big/x", "1"}, {"a", "1"}}),
             other = RootOf({{"big/x", "1"}, {"a", "2"}});
  world.Lose(world.Tree({{"x", "1"}}));
  EXPECT_EQ(Differing(tip, {other}), Paths{"a"});
}

TEST_F(TreeWalk, AMergeContributesOnlyWhatDiffersFromAllItsParents) {
  EXPECT_EQ(Differing({{"ours", "1"}, {"theirs", "1"}, {"mixed", "3"}},
                      {{{"ours", "1"}, {"mixed", "1"}}, {{"theirs", "1"}, {"mixed", "2"}}}),
            Paths{"mixed"});
}

TEST_F(TreeWalk, AMergeContributesAFileThatItDropsOnlyIfAllItsParentsHaveIt) {
  EXPECT_EQ(Differing(Files{{"x", "1"}}, {{{"a", "1"}, {"x", "1"}}, {{"b", "1"}}}), Paths{});
  EXPECT_EQ(Differing(Files{{"x", "1"}}, {{{"a", "1"}}, {{"a", "2"}}}), (Paths{"a", "x"}));
}

TEST_F(TreeWalk, AMergeThatIsLikeOneParentContributesNothing) {
  EXPECT_EQ(Differing({{"a", "1"}}, {{{"a", "2"}}, {{"a", "1"}}}), Paths{});
}

TEST_F(TreeWalk, StopsWhereTheVisitorSaysSo) {
  int visits = 0;
  const auto visit = [&](const Difference&) {
    ++visits;
    return Walk::kStop;
  };
  const Root tip = RootOf({{"a", "1"}, {"b", "1"}}), other = RootOf({});
  EXPECT_EQ(WalkDifferences(reader, tip, std::span(&other, 1), {.visit = visit}), Walk::kStop);
  EXPECT_EQ(visits, 1);
}

TEST_F(TreeWalk, LooksOnlyIntoFoldersThatTheVisitorEnters) {
  Paths paths;
  const auto visit = [&](const Difference& difference) {
    paths.push_back(difference.path);
    return Walk::kOn;
  };
  const Root tip = RootOf({{"a/x", "1"}, {"b/c/x", "1"}, {"b/d/x", "1"}}), other = RootOf({});
  const auto enter = [](const std::string& path) { return path == "b" || path == "b/d"; };
  WalkDifferences(reader, tip, std::span(&other, 1), {.visit = visit, .enter = enter});
  EXPECT_EQ(paths, Paths{"b/d/x"});
}

TEST_F(TreeWalk, AVisitSeesTheFolderAroundEachSide) {
  const Root tip = RootOf({{"a/x", "1"}, {"a/y", "1"}}), other = RootOf({{"a/z", "1"}});
  const auto visit = [&](const Difference& difference) {
    EXPECT_NE(difference.tip.folder->Find("y"), nullptr);
    EXPECT_NE(difference.others[0].folder->Find("z"), nullptr);
    return Walk::kOn;
  };
  WalkDifferences(reader, tip, std::span(&other, 1), {.visit = visit});
}

TEST_F(TreeWalk, RemembersMalformedTreesOnEitherSide) {
  const Root bad{world.Tree({{"a", File(Mode::kTree, world.MalformedTree())}}), {}};
  Differing(bad, {RootOf({{"a/x", "1"}})});
  EXPECT_EQ(reader.malformed().size(), 1u);
  TreeReader other_way(world);
  const Root good = RootOf({{"a/x", "1"}});
  WalkDifferences(other_way, good, std::span(&bad, 1),
                  {.visit = [](const Difference&) { return Walk::kOn; }});
  EXPECT_EQ(other_way.malformed().size(), 1u);
}

// Forty small trees, each twice in the next: a commit of 2^40 folders.
TEST_F(TreeWalk, ATreeThatUnfoldsWithoutEndIsMalformed) {
  for (const bool has_files : {false, true}) {
    ObjectId tree = world.Tree(has_files ? Files{{"x", "1"}} : Files{});
    for (int i = 0; i < 40; ++i)
      tree = world.Tree({{"a", File(Mode::kTree, tree)}, {"b", File(Mode::kTree, tree)}});
    TreeReader fresh(world);
    const Root tip{tree, {}}, other = RootOf({});
    WalkDifferences(fresh, tip, std::span(&other, 1),
                    {.visit = [](const Difference&) { return Walk::kOn; }, .most_names = 10'000});
    ASSERT_EQ(fresh.malformed().size(), 1u);
    EXPECT_EQ(fresh.malformed().at(0).code, Code::kTreeMalformed);
    EXPECT_EQ(fresh.Find(tip, "a").kind, Found::Kind::kAbsent);
  }
}

TEST_F(TreeWalk, EveryWalkHasAnEnd) { EXPECT_LE(Visitor{}.most_names, 10'000'000u); }

TEST_F(TreeWalk, ATreeOfEndlessDepthIsMalformed) {
  ObjectId tree = world.Tree({{"x", "1"}});
  for (int i = 0; i < 20'000; ++i) tree = world.Tree({{"a", File(Mode::kTree, tree)}});
  EXPECT_EQ(Differing(Root{tree, {}}, {RootOf({})}), Paths{});
  ASSERT_EQ(reader.malformed().size(), 1u);
  EXPECT_LT(reader.malformed().at(0).path.size(), 20'000u);
}

TEST_F(TreeWalk, ADeepTreeOfSensiblePathsIsWalked) {
  std::string path = "x";
  for (int i = 0; i < 500; ++i) path = "folder/" + path;
  EXPECT_EQ(Differing(Files{{path, "1"}}, {Files{}}), Paths{path});
}

}  // namespace
}  // namespace gates
