#include "gates/stages.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

TEST(Stages, AreEndedByGatesThatEveryPolicyHas) {
  const Policy policy = BuiltInPolicy();
  for (const Stage& stage : AllStages()) EXPECT_NE(policy.FindGate(stage.gate), nullptr);
}

TEST(Stages, AreWrittenWithThePolicysTokensAndAsComments) {
  Policy policy = BuiltInPolicy();
  policy.gates.at(1).pass = "GREEN";
  policy.gates.at(1).fail = "RED";
  const std::string text = WriteStages(policy);
  EXPECT_EQ(text,
            "# the stages of a work item (`git verdict status`), and what ends them:\n"
            "#   deploy-staging: staging SUCCESS -> deploy, FAILED -> development\n"
            "#   deploy: deploy GREEN -> done, RED -> development\n");
  EXPECT_TRUE(ReadPolicy(WritePolicy(policy) + text).has_value());
}

}  // namespace
}  // namespace gates
