#include "gates/staging/fold.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gates {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

CheckResult Passed(const std::string& id) { return {id, id + " name", Outcome::kPassed, ""}; }
CheckResult Failed(const std::string& id) { return {id, id + " name", Outcome::kFailed, "no"}; }
CheckResult Skipped(const std::string& id) { return {id, id + " name", Outcome::kSkipped, "off"}; }

InfraCheck Entry(const std::string& id, std::optional<std::int64_t> expires = std::nullopt) {
  return {id, "sandbox quota", "ann", expires};
}

/// Folds where C7 and C9a may be waived.
Folded FoldWithInfra(const std::vector<CheckResult>& results,
                     Tolerance tolerance = Tolerance::kTolerant) {
  return Fold(results, {{Entry("C7"), Entry("C9a")}, true}, tolerance, kNow);
}

std::string Told(const Folded& folded) {
  return (folded.passed ? "SUCCESS (" : "FAILED (") + folded.reason + ")";
}

std::string WhyOf(const Folded& folded) {
  return folded.failed.size() == 1 ? folded.failed[0].why : "not one failure";
}

TEST(Fold, OfPassedChecksIsSuccess) {
  EXPECT_EQ(Told(FoldWithInfra({Passed("A1")})), "SUCCESS (1 check passed)");
  EXPECT_EQ(Told(FoldWithInfra({Passed("A1"), Passed("C7"), Passed("orders")})),
            "SUCCESS (3 checks passed)");
}

TEST(Fold, OfNothingIsFailed) {
  EXPECT_EQ(Told(FoldWithInfra({})), "FAILED (there are no results)");
  EXPECT_FALSE(Folded{}.passed);
  EXPECT_EQ(Told(FoldedFault("no file")), "FAILED (no file)");
}

TEST(Fold, OfARealFailureIsFailedWhateverElseIsThere) {
  for (const Tolerance tolerance : {Tolerance::kTolerant, Tolerance::kStrict})
    for (const CheckResult& real : {Failed("C2"), Failed("orders"), Failed("C9"), Failed("C9b"),
                                    Failed("c7"), Failed("C7 "), Failed("")}) {
      const Folded folded = FoldWithInfra({Passed("A1"), real, Failed("C7")}, tolerance);
      EXPECT_FALSE(folded.passed) << real.id;
      EXPECT_EQ(std::ranges::count(folded.failed, "a real check", &Counted::why), 1) << real.id;
    }
  EXPECT_EQ(Told(FoldWithInfra({Passed("A1"), Failed("C2"), Failed("C7")})),
            "FAILED (1 of 3 checks did not pass, 1 waived)");
}

TEST(Fold, WaivesFailuresOfAllowlistedChecks) {
  const Folded folded = FoldWithInfra({Passed("A1"), Failed("C9a"), Skipped("C7")});
  EXPECT_EQ(Told(folded), "SUCCESS (1 check passed, 2 waived)");
  ASSERT_EQ(folded.waived.size(), 2U);
  EXPECT_EQ(folded.waived[0].check.id, "C7");
  EXPECT_EQ(folded.waived[1].check.id, "C9a");
  EXPECT_EQ(folded.waived[1].allowed_by.reason, "sandbox quota");
  EXPECT_EQ(folded.checks.size(), 3U);
}

TEST(Fold, WaivesNothingWithoutTolerance) {
  const Folded strict = FoldWithInfra({Passed("A1"), Failed("C7")}, Tolerance::kStrict);
  EXPECT_EQ(Told(strict), "FAILED (1 of 2 checks did not pass)");
  EXPECT_EQ(WhyOf(strict), "infrastructure, but this run waives nothing");
  const Folded by_policy =
      Fold({Passed("A1"), Failed("C7")}, {{Entry("C7")}, false}, Tolerance::kTolerant, kNow);
  EXPECT_EQ(Told(by_policy), "FAILED (1 of 2 checks did not pass)");
  EXPECT_EQ(WhyOf(by_policy), "infrastructure, but this run waives nothing");
}

TEST(Fold, WaivesNothingWhenTheWaiverHasExpired) {
  const auto fold_at = [](std::int64_t now) {
    return Fold({Failed("C7")}, {{Entry("C7", kNow)}, true}, Tolerance::kTolerant, now);
  };
  EXPECT_TRUE(fold_at(kNow - 1).passed);
  EXPECT_FALSE(fold_at(kNow).passed);
  EXPECT_EQ(WhyOf(fold_at(kNow)), "its waiver expired 2027-01-15T08:00:00Z");
  EXPECT_TRUE(Fold({Passed("C7")}, {{Entry("C7", kNow)}, true}, Tolerance::kTolerant, kNow).passed)
      << "a waiver that nobody needs may be old";
}

TEST(Fold, CountsSkippedChecksThatAreReal) {
  EXPECT_FALSE(FoldWithInfra({Passed("A1"), Skipped("C2")}).passed);
}

TEST(Fold, TakesAnAnswerThatComesTwiceForOne) {
  const Folded folded =
      FoldWithInfra({Failed("C7"), {"C7", "C7 another name", Outcome::kFailed, "why"}});
  EXPECT_EQ(Told(folded), "SUCCESS (0 checks passed, 1 waived)");
  EXPECT_EQ(folded.checks[0].detail, "no\nwhy");
  EXPECT_EQ(folded.checks[0].name, "C7 another name");
}

TEST(Fold, WaivesNoContradiction) {
  for (const CheckResult& other : {Passed("C7"), Skipped("C7")}) {
    const Folded folded = FoldWithInfra({Passed("A1"), Failed("C7"), other});
    EXPECT_EQ(Told(folded), "FAILED (1 of 2 checks did not pass)");
    EXPECT_EQ(WhyOf(folded), "its results contradict each other");
    EXPECT_EQ(folded.checks[1].outcome, Outcome::kFailed);
  }
  EXPECT_FALSE(FoldWithInfra({Passed("A1"), Passed("C2"), Failed("C2")}).passed);
}

TEST(Fold, WaivesNoCheckWhoseOutcomeIsNotKnown) {
  const Folded folded = FoldWithInfra({Passed("A1"), {"C7", "C7", Outcome::kUnknown, ""}});
  EXPECT_FALSE(folded.passed);
  EXPECT_EQ(WhyOf(folded), "what became of it is not known");
}

TEST(Fold, ListsChecksAsPeopleCount) {
  std::string ids;
  for (const CheckResult& check :
       FoldWithInfra({Passed("orders"), Passed("C10"), Passed("C9b"), Passed("C9a"), Passed("B1"),
                      Passed("C9"), Passed("Zebra"), Passed("C100"), Passed("A2")})
           .checks)
    ids += check.id + " ";
  EXPECT_EQ(ids, "A2 B1 C9 C9a C9b C10 C100 Zebra orders ");
}

}  // namespace
}  // namespace gates
