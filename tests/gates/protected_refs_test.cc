#include "gates/protected_refs.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::Passed;
using test::StagingLog;
using test::Told;

// What is pushed as a new protected ref: the tip of another one, a commit that landed long ago,
// or something new. `main` holds ten landings.
struct NewRef : test::Landing {
  enum Kind { kTip, kInHistory, kNew };

  NewRef() {
    for (int i = 0; i < 10; ++i)
      line.push_back(On(line.empty() ? std::vector<ObjectId>{} : std::vector{line.back()},
                        {{"a", std::to_string(i)}}));
    world.SetRef("refs/heads/main", line.back());
    const ObjectId staged = On({line.back()}, {{"b", "1"}});
    tips = {line.back(), line[5], On({staged}, {{StagingLog(), Passed(staged)}})};
  }

  ObjectId On(const std::vector<ObjectId>& parents, const Files& adds) {
    return world.Commit({.parents = parents, .adds = adds});
  }

  /// Judges it; gives the answer and how often history was asked for it.
  std::pair<std::string, int> Push(Kind kind) {
    const int before = world.history_asked();
    const std::string told = Told(Judge({"refs/heads/release/new", std::nullopt, tips[kind]}));
    return {told, world.history_asked() - before};
  }

  std::vector<ObjectId> line, tips;
};

struct ManyRefs : testing::TestWithParam<NewRef::Kind> {
  static void SetRefs(NewRef& push, const std::string& prefix, int count) {
    for (int i = 0; i < count; ++i)
      push.world.SetRef(prefix + std::to_string(i), push.line[static_cast<size_t>(i) % 4]);
  }
};
INSTANTIATE_TEST_SUITE_P(NewRefs, ManyRefs,
                         testing::Values(NewRef::kTip, NewRef::kInHistory, NewRef::kNew));

TEST_P(ManyRefs, ANewRefAmongTenThousandAsksHistoryAsOftenAsOneAmongTen) {
  for (const char* prefix : {"refs/heads/topic/", "refs/heads/release/", "refs/tags/v"}) {
    NewRef few, many;
    SetRefs(few, prefix, 10);
    SetRefs(many, prefix, 10'000);
    EXPECT_EQ(few.Push(GetParam()), many.Push(GetParam())) << prefix;
  }
}

struct ProtectedRefsTest : testing::Test, NewRef {
  ObjectId On(const ObjectId& parent, const std::string& text) {
    return NewRef::On({parent}, {{"c", text}});
  }
  bool Contain(const ObjectId& commit) {
    const Rules by = rules();
    const World ports = world.ports();
    return ProtectedRefs(by, ports).Contain(commit);
  }
};

TEST_F(ProtectedRefsTest, WhatLandedIsFoundWithoutALookAtAnyOtherRef) {
  for (int i = 0; i < 100; ++i)
    world.SetRef("refs/heads/release/" + std::to_string(i), On(line[0], std::to_string(i)));
  const int before = world.history_asked();
  EXPECT_TRUE(Contain(line[3]));
  EXPECT_LE(world.history_asked() - before, 2);
}

TEST_F(ProtectedRefsTest, ContainTheHistoryOfEachOfThem) {
  const ObjectId fix = On(line[0], "fix");
  EXPECT_FALSE(Contain(fix));
  world.SetRef("refs/heads/topic", On(fix, "more"));
  EXPECT_FALSE(Contain(fix));
  world.SetRef("refs/heads/release/1", On(fix, "release"));
  EXPECT_TRUE(Contain(fix));
}

TEST_F(ProtectedRefsTest, DoNotContainTheDefaultBranchWhereItIsNotProtected) {
  policy().protected_refs = {"release/*"};
  EXPECT_FALSE(Contain(line[3]));
}

TEST_F(ProtectedRefsTest, AThousandNewRefsAskAboutTheOldOnesOnce) {
  policy().protected_refs = {"main", "refs/tags/v*"};
  for (int i = 0; i < 50; ++i)
    world.SetRef("refs/tags/v" + std::to_string(i), world.Tag(On(line[0], std::to_string(i))));
  std::vector<RefUpdate> updates;
  for (int i = 0; i < 1'000; ++i)
    updates.push_back({"refs/tags/v-new-" + std::to_string(i), std::nullopt, line.back()});
  const int before = world.history_asked();
  for (const UpdateReport& report : Judge(updates)) EXPECT_EQ(Told(report), "ALLOW cut");
  EXPECT_LE(world.history_asked() - before, 1'100);  // each update is peeled once
}

}  // namespace
}  // namespace gates
