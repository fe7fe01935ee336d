#include "gates/core/guard.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "gates/core/world.h"

namespace gates {
namespace {

TEST(Guard, GivesWhatTheWorkFound) {
  EXPECT_TRUE(Guard([] { return std::vector<Finding>{}; }).empty());
  const auto findings = Guard([] { return std::vector{MakeFinding(Code::kStaleCode, "stale")}; });
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, Code::kStaleCode);
}

TEST(Guard, AWorldErrorKeepsItsCodeItsRemedyAndItsObject) {
  const auto findings = Guard([]() -> std::vector<Finding> {
    throw WorldError(Code::kRepositoryUnsupported, "reftable", "use files", "abc");
  });
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, Code::kRepositoryUnsupported);
  EXPECT_EQ(findings[0].weight, Weight::kCannotEvaluate);
  EXPECT_EQ(findings[0].message, "reftable");
  EXPECT_EQ(findings[0].remedy, "use files");
  EXPECT_EQ(findings[0].sha, "abc");
}

TEST(Guard, WhatTheWorldCannotTellIsNotBlockedButNotEvaluated) {
  const auto findings = Guard([]() -> std::vector<Finding> {
    throw WorldError(Code::kWriterUntrusted, "nobody can tell");
  });
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].weight, Weight::kCannotEvaluate);
}

TEST(Guard, AnythingElseThatIsThrownIsInternalAndNeverNothing) {
  const auto findings =
      Guard([]() -> std::vector<Finding> { throw std::runtime_error("disk on fire"); });
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, Code::kInternal);
  EXPECT_EQ(findings[0].weight, Weight::kCannotEvaluate);
  EXPECT_EQ(findings[0].found, "disk on fire");
}

}  // namespace
}  // namespace gates
