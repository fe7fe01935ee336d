// Signed logs in pushes of many landings, and however a log came to land.

#include <gtest/gtest.h>

#include "gates/writers.h"
#include "tests/gates/writers.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;
using test::Told;
using test::Words;
using test::Writers;

TEST_F(Writers, SquashRebaseAndMergeKeepASignature) {
  const Files files = Signed(Log(staged));
  const ObjectId moved = On(base, {{"other", "1"}}, "Elsewhere");
  Files whole = files;
  whole.insert({"src/a", "2"});
  EXPECT_EQ(Land(base, On(base, whole, "Squash\n\nRefs: ORCH-1\n")), "ALLOW exact");
  EXPECT_EQ(Land(moved, On(On(moved, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n"), files)),
            "ALLOW replay");
  EXPECT_EQ(Land(moved, world.Commit({.parents = {moved, Then(files)}, .adds = whole})),
            "ALLOW replay");
}

TEST_F(Writers, ALogIsAskedAboutOnceForAPushOfManyLandings) {
  ObjectId tip = base;
  constexpr int kLandings = 5;
  for (int i = 0; i < kLandings; ++i) {
    const std::string item = "ORCH-" + std::to_string(i + 1);
    tip = On(tip, {{"src/" + item, "1"}}, "Add\n\nRefs: " + item + "\n");
    tip = On(tip, Signed(Log(tip, {.item = item}), StagingLog(item)));
  }
  EXPECT_EQ(Land(base, tip), "ALLOW exact");
  EXPECT_EQ(world.signatures_asked(), kLandings);
}

TEST_F(Writers, OneBadSignatureAmongManyLandingsIsFound) {
  ObjectId tip = On(base, {{"src/b", "1"}}, "Add\n\nRefs: ORCH-2\n");
  tip = On(tip, Signed(Log(tip, {.item = "ORCH-2"}), StagingLog("ORCH-2"), "other-key"));
  tip = On(tip, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  EXPECT_EQ(Land(base, On(tip, Signed(Log(tip)))), "BLOCK WRITER_UNTRUSTED");
}

TEST_F(Writers, AMergeOfAProtectedRefBringsNoUnsignedLog) {
  const ObjectId made = On(base, {{"src/r", "1"}}, "Release\n\nRefs: REL-1\n");
  const ObjectId now = On(base, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  Files logs = Signed(Log(made, {.item = "REL-1"}), StagingLog("REL-1"));
  const auto merge_release = [&] {
    const ObjectId release = On(made, logs);
    world.SetRef("refs/heads/release/1", release);
    Files brought = logs;
    brought.insert({"src/r", "1"});
    return Land(now, world.Commit({.parents = {now, release}, .adds = brought}));
  };
  EXPECT_EQ(merge_release(), "ALLOW replay");
  logs.insert({StagingLog("REL-2"), kFailed});
  EXPECT_EQ(merge_release(), "BLOCK WRITER_UNSIGNED");
}

}  // namespace
}  // namespace gates
