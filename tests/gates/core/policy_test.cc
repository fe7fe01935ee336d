#include "gates/core/policy.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gates {
namespace {

TEST(BuiltInPolicy, RequiresStagingAndNothingElse) {
  const Policy policy = BuiltInPolicy();
  EXPECT_TRUE(policy.FindGate("staging")->required);
  EXPECT_EQ(std::ranges::count_if(policy.gates, &GateRule::required), 1);
  EXPECT_EQ(policy.FindGate("staging")->file, "15-staging-log.md");
  EXPECT_EQ(policy.FindGate("deploy")->key, "deploy_status");
  EXPECT_EQ(policy.FindGate("review")->pass, "APPROVED");
  EXPECT_EQ(policy.FindGate("docs"), nullptr);
}

TEST(BuiltInPolicy, IsWhatItsOwnFileSays) {
  const auto read = ReadPolicy(WritePolicy(BuiltInPolicy()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(WritePolicy(*read), WritePolicy(BuiltInPolicy()));
}

TEST(WritePolicy, WritesEveryKeySoThatItIsReadBackTheSame) {
  Policy policy = BuiltInPolicy();
  policy.protected_refs = {"HEAD", "refs/tags/v*", "it's"};
  policy.root = "work items/all";
  policy.id = R"([A-Z]+'\d+)";
  policy.trailer = "Work-Item";
  policy.require_trailer = true;
  policy.gates[0].required = false;
  policy.gates.push_back({"security", "16-'scan'.md", "security.status", "CLEAN", "DIRTY", true});
  policy.validated_sha = ValidatedSha::kRequired;
  policy.landing = Landing::kExact;
  policy.exempt = {"docs/**", "*.md"};
  policy.staging.infra = {{"C7", "", "", {}}, {"C9a", "no quota, 'yet'", "ann", 1801353600}};
  policy.staging.infra_tolerance = false;
  const auto read = ReadPolicy(WritePolicy(policy));
  ASSERT_TRUE(read) << read.error().message << ": " << read.error().found;
  EXPECT_EQ(read->protected_refs, policy.protected_refs);
  EXPECT_EQ(read->root, policy.root);
  EXPECT_EQ(read->id, policy.id);
  EXPECT_EQ(read->trailer, policy.trailer);
  EXPECT_TRUE(read->require_trailer);
  EXPECT_EQ(read->FindGate("staging")->required, false);
  EXPECT_EQ(read->FindGate("security")->file, "16-'scan'.md");
  EXPECT_EQ(read->FindGate("security")->fail, "DIRTY");
  EXPECT_EQ(read->validated_sha, ValidatedSha::kRequired);
  EXPECT_EQ(read->landing, Landing::kExact);
  EXPECT_EQ(read->exempt, policy.exempt);
  ASSERT_EQ(read->staging.infra.size(), 2u);
  EXPECT_EQ(read->staging.infra[0].check, "C7");
  EXPECT_EQ(read->staging.infra[1].reason, "no quota, 'yet'");
  EXPECT_EQ(read->staging.infra[1].approver, "ann");
  EXPECT_EQ(read->staging.infra[1].expires, 1801353600);
  EXPECT_FALSE(read->staging.infra_tolerance);
}

}  // namespace
}  // namespace gates
