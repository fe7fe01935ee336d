// The walks over graphs in memory, held against the plainest possible search.

#include "hooks/git/walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <random>
#include <set>

#include "hooks/git/ancestry.h"

namespace git {
namespace {

using gates::ObjectId;
using Ids = std::vector<ObjectId>;
using IdSet = std::set<ObjectId>;

constexpr std::int64_t k1970 = 0;
constexpr std::int64_t k2023 = 1'700'000'000;
constexpr std::int64_t k2099 = 4'070'908'800;

// Commits by number; a parent's number is smaller than its child's.
class Graph {
 public:
  ObjectId Add(const Ids& parents, std::int64_t date) {
    ObjectId id;
    const std::uint64_t scattered = (commits_.size() + 1) * 0x9e3779b97f4a7c15u;
    std::memcpy(id.bytes.data(), &scattered, sizeof scattered);
    commits_[id] = {parents, date};
    return id;
  }

  ReadLinks Reader() const {
    return [this](const ObjectId& id) {
      ++reads_;
      return commits_.at(id);
    };
  }

  int TakeReads() const { return std::exchange(reads_, 0); }

  IdSet ReachableFrom(const ObjectId& tip) const {
    IdSet reached;
    Ids open{tip};
    while (!open.empty()) {
      const ObjectId id = open.back();
      open.pop_back();
      if (!reached.insert(id).second) continue;
      for (const ObjectId& parent : commits_.at(id).parents) open.push_back(parent);
    }
    return reached;
  }

  const Links& At(const ObjectId& id) const { return commits_.at(id); }

 private:
  std::map<ObjectId, Links> commits_;
  mutable int reads_ = 0;
};

IdSet Minus(const IdSet& a, const IdSet& b) {
  IdSet result;
  std::ranges::set_difference(a, b, std::inserter(result, result.end()));
  return result;
}

IdSet BestOfCommon(const Graph& graph, const ObjectId& a, const ObjectId& b) {
  IdSet common;
  std::ranges::set_intersection(graph.ReachableFrom(a), graph.ReachableFrom(b),
                                std::inserter(common, common.end()));
  IdSet best = common;
  for (const ObjectId& id : common) {
    IdSet below = graph.ReachableFrom(id);
    below.erase(id);
    best = Minus(best, below);
  }
  return best;
}

enum class Dates { kGrowing, kEqual, kWild };

struct Drawn {
  Graph graph;
  Ids ids;
};

std::int64_t DrawDate(Dates dates, size_t number, std::mt19937& random) {
  if (dates == Dates::kEqual) return k2023;
  const auto growing = k2023 + static_cast<std::int64_t>(number) * 60;
  if (dates == Dates::kGrowing) return growing - static_cast<std::int64_t>(random() % 60);
  const std::array<std::int64_t, 4> wild{k1970, k2099, growing, growing - 3600};
  return wild[random() % wild.size()];
}

Drawn Draw(Dates dates, std::mt19937& random) {
  Drawn drawn;
  const size_t size = 2 + random() % 40;
  const size_t reach = 1 + random() % 12;  // how far back a parent may lie
  for (size_t i = 0; i < size; ++i) {
    Ids parents;
    const size_t wanted = random() % 20 == 0 ? 0 : 1 + random() % 8 / 5;
    for (size_t p = 0; p < wanted && i > 0; ++p) {
      const ObjectId parent = drawn.ids[i - 1 - random() % std::min(i, reach)];
      if (std::ranges::find(parents, parent) == parents.end()) parents.push_back(parent);
    }
    drawn.ids.push_back(drawn.graph.Add(parents, DrawDate(dates, i, random)));
  }
  return drawn;
}

void ExpectChildrenFirst(const Graph& graph, const Ids& range) {
  IdSet seen;
  for (const ObjectId& id : range) {
    for (const ObjectId& parent : graph.At(id).parents)
      EXPECT_FALSE(seen.contains(parent)) << "a parent came before its child";
    EXPECT_TRUE(seen.insert(id).second) << "a commit came twice";
  }
}

void ExpectRightAnswers(const Graph& graph, const ObjectId& a, const ObjectId& b, Dates dates) {
  const IdSet from_a = graph.ReachableFrom(a);
  const IdSet exact = Minus(from_a, graph.ReachableFrom(b));
  EXPECT_EQ(Reaches(graph.Reader(), {a}, b), from_a.contains(b));

  const Ids range = CommitsBetween(graph.Reader(), a, b);
  const IdSet listed(range.begin(), range.end());
  ExpectChildrenFirst(graph, range);
  EXPECT_TRUE(std::ranges::includes(listed, exact)) << "a commit is missing";
  EXPECT_TRUE(std::ranges::includes(from_a, listed));
  if (dates != Dates::kWild) {
    EXPECT_EQ(listed, exact);
  }

  const Ids bases = BestCommonAncestors(graph.Reader(), a, b);
  EXPECT_EQ(IdSet(bases.begin(), bases.end()), BestOfCommon(graph, a, b));
}

class EveryKindOfDates : public testing::TestWithParam<Dates> {};
INSTANTIATE_TEST_SUITE_P(Walk, EveryKindOfDates,
                         testing::Values(Dates::kGrowing, Dates::kEqual, Dates::kWild));

TEST_P(EveryKindOfDates, GivesWhatAPlainSearchGives) {
  for (unsigned seed = 0; seed < 2'000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const Drawn drawn = Draw(GetParam(), random);
    for (int pair = 0; pair < 5; ++pair)
      ExpectRightAnswers(drawn.graph, drawn.ids[random() % drawn.ids.size()],
                         drawn.ids[random() % drawn.ids.size()], GetParam());
  }
}

TEST_P(EveryKindOfDates, GivesTheAncestryOfManyTipsHoweverOftenItIsAsked) {
  for (unsigned seed = 0; seed < 1'000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const Drawn drawn = Draw(GetParam(), random);
    Ids tips;
    IdSet reached;
    for (size_t count = random() % 4; count > 0; --count) {
      tips.push_back(drawn.ids[random() % drawn.ids.size()]);
      reached.merge(drawn.graph.ReachableFrom(tips.back()));
    }
    WalkedAncestry ancestry(drawn.graph.Reader(), tips);
    for (int question = 0; question < 20; ++question) {
      const ObjectId commit = drawn.ids[random() % drawn.ids.size()];
      EXPECT_EQ(ancestry.Holds(commit), reached.contains(commit));
    }
  }
}

// A main line of 20,000 commits; `at(n)` is the n-th from the root.
class LongHistory : public testing::Test {
 protected:
  LongHistory() {
    for (int i = 0; i < 20'000; ++i)
      line_.push_back(graph_.Add(line_.empty() ? Ids{} : Ids{line_.back()}, k2023 + i * 60));
  }

  ObjectId Child(const Ids& parents, std::int64_t date) { return graph_.Add(parents, date); }
  const ObjectId& base() const { return line_.back(); }
  const ObjectId& Before(size_t steps) const { return line_[line_.size() - 1 - steps]; }
  std::int64_t now() const { return k2023 + 20'001 * 60; }

  Ids RangeAtMost(const ObjectId& tip, int reads) {
    const Ids range = CommitsBetween(graph_.Reader(), tip, base());
    EXPECT_LE(graph_.TakeReads(), reads);
    return range;
  }

  Graph graph_;
  Ids line_;
};

TEST_F(LongHistory, ReadsAHandfulOfCommitsForOneLandingWhateverItsDate) {
  for (const std::int64_t date : {now(), k1970, k2099}) {
    const ObjectId landing = Child({base()}, date);
    EXPECT_EQ(RangeAtMost(landing, 6), Ids{landing});
  }
}

TEST_F(LongHistory, ReadsAsFarBackAsTheForkForAMergedBranchWhateverItsDate) {
  for (const std::int64_t date : {now(), k1970, k2099}) {
    const ObjectId topic = Child({Before(100)}, date);
    const ObjectId landing = Child({base(), topic}, date);
    EXPECT_EQ(RangeAtMost(landing, 600), (Ids{landing, topic}));
  }
}

TEST_F(LongHistory, ReadsLittleWhenTheBaseHasAWrongClock) {
  for (const std::int64_t date : {k1970, k2099}) {
    line_.push_back(Child({base()}, date));
    const ObjectId topic = Child({Before(3)}, now());
    const ObjectId landing = Child({base(), topic}, now());
    EXPECT_EQ(RangeAtMost(landing, 60), (Ids{landing, topic}));
  }
}

TEST_F(LongHistory, AnswersContainsInFewReadsBothWays) {
  const ObjectId landing = Child({base()}, now());
  EXPECT_TRUE(Reaches(graph_.Reader(), {landing}, base()));
  EXPECT_FALSE(Reaches(graph_.Reader(), {base()}, landing));
  EXPECT_LE(graph_.TakeReads(), 6);
}

TEST_F(LongHistory, FindsTheMergeBaseNearTheFork) {
  const ObjectId topic = Child({Before(100)}, now());
  EXPECT_EQ(BestCommonAncestors(graph_.Reader(), topic, base()), Ids{Before(100)});
  EXPECT_LE(graph_.TakeReads(), 300);
}

// The shortcut: an old branch, merged long after, paints the fork's parent
// before the main line arrives at the fork.
TEST_F(LongHistory, DoesNotTakeAForkForNewWhenAnOldMergePaintsWhatLiesBelowIt) {
  const ObjectId old_branch = Child({Before(1'001)}, k2023 + 10);
  line_.push_back(Child({base(), old_branch}, now()));
  const ObjectId topic = Child({Before(1'001)}, now() + 60);  // from the commit right above
  const ObjectId landing = Child({base(), topic}, now() + 120);
  EXPECT_EQ(RangeAtMost(landing, 6'000), (Ids{landing, topic}));
}

TEST_F(LongHistory, KnowsInAFewReadsThatANewCommitIsNotInIt) {
  WalkedAncestry ancestry(graph_.Reader(), {base()});
  EXPECT_FALSE(ancestry.Holds(Child({base()}, now())));
  EXPECT_LE(graph_.TakeReads(), 4);
}

// Both where each question goes one commit deeper, and where each commit hangs on another tip.
TEST_F(LongHistory, AnswersAThousandQuestionsAboutItInAFewWalks) {
  WalkedAncestry old_ones(graph_.Reader(), {base()});
  for (size_t steps = 10'000; steps < 11'000; ++steps) EXPECT_TRUE(old_ones.Holds(Before(steps)));
  EXPECT_LE(graph_.TakeReads(), 60'000);

  WalkedAncestry new_ones(graph_.Reader(), line_);
  for (size_t steps = 0; steps < 1'000; ++steps)
    EXPECT_FALSE(new_ones.Holds(Child({Before(steps)}, now())));
  EXPECT_LE(graph_.TakeReads(), 120'000);
}

}  // namespace
}  // namespace git
