#include "tests/gates/staging/outcomes.h"

namespace gates {
namespace {

CheckResult OnlyResult(const std::string& text) {
  const auto results = ReadResults(text);
  EXPECT_TRUE(results && results->size() == 1) << OutcomesIn(text);
  return results && results->size() == 1 ? results->at(0) : CheckResult();
}

TEST(TapResults, AreTestPoints) {
  EXPECT_EQ(OutcomesIn("1..4\nok 1 - A1 health\nnot ok 2 - C7 sandbox\nok 3 plain words\nok\n"),
            "A1 passed; C7 failed; plain words passed; test 4 passed");
  const CheckResult result = OnlyResult("1..1\nnot ok 1 - C9a sandbox branch\n");
  EXPECT_EQ(result.id, "C9a");
  EXPECT_EQ(result.name, "C9a sandbox branch");
}

TEST(TapResults, MayBeOfAnyKnownVersion) {
  for (const std::string version : {"", "TAP version 12\n", "TAP version 13\n", "TAP version 14\n"})
    EXPECT_EQ(OutcomesIn(version + "1..1\nok 1 - C7\n"), "C7 passed");
  for (const std::string version : {"TAP version 15\n", "TAP version \n", "TAP version 13x\n"})
    ExpectRefused(version + "1..1\nok 1 - C7\n", "this version of TAP is not known");
}

TEST(TapResults, MayHaveTheirPlanAtTheEnd) {
  EXPECT_EQ(OutcomesIn("ok 1 - C7\nnot ok 2 - C8\n1..2\n"), "C7 passed; C8 failed");
}

TEST(TapResults, MayHaveCrLfLinesAndANoteOnThePlan) {
  EXPECT_EQ(OutcomesIn("TAP version 14\r\n1..1 # one\r\nok 1 - C7 x\r\n"), "C7 passed");
}

TEST(TapResults, MayStandBetweenOtherLines) {
  EXPECT_EQ(OutcomesIn("starting\n1..2\npragma +strict\nok 1 - C7\n# note\n\n"
                       "okay then\nnot okay\nok: fine\n2..3\n1..x\nok 2 - C8\ndone\n"),
            "C7 passed; C8 passed");
}

TEST(TapResults, MayComeInAnyOrderAndWithoutNumbers) {
  EXPECT_EQ(OutcomesIn("1..3\nok 2 - B\nok 3 - C\nok 1 - A\n"), "B passed; C passed; A passed");
  EXPECT_EQ(OutcomesIn("1..3\nok - A\nok 2 - B\nok - C\n"), "A passed; B passed; C passed");
}

TEST(TapResults, MustMeetTheirPlan) {
  ExpectRefused("ok 1 - C7\n", "the plan `1..N` is missing");
  ExpectRefused("1..2\nok 1 - C7\n", "the plan says 2 tests, 1 came");
  ExpectRefused("1..1\nok 1 - C7\nok 2 - C8\n", "the plan says 1 tests, 2 came");
  ExpectRefused("ok 1 - C7\nok 2 - C8\n1..1\n", "the plan says 1 tests, 2 came");
  ExpectRefused("1..0\nok 1 - C7\n", "the plan says 0 tests, 1 came");
  ExpectRefused("1..2\nok 1 - C7\nok 3 - C8\n", "the number of a test is not in the plan");
  ExpectRefused("1..1\nok 0 - C7\n", "the number of a test is not in the plan");
  ExpectRefused("1..2\nok 1 - C7\nok 1 - C8\n", "test 1 stands twice");
  ExpectRefused("1..1\n1..1\nok 1 - C7\n", "a second plan");
  ExpectRefused("ok 1 - C7\n1..1\nok 2 - C8\n", "a test behind the plan");
  ExpectRefused("1..18446744073709551617\nok 1 - C7\n", "the plan says 100001 tests, 1 came");
  ExpectRefused("1..1\nok 18446744073709551617 - C7\n", "the number of a test is not in the plan");
}

TEST(TapResults, ThatBailOutAreRefused) {
  ExpectRefused("1..1\nok 1 - C7\nBail out! no database\n", "Bail out! no database (TAP, line 3)");
  ExpectRefused("1..1\nok 1 - C7\nbail OUT!\n", "bail OUT!");
  ExpectRefused("1..1\n    ok 1\n    Bail out!\n    1..1\nok 1 - C7\n", "Bail out!");
}

TEST(TapResults, ThatAreSkippedOrToDoDidNotPass) {
  for (const std::string directive : {"# SKIP no network", "# skip", "# TODO later", "# todo",
                                      "#SKIP", "# Skipped: none", "\\\\# SKIP x", "#1 # SKIP x"}) {
    EXPECT_EQ(OutcomesIn("1..1\nok 1 - C7 x " + directive + "\n"), "C7 skipped") << directive;
    EXPECT_EQ(OutcomesIn("1..1\nnot ok 1 - C7 x " + directive + "\n"), "C7 failed") << directive;
  }
  EXPECT_EQ(OutcomesIn("1..1\nok 1 # SKIP\n"), "test 1 skipped");
  const CheckResult result = OnlyResult("1..1\nok 1 - C7 mail # SKIP no network\n");
  EXPECT_EQ(result.name, "C7 mail");
  EXPECT_EQ(result.detail, "SKIP no network");
}

TEST(TapResults, MayHoldAHashThatIsNoDirective) {
  for (const std::string words : {"C7 issue #42", "C7 \\# SKIP", "C7 # a comment", "C7 #"})
    EXPECT_EQ(OutcomesIn("1..1\nok 1 - " + words + "\n"), "C7 passed") << words;
  EXPECT_EQ(OnlyResult("1..1\nok 1 - C7 \\# SKIP \\\\ \\n\n").name, "C7 # SKIP \\ \\n");
}

TEST(TapResults, HaveTheirYamlBlockAsDetail) {
  const CheckResult result = OnlyResult(
      "1..1\nnot ok 1 - C7 x\n# seen\n  ---\n  message: got 500\n\n  at:\n    line: 3\n  ...\n");
  EXPECT_EQ(result.detail, "seen\nmessage: got 500\n\nat:\n  line: 3");
  EXPECT_EQ(OutcomesIn("1..1\nok 1 - C7\n  ---\n  1..9\n  not ok 2\n  Bail out!\n  ...\n"),
            "C7 passed");
}

TEST(TapResults, MustCloseTheirYamlBlock) {
  const std::string open = "1..2\nok 1 - C7\n  ---\n  message: x\n";
  ExpectRefused(open + "not ok 2 - C8\n  ...\n", "a YAML block is not closed (TAP, line 5)");
  ExpectRefused(open + "ok 2 - C8\n", "a YAML block is not closed");
  ExpectRefused(open, "a YAML block is not closed");
}

TEST(TapResults, HaveNoYamlBlockWhereNoTestStandsBefore) {
  ExpectRefused("1..1\n  ---\nok 1 - C7\n  ...\n  not ok 2\n", "the plan `1..N` is missing");
  ExpectRefused("1..1\nok 1 - C7\nwords\n  ---\n  not ok 2\n  ...\n", "plan `1..N` is missing");
}

TEST(TapResults, LoseNoFailureInASubtest) {
  EXPECT_EQ(
      OutcomesIn("1..1\n# Subtest: C7\n    1..2\n    ok 1 - a\n    not ok 2 - b\nok 1 - C7\n"),
      "a passed; b failed; C7 passed");
  EXPECT_EQ(OutcomesIn("ok 1 - a\n    ok 1 - b\n        not ok 1 - c\n        1..1\n"
                       "    ok 2 - d\n    1..2\nok 2 - e\n1..2\n"),
            "a passed; b passed; c failed; d passed; e passed");
  EXPECT_EQ(OutcomesIn("1..1\nok 1 - a\n    1..1\n    not ok 1 - b\n"), "a passed; b failed");
  EXPECT_EQ(OutcomesIn("1..1\n  1..1\n  not ok 1 - b\nok 1 - a\n"), "b failed; a passed");
}

TEST(TapResults, HoldEverySubtestToItsPlan) {
  ExpectRefused("1..1\n    ok 1 - a\nok 1 - b\n", "the plan `1..N` is missing");
  ExpectRefused("1..1\n    1..2\n    ok 1 - a\nok 1 - b\n", "the plan says 2 tests, 1 came");
  ExpectRefused("1..1\nok 1 - b\n    1..2\n    ok 1 - a\n", "the plan says 2 tests, 1 came");
  EXPECT_EQ(
      OutcomesIn("1..2\n    1..1\n    ok 1 - a\nok 1 - b\n    1..1\n    ok 1 - c\nok 2 - d\n"),
      "a passed; b passed; c passed; d passed");
}

TEST(TapResults, DoNotPassWithASubtestThatRanNothing) {
  EXPECT_EQ(OutcomesIn("1..2\n    1..0 # SKIP x\nok 1 - C7\nok 2 - C8\n"), "C7 skipped; C8 passed");
  EXPECT_EQ(OutcomesIn("1..1\n    1..0\nnot ok 1 - C7\n"), "C7 failed");
  ExpectRefused("1..1\nok 1 - C7\n    1..0\n", "a subtest without tests has no test of its own");
  ExpectRefused("ok 1 - C7\n    1..0\n1..1\n", "a subtest without tests has no test of its own");
}

TEST(TapResults, MayNotBeIndentedByTabsNorHoldACarriageReturn) {
  ExpectRefused("1..1\n\tnot ok 1 - a\nok 1 - b\n", "a tab or a carriage return");
  ExpectRefused("1..1\nok 1 - a\rnot ok 2 - b\n", "a tab or a carriage return");
}

TEST(TapResults, MayNotNestTooDeep) {
  std::string text = "1..1\nok 1\n";
  for (size_t depth = 1; depth < 40; ++depth)
    text += std::string(depth, ' ') + "1..1\n" + std::string(depth, ' ') + "ok 1\n";
  ExpectRefused(text, "too many subtests inside each other");
}

// With the plan in front: behind the last test nothing is missing.
TEST(TapResults, CutOffAnywhereBeforeTheEndAreRefused) {
  const std::string front = "TAP version 14\n1..2\nok 1 - C7\nok 2 - C8 # SKIP x\n";
  EXPECT_EQ(OutcomesIn(front), "C7 passed; C8 skipped");
  for (size_t size = 0; size < front.size(); ++size)
    EXPECT_FALSE(ReadResults(front.substr(0, size))) << size;
  const std::string behind = "ok 1 - C7\nok 2 - C8 # SKIP x\n1..2\n";
  for (size_t size = 0; size < behind.size(); ++size)
    EXPECT_FALSE(ReadResults(behind.substr(0, size))) << size;
}

}  // namespace
}  // namespace gates
