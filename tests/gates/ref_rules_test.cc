#include "gates/ref_rules.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;

struct RefRules : testing::Test, test::Landing {
  ObjectId On(const std::vector<ObjectId>& parents, const std::string& text) {
    return world.Commit({.parents = parents, .adds = {{"a", text}}});
  }
  NewRefStart Start(const ObjectId& tip) {
    const Rules by = rules();
    const World ports = world.ports();
    ProtectedRefs protected_refs(by, ports);
    return FindNewRefStart(tip, by, protected_refs, ports);
  }
  std::optional<Finding> Forbidden(const std::string& ref, const std::optional<ObjectId>& after) {
    return FindForbiddenName({ref, std::nullopt, after}, rules());
  }

  ObjectId root = world.Commit({.files = Files{{"a", "1"}}});
  ObjectId second = On({root}, "2");
};

TEST_F(RefRules, AnUnnamedUpdateIsGuarded) {
  EXPECT_TRUE(IsGuarded({}, rules()));
  EXPECT_TRUE(IsGuarded({"refs/heads/main"}, rules()));
  EXPECT_FALSE(IsGuarded({"refs/heads/topic"}, rules()));
}

TEST_F(RefRules, ReplaceRefsAndLookAlikesAreForbidden) {
  for (const char* ref : {"refs/replace/0123", "refs/heads/Main", "refs/heads/ma\u200bin"}) {
    const auto finding = Forbidden(ref, root);
    ASSERT_TRUE(finding) << ref;
    EXPECT_EQ(finding->code, Code::kRefForbidden);
    EXPECT_EQ(finding->found, ref);
  }
  EXPECT_FALSE(Forbidden("refs/heads/topic", root));
  EXPECT_FALSE(Forbidden("refs/heads/main", root));
}

TEST_F(RefRules, DeletingAForbiddenNameIsNot) {
  EXPECT_FALSE(Forbidden("refs/replace/0123", std::nullopt));
  EXPECT_FALSE(Forbidden("refs/heads/Main", std::nullopt));
}

TEST_F(RefRules, TheFirstPushIsOneIntoARepositoryWithoutProtectedRefs) {
  EXPECT_EQ(Start(root).allowed, Proof::kFirstPush);
  world.SetRef("refs/heads/topic", root);
  EXPECT_EQ(Start(root).allowed, Proof::kFirstPush);
  world.SetRef("refs/heads/release/1", root);
  EXPECT_EQ(Start(second).allowed, Proof::kNone);
}

TEST_F(RefRules, ADefaultBranchThatIsNotProtectedEndsTheTimeOfFirstPushes) {
  policy().protected_refs = {"release/*"};
  world.SetRef("refs/heads/main", root);
  EXPECT_EQ(Start(second).allowed, Proof::kNone);
  EXPECT_EQ(Start(second).base, root);
}

TEST_F(RefRules, AProtectedRefThatLeadsToNoCommitIsARefAllTheSame) {
  world.SetRef("refs/heads/release/1", world.Blob("x"));
  EXPECT_EQ(Start(root).allowed, Proof::kNone);
  EXPECT_FALSE(Start(root).base);
}

TEST_F(RefRules, ATipOfAProtectedRefMayBeCut) {
  world.SetRef("refs/heads/main", second);
  EXPECT_EQ(Start(second).allowed, Proof::kCut);
  policy().protected_refs = {"main", "refs/tags/v*"};
  world.SetRef("refs/tags/v1", world.Tag(root));
  EXPECT_EQ(Start(root).allowed, Proof::kCut);
}

TEST_F(RefRules, ATipOfAnyOtherRefMayNot) {
  world.SetRef("refs/heads/main", root);
  world.SetRef("refs/heads/topic", second);
  EXPECT_EQ(Start(second).allowed, Proof::kNone);
}

TEST_F(RefRules, OutsideHistoryTheBaseIsTheMergeBaseWithTheDefaultBranch) {
  world.SetRef("refs/heads/main", second);
  EXPECT_EQ(Start(On({root}, "3")).base, root);
}

TEST_F(RefRules, InsideHistoryTheBaseIsTheFirstParent) {
  const ObjectId third = On({second}, "3");
  world.SetRef("refs/heads/main", third);
  EXPECT_EQ(Start(second).allowed, Proof::kNone);
  EXPECT_EQ(Start(second).base, root);
}

TEST_F(RefRules, RightOnTheDefaultBranchTheBaseIsItsTipAndNobodyElseIsAskedForIt) {
  world.SetRef("refs/heads/main", root);
  EXPECT_EQ(Start(second).base, root);
  for (int i = 0; i < 100; ++i)
    world.SetRef("refs/heads/release/" + std::to_string(i), On({second}, std::to_string(i)));
  const int before = world.history_asked();
  EXPECT_EQ(Start(second).allowed, Proof::kNone);
  EXPECT_EQ(Start(second).base, root);
  EXPECT_LE(world.history_asked() - before, 2);
}

TEST_F(RefRules, WhatMergesTheDefaultBranchIsNotRightOnIt) {
  const ObjectId topic = On({root}, "topic");
  world.SetRef("refs/heads/main", second);
  const ObjectId pulled = On({topic, second}, "both");
  EXPECT_EQ(Start(pulled).base, second) << "as the merge base";
  world.SetRef("refs/heads/release/1", On({pulled}, "more"));
  EXPECT_EQ(Start(pulled).base, topic) << "as the first parent of what lies in history";
}

TEST_F(RefRules, ARootInsideHistoryHasNoBase) {
  world.SetRef("refs/heads/main", second);
  EXPECT_EQ(Start(root).allowed, Proof::kNone);
  EXPECT_FALSE(Start(root).base);
}

TEST_F(RefRules, WithoutASingleMergeBaseThereIsNoBase) {
  const ObjectId a = On({root}, "a"), b = On({root}, "b");
  world.SetRef("refs/heads/main", On({a, b}, "ab"));
  EXPECT_FALSE(Start(On({b, a}, "ba")).base);
  EXPECT_FALSE(Start(world.Commit({.files = Files{{"z", "1"}}})).base);
}

TEST_F(RefRules, WithoutADefaultBranchOnlyCutsAndHistoryHaveABase) {
  trust.default_branch = "";
  world.SetRef("refs/heads/main", second);
  EXPECT_EQ(Start(second).allowed, Proof::kCut);
  EXPECT_FALSE(Start(On({second}, "3")).base);
}

}  // namespace
}  // namespace gates
