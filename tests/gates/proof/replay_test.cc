// Merging two commits again: which base they are merged on.

#include "gates/proof/replay.h"

#include <gtest/gtest.h>

#include "tests/support/merge_world.h"

namespace gates {
namespace {

using test::Clean;
using test::Files;
using test::Numbers;

constexpr const char* kLog = "docs/work-items/ORCH-1/15-staging-log.md";

class ReplayTest : public testing::Test {
 protected:
  std::string Is(const Files& files) const { return Clean(world_.Tree(files)); }

  test::MergeWorld world_;
};

TEST_F(ReplayTest, MergesOnTheOneMergeBase) {
  const Commit base = world_.Commit({{"a", "1"}, {"b", "1"}}, {});
  const Commit ours = world_.Commit({{"a", "2"}, {"b", "1"}}, {base});
  const Commit theirs = world_.Commit({{"a", "1"}, {"b", "2"}}, {base});
  EXPECT_EQ(world_.MergeAgain(ours, theirs), Is({{"a", "2"}, {"b", "2"}}));
}

TEST_F(ReplayTest, IsNeverCleanWithoutAHistoryInCommon) {
  EXPECT_EQ(world_.MergeAgain(world_.Commit({{"a", "1"}}, {}), world_.Commit({{"a", "1"}}, {})),
            "conflict at ");
}

// Two branches that merged each other: `x` changed line 2, `y` line 18.
class CrissCrossTest : public ReplayTest {
 protected:
  const Commit base_ = world_.Commit({{"a", Numbers()}}, {});
  const Commit x_ = world_.Commit({{"a", Numbers({{2, "x"}})}}, {base_});
  const Commit y_ = world_.Commit({{"a", Numbers({{18, "y"}})}}, {base_});
  const Files both_{{"a", Numbers({{2, "x"}, {18, "y"}})}};
};

TEST_F(CrissCrossTest, IsMergedOnTheMergeOfItsBases) {
  const Commit ours = world_.Commit(both_, {x_, y_}), theirs = world_.Commit(both_, {y_, x_});
  const Commit later = world_.Commit({{"a", Numbers({{2, "x"}, {10, "z"}, {18, "y"}})}}, {theirs});
  EXPECT_EQ(world_.MergeAgain(ours, later),
            Is({{"a", Numbers({{2, "x"}, {10, "z"}, {18, "y"}})}}));
}

// On x alone the lost line 18 would look untouched by ours, on y alone line 2.
TEST_F(CrissCrossTest, IsNeverMergedOnOneOfItsBases) {
  const Commit ours = world_.Commit(both_, {x_, y_});
  const Commit without_y = world_.Commit({{"a", Numbers({{2, "x"}})}}, {y_, x_});
  const Commit without_x = world_.Commit({{"a", Numbers({{18, "y"}})}}, {y_, x_});
  EXPECT_EQ(world_.MergeAgain(ours, without_y), Is({{"a", Numbers({{2, "x"}})}}));
  EXPECT_EQ(world_.MergeAgain(ours, without_x), Is({{"a", Numbers({{18, "y"}})}}));
  const Commit neither = world_.Commit({{"a", Numbers({{2, "other"}, {18, "y"}})}}, {x_, y_});
  EXPECT_EQ(world_.MergeAgain(neither, without_x), "conflict at a");
}

TEST_F(CrissCrossTest, IsNotCleanWhereItsBasesConflict) {
  const Commit other = world_.Commit({{"a", Numbers({{2, "other"}})}}, {base_});
  const Commit ours = world_.Commit({{"a", Numbers({{2, "x"}})}}, {x_, other});
  const Commit theirs = world_.Commit({{"a", Numbers({{2, "x"}})}}, {other, x_});
  EXPECT_EQ(world_.MergeAgain(ours, theirs), "conflict at ");
}

TEST_F(CrissCrossTest, CountsNoLogOfItsBasesInTheProof) {
  const Commit x = world_.Commit({{"a", "1"}, {kLog, "x"}}, {base_});
  const Commit y = world_.Commit({{"a", Numbers()}, {kLog, "y"}, {"b", "2"}}, {base_});
  const Files both{{"a", "1"}, {"b", "2"}, {kLog, "y"}};
  const Commit ours = world_.Commit(both, {x, y}), theirs = world_.Commit(both, {y, x});
  EXPECT_EQ(world_.MergeAgain(ours, theirs), Is(both));
  EXPECT_EQ(world_.MergeAgain(ours, theirs, {}), "conflict at ");
}

TEST_F(CrissCrossTest, IsMergedThroughSeveralCrossings) {
  const Commit ours = world_.Commit(both_, {x_, y_}), theirs = world_.Commit(both_, {y_, x_});
  const auto with = [&](int line, const std::string& text) {
    return Files{{"a", Numbers({{2, "x"}, {line, text}, {18, "y"}})}};
  };
  const Commit p = world_.Commit(with(6, "p"), {ours}), q = world_.Commit(with(14, "q"), {theirs});
  const Files all{{"a", Numbers({{2, "x"}, {6, "p"}, {14, "q"}, {18, "y"}})}};
  const Commit left = world_.Commit(all, {p, q}), right = world_.Commit(all, {q, p});
  EXPECT_EQ(world_.MergeAgain(left, right), Is(all));
}

TEST_F(ReplayTest, MergesThreeBasesIntoOne) {
  const Commit root = world_.Commit({{"a", "0"}, {"b", "0"}, {"c", "0"}}, {});
  const Commit a = world_.Commit({{"a", "1"}, {"b", "0"}, {"c", "0"}}, {root});
  const Commit b = world_.Commit({{"a", "0"}, {"b", "1"}, {"c", "0"}}, {root});
  const Commit c = world_.Commit({{"a", "0"}, {"b", "0"}, {"c", "1"}}, {root});
  const Files all{{"a", "1"}, {"b", "1"}, {"c", "1"}};
  const Commit ours = world_.Commit(all, {a, b, c});
  const Commit theirs = world_.Commit({{"a", "1"}, {"b", "0"}, {"c", "1"}}, {c, b, a});
  EXPECT_EQ(world_.MergeAgain(ours, theirs), Is({{"a", "1"}, {"b", "0"}, {"c", "1"}}));
}

TEST_F(ReplayTest, GivesUpOnTooManyBases) {
  std::vector<Commit> bases;
  const Commit root = world_.Commit({{"a", "0"}}, {});
  for (int i = 0; i < 40; ++i) bases.push_back(world_.Commit({{"a", "0"}}, {root}));
  const Commit ours = world_.Commit({{"a", "0"}}, bases), theirs = world_.Commit({{"a", "1"}}, bases);
  EXPECT_EQ(world_.MergeAgain(ours, theirs), "conflict at ");
}

}  // namespace
}  // namespace gates
