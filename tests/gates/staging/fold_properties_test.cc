// What holds for folding whatever the results and the policy are.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "gates/staging/fold.h"
#include "tests/support/property.h"

namespace gates {
namespace {

using test::Holds;

/// Few ids, so that they meet: in the policy, in each other's results.
std::string AnId() {
  return *rc::gen::elementOf(std::vector<std::string>{"A1", "C7", "C8", "C9a", "C10", "orders"});
}

CheckResult AResult() {
  return {AnId(), *rc::gen::elementOf(std::vector<std::string>{"a name", "another"}),
          *rc::gen::weightedElement<Outcome>({{8, Outcome::kPassed},
                                              {3, Outcome::kFailed},
                                              {2, Outcome::kSkipped},
                                              {1, Outcome::kUnknown}}),
          *rc::gen::elementOf(std::vector<std::string>{"", "timeout", "got 500"})};
}

constexpr std::int64_t kNow = 1'800'000'000;

InfraCheck AnEntry() {
  InfraCheck entry{AnId(), "quota", "ann", std::nullopt};
  if (*rc::gen::arbitrary<bool>()) entry.expires = kNow + *rc::gen::inRange(-2, 3);
  return entry;
}

std::vector<CheckResult> SomeResults() {
  return *rc::gen::container<std::vector<CheckResult>>(rc::gen::exec(AResult));
}

/// A rule as the policy reader gives it: no id twice.
StagingRule ARule() {
  StagingRule rule;
  for (const InfraCheck& entry :
       *rc::gen::container<std::vector<InfraCheck>>(rc::gen::exec(AnEntry)))
    if (std::ranges::find(rule.infra, entry.check, &InfraCheck::check) == rule.infra.end())
      rule.infra.push_back(entry);
  rule.infra_tolerance = *rc::gen::weightedElement<bool>({{4, true}, {1, false}});
  return rule;
}

Tolerance ATolerance() {
  return *rc::gen::element(Tolerance::kTolerant, Tolerance::kTolerant, Tolerance::kStrict);
}

bool Passes(const std::vector<CheckResult>& results, const StagingRule& rule,
            Tolerance tolerance = Tolerance::kTolerant) {
  return Fold(results, rule, tolerance, kNow).passed;
}

bool IsAllowlisted(const std::string& id, const StagingRule& rule) {
  return std::ranges::find(rule.infra, id, &InfraCheck::check) != rule.infra.end();
}

// All that a fold says, as text.
std::string Told(const Folded& folded) {
  std::string told = std::to_string(folded.passed) + folded.reason;
  const auto add = [&](const CheckResult& check) {
    told += "\n" + check.id + "," + check.name + "," + check.detail +
            std::to_string(static_cast<int>(check.outcome));
  };
  for (const CheckResult& check : folded.checks) add(check);
  for (const Waived& waived : folded.waived) add(waived.check), told += waived.allowed_by.check;
  for (const Counted& counted : folded.failed) add(counted.check), told += counted.why;
  return told;
}

TEST(FoldProperties, AddingAResultTurnsNoFailureIntoSuccess) {
  EXPECT_TRUE(Holds("a result more", [] {
    std::vector<CheckResult> results = SomeResults();
    const StagingRule rule = ARule();
    RC_PRE(!results.empty() && !Passes(results, rule));
    results.push_back(AResult());
    RC_ASSERT(!Passes(results, rule));
  }));
}

TEST(FoldProperties, AddingAFailureNeverHelps) {
  EXPECT_TRUE(Holds("a failure more", [] {
    std::vector<CheckResult> results = SomeResults();
    const StagingRule rule = ARule();
    const bool passed = Passes(results, rule);
    CheckResult failure = AResult();
    RC_PRE(failure.outcome != Outcome::kPassed && !results.empty());
    const bool is_real = !IsAllowlisted(failure.id, rule);
    results.push_back(failure);
    RC_ASSERT(!Passes(results, rule) || (passed && !is_real));
  }));
}

TEST(FoldProperties, AWaiverMoreNeverHelpsARealFailure) {
  EXPECT_TRUE(Holds("a waiver more", [] {
    std::vector<CheckResult> results = SomeResults();
    StagingRule rule = ARule();
    CheckResult failure = AResult();
    if (failure.outcome == Outcome::kPassed) failure.outcome = Outcome::kFailed;
    results.push_back(failure);
    std::erase_if(rule.infra, [&](const InfraCheck& entry) { return entry.check == failure.id; });
    for (InfraCheck entry = AnEntry(); rule.infra.size() < 4; entry = AnEntry())
      if (entry.check != failure.id) rule.infra.push_back(entry);
    RC_ASSERT(!Passes(results, rule, ATolerance()));
  }));
}

TEST(FoldProperties, TheOrderOfResultsAndOfThePolicyDoesNotMatter) {
  EXPECT_TRUE(Holds("another order", [] {
    std::vector<CheckResult> results = SomeResults();
    StagingRule rule = ARule();
    const Tolerance tolerance = ATolerance();
    const std::string told = Told(Fold(results, rule, tolerance, kNow));
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    std::ranges::shuffle(results, random);
    std::ranges::shuffle(rule.infra, random);
    RC_ASSERT(Told(Fold(results, rule, tolerance, kNow)) == told);
  }));
}

TEST(FoldProperties, SuccessIsExactlyThatEveryCheckPassedOrMayBeWaived) {
  EXPECT_TRUE(Holds("success", [] {
    const std::vector<CheckResult> results = SomeResults();
    const StagingRule rule = ARule();
    const Tolerance tolerance = ATolerance();
    bool all_well = !results.empty();
    for (const CheckResult& result : results) {
      const auto entry = std::ranges::find(rule.infra, result.id, &InfraCheck::check);
      const bool tolerated = tolerance == Tolerance::kTolerant && rule.infra_tolerance &&
                             entry != rule.infra.end() &&
                             (!entry->expires || kNow < *entry->expires);
      const bool known = result.outcome != Outcome::kUnknown;
      all_well = all_well && (result.outcome == Outcome::kPassed || (tolerated && known));
      for (const CheckResult& other : results)
        all_well = all_well && (other.id != result.id || other.outcome == result.outcome);
    }
    RC_ASSERT(Passes(results, rule, tolerance) == all_well);
  }));
}

TEST(FoldProperties, StrictnessAndTimeOnlyEverTighten) {
  EXPECT_TRUE(Holds("tighten", [] {
    const std::vector<CheckResult> results = SomeResults();
    const StagingRule rule = ARule();
    const bool passed = Passes(results, rule);
    RC_ASSERT(passed || !Passes(results, rule, Tolerance::kStrict));
    const std::int64_t later = kNow + *rc::gen::inRange(0, 5);
    RC_ASSERT(passed || !Fold(results, rule, Tolerance::kTolerant, later).passed);
  }));
}

TEST(FoldProperties, EveryCheckIsToldOfOnce) {
  EXPECT_TRUE(Holds("once", [] {
    const std::vector<CheckResult> results = SomeResults();
    const Folded folded = Fold(results, ARule(), ATolerance(), kNow);
    std::set<std::string> ids;
    for (const CheckResult& result : results) ids.insert(result.id);
    RC_ASSERT(folded.checks.size() == ids.size());
    const auto passed = std::ranges::count(folded.checks, Outcome::kPassed, &CheckResult::outcome);
    RC_ASSERT(static_cast<size_t>(passed) + folded.waived.size() + folded.failed.size() ==
              ids.size());
  }));
}

}  // namespace
}  // namespace gates
