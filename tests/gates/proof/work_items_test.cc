#include "gates/proof/work_items.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::kFailed;
using test::NewCommit;
using test::StagingLog;
using Items = std::vector<std::string>;

struct WorkItems : testing::Test {
  ObjectId On(const ObjectId& parent, const Files& adds, const std::string& message = "Change") {
    return world.Commit({.parents = {parent}, .adds = adds, .message = message});
  }
  Items Concerned(const ObjectId& tip, const Items& given = {}) {
    const Rules rules = landing.rules();
    test::FakeBench on(world);
    return ConcernedItems(MakeChange(rules, on.bench, base, tip), given);
  }

  test::Landing landing;
  test::FakeWorld& world = landing.world;
  ObjectId base = world.Commit({.files = Files{{"a", "1"}, {StagingLog("OLD-1"), kFailed}}});
};

TEST_F(WorkItems, AreThoseWhoseFolderTheRangeChanges) {
  EXPECT_EQ(Concerned(On(base, {{"docs/work-items/B-2/x", ""}, {"docs/work-items/A-1/y/z", ""}})),
            (Items{"A-1", "B-2"}));
  EXPECT_EQ(Concerned(world.Commit({.parents = {base}, .drops = {"docs/work-items/OLD-1"}})),
            Items{"OLD-1"});
  EXPECT_EQ(Concerned(On(base, {{"docs/work-items/A-1", "a file"}})), Items{"A-1"});
}

TEST_F(WorkItems, AreConcernedByWhatTheRangeTakesBackToo) {
  const ObjectId there = On(base, {{"docs/work-items/A-1/x", ""}});
  EXPECT_EQ(Concerned(world.Commit({.parents = {there}, .drops = {"docs/work-items/A-1"}})),
            Items{"A-1"});
}

TEST_F(WorkItems, AreThoseThatTrailersOfTheRangeName) {
  const ObjectId one = On(base, {{"a", "2"}}, "One\n\nrefs: A-1, B-2 and later\n");
  EXPECT_EQ(Concerned(On(one, {{"a", "3"}}, "Two\n\nRefs: C-3\n")), (Items{"A-1", "B-2", "C-3"}));
}

TEST_F(WorkItems, TheTrailersNameIsThePolicys) {
  landing.policy().trailer = "Work-Item";
  EXPECT_EQ(Concerned(On(base, {{"a", "2"}}, "One\n\nRefs: A-1\nWork-Item: B-2\n")), Items{"B-2"});
}

TEST_F(WorkItems, TrailersOfTheBaseAndBelowSayNothing) {
  const ObjectId below = On(base, {{"a", "2"}}, "One\n\nRefs: A-1\n");
  const Rules rules = landing.rules();
  test::FakeBench on(world);
  const ObjectId tip = On(below, {{"a", "3"}});
  EXPECT_EQ(ConcernedItems(MakeChange(rules, on.bench, below, tip), {}), Items{});
}

TEST_F(WorkItems, AMergeContributesOnlyWhatDiffersFromAllItsParents) {
  const ObjectId moved = On(base, {{"docs/work-items/B-1/x", "1"}});
  const ObjectId topic = On(base, {{"docs/work-items/A-1/x", "1"}});
  const ObjectId merge =
      world.Commit({.parents = {topic, moved}, .adds = {{"docs/work-items/B-1/x", "1"}}});
  const Rules rules = landing.rules();
  test::FakeBench on(world);
  EXPECT_EQ(ConcernedItems(MakeChange(rules, on.bench, moved, merge), {}), Items{"A-1"});
  const ObjectId evil =
      world.Commit({.parents = {topic, moved},
                    .adds = {{"docs/work-items/B-1/x", "1"}, {"docs/work-items/C-1/x", "1"}}});
  EXPECT_EQ(ConcernedItems(MakeChange(rules, on.bench, moved, evil), {}), (Items{"A-1", "C-1"}));
}

TEST_F(WorkItems, ARootCommitConcernsAllThatItHolds) {
  const ObjectId root = world.Commit({.files = Files{{"docs/work-items/A-1/x", ""}}});
  EXPECT_EQ(Concerned(world.Commit({.parents = {base, root}})), Items{"A-1"});
}

TEST_F(WorkItems, GivenOnesAreAddedAndReplaceNothing) {
  const ObjectId tip = On(base, {{"docs/work-items/A-1/x", ""}});
  EXPECT_EQ(Concerned(tip, {"Z-9", "Z-9"}), (Items{"A-1", "Z-9"}));
}

TEST_F(WorkItems, AFolderThatIsNoIdConcernsNobody) {
  EXPECT_EQ(Concerned(On(base, {{"docs/work-items/notes/x", ""},
                                {"docs/work-items/README", ""},
                                {"docs/A-1/x", ""},
                                {"A-1/x", ""}})),
            Items{});
}

TEST_F(WorkItems, ExemptPathsConcernNobody) {
  landing.policy().exempt = {"**/*.txt"};
  EXPECT_EQ(Concerned(On(base, {{"docs/work-items/A-1/notes.txt", ""}})), Items{});
  EXPECT_EQ(Concerned(On(base, {{"docs/work-items/A-1/notes.txt", test::Executable("")}})),
            Items{"A-1"});
}

TEST_F(WorkItems, APathThatStopsBeingExemptConcernsItsItem) {
  landing.policy().exempt = {"**/*.txt"};
  const ObjectId there = On(base, {{"docs/work-items/A-1/n.txt", test::Executable("")}});
  const ObjectId tip = On(there, {{"docs/work-items/A-1/n.txt", ""}});
  const Rules rules = landing.rules();
  test::FakeBench on(world);
  EXPECT_EQ(ConcernedItems(MakeChange(rules, on.bench, there, tip), {}), Items{"A-1"});
}

TEST_F(WorkItems, RecordedFailuresConcernNobodyWhereAnotherItemIs) {
  const Files failing{{StagingLog("A-1"), kFailed}, {StagingLog("A-1") + ".sig", test::kSignature}};
  EXPECT_EQ(Concerned(On(base, failing)), Items{"A-1"});
  EXPECT_EQ(Concerned(On(base, failing, "One\n\nRefs: B-2\n")), Items{"B-2"});
  EXPECT_EQ(Concerned(On(base, failing), {"B-2"}), Items{"B-2"});
}

TEST_F(WorkItems, AFailureConcernsItsItemWhereItIsNamed) {
  const Files failing{{StagingLog("A-1"), kFailed}};
  EXPECT_EQ(Concerned(On(base, failing, "One\n\nRefs: A-1 B-2\n")), (Items{"A-1", "B-2"}));
}

TEST_F(WorkItems, AFailureBesideAnythingElseConcernsItsItem) {
  for (const Files& files :
       {Files{{StagingLog("A-1"), kFailed}, {"docs/work-items/A-1/run.sh", ""}},
        Files{{StagingLog("A-1"), kFailed}, {test::DeployLog("A-1"), test::kDeployPassed}},
        Files{{StagingLog("A-1"), "malformed"}},
        Files{{StagingLog("A-1"), test::Executable(kFailed)}}})
    EXPECT_EQ(Concerned(On(base, files, "One\n\nRefs: B-2\n")), (Items{"A-1", "B-2"}));
}

TEST_F(WorkItems, ALogThatGoesAwayIsNoRecordedFailure) {
  EXPECT_EQ(
      Concerned(world.Commit(
          {.parents = {base}, .drops = {StagingLog("OLD-1")}, .message = "One\n\nRefs: B-2\n"})),
      (Items{"B-2", "OLD-1"}));
}

// An item's folder may hold very much; only what lies on the way to items is opened.
TEST_F(WorkItems, FoldersOffTheWayAreNotOpened) {
  const ObjectId tip =
      On(base, {{"src/deep/x", "1"}, {"docs/other/x", "1"}, {"docs/work-items/A-1/x", ""}});
  world.Lose(world.Tree({{"deep/x", "1"}}));
  world.Lose(world.Tree({{"x", "1"}}));
  EXPECT_EQ(Concerned(tip), Items{"A-1"});
}

}  // namespace
}  // namespace gates
