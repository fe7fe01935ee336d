#include "gates/trusted_side.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::FakeWorld;
using test::File;
using test::Files;

struct TrustedSideTest : testing::Test {
  ObjectId Holding(const std::string& policy) {
    return world.Commit({.files = Files{{".verdict.yml", policy}}});
  }
  tl::expected<Landing, Finding> LandingFor(const Trust& trust,
                                            const std::optional<ObjectId>& base) {
    const World ports = world.ports();
    TrustedSides sides(trust, ports);
    const auto side = sides.For(base);
    if (!side) return tl::unexpected(side.error());
    return (*side)->rules.policy().landing;
  }

  static Trust In(const ObjectId& policy_commit) {
    Trust trust;
    trust.policy_commit = policy_commit;
    return trust;
  }
  static Trust Requiring(const ObjectId& policy_commit, std::vector<std::string> gates) {
    Trust trust = In(policy_commit);
    trust.required_gates = std::move(gates);
    return trust;
  }

  FakeWorld world;
  ObjectId exact = Holding("landing: exact\n"), replay = Holding("landing: replay\n");
  ObjectId broken = Holding("landing: perhaps\n");
};

TEST_F(TrustedSideTest, IsThePolicyCommitWhateverTheBase) {
  EXPECT_EQ(LandingFor(In(exact), replay), Landing::kExact);
  EXPECT_EQ(LandingFor(In(exact), broken), Landing::kExact);
  EXPECT_EQ(LandingFor(In(exact), std::nullopt), Landing::kExact);
}

TEST_F(TrustedSideTest, IsTheBaseWhereNoPolicyCommitIsKnown) {
  EXPECT_EQ(LandingFor({}, exact), Landing::kExact);
  EXPECT_EQ(LandingFor({}, world.Tag(exact)), Landing::kExact);
}

TEST_F(TrustedSideTest, IsBuiltInWhereThereIsNeither) {
  EXPECT_EQ(LandingFor({}, std::nullopt), Landing::kReplay);
  EXPECT_EQ(LandingFor({}, world.Blob("x")), Landing::kReplay);
}

TEST_F(TrustedSideTest, IsThePinnedPolicyBeforeAllElse) {
  Trust trust = In(broken);
  trust.pinned = SourcedPolicy{BuiltInPolicy(), {"file", std::nullopt}};
  trust.pinned->policy.landing = Landing::kExact;
  EXPECT_EQ(LandingFor(trust, replay), Landing::kExact);
}

TEST_F(TrustedSideTest, ThatIsBrokenCannotBeEvaluated) {
  const auto landing = LandingFor(In(broken), exact);
  ASSERT_FALSE(landing);
  EXPECT_EQ(landing.error().code, Code::kPolicyInvalid);
  EXPECT_EQ(landing.error().weight, Weight::kCannotEvaluate);
  EXPECT_EQ(landing.error().sha, broken.hex());
}

TEST_F(TrustedSideTest, InAMalformedTreeCannotBeEvaluated) {
  for (const ObjectId& odd :
       {world.Commit({.tree = world.MalformedTree()}),
        world.Commit({.files = Files{{".verdict.yml", "version: 1\n"}, {".VERDICT.yml", "x"}}})}) {
    const auto landing = LandingFor(In(odd), exact);
    ASSERT_FALSE(landing);
    EXPECT_EQ(landing.error().code, Code::kTreeMalformed);
    EXPECT_EQ(landing.error().weight, Weight::kCannotEvaluate);
  }
}

TEST_F(TrustedSideTest, ThatIsNotHereThrows) {
  world.Lose(exact);
  EXPECT_THROW(LandingFor(In(exact), replay), WorldError);
}

TEST_F(TrustedSideTest, GatesThatAreAskedForAreRequired) {
  const World ports = world.ports();
  TrustedSides sides(Requiring(exact, {"deploy"}), ports);
  const auto side = sides.For(std::nullopt);
  ASSERT_TRUE(side);
  EXPECT_TRUE((*side)->rules.policy().FindGate("deploy")->required);
  EXPECT_TRUE((*side)->rules.policy().FindGate("staging")->required);
}

TEST_F(TrustedSideTest, AGateThatThePolicyDoesNotHaveCannotBeAskedFor) {
  const auto landing = LandingFor(Requiring(exact, {"stagin"}), exact);
  ASSERT_FALSE(landing);
  EXPECT_EQ(landing.error().code, Code::kInputMalformed);
  EXPECT_EQ(landing.error().weight, Weight::kCannotEvaluate);
  EXPECT_EQ(landing.error().found, "stagin");
}

TEST_F(TrustedSideTest, IsReadOnceForEachCommit) {
  const World ports = world.ports();
  TrustedSides sides({}, ports);
  const auto first = sides.For(exact);
  const int reads = world.trees_read();
  EXPECT_EQ(*sides.For(exact), *first);
  EXPECT_EQ(world.trees_read(), reads);
  EXPECT_NE(*sides.For(replay), *first);
}

TEST_F(TrustedSideTest, SaysWhereThePolicyCameFrom) {
  const World ports = world.ports();
  Trust trust = In(exact);
  trust.default_branch = "refs/heads/trunk";
  TrustedSides sides(trust, ports);
  const auto side = sides.For(std::nullopt);
  EXPECT_EQ((*side)->origin.source, exact.hex() + ":.verdict.yml");
  EXPECT_TRUE((*side)->rules.IsProtected("refs/heads/trunk"));
}

}  // namespace
}  // namespace gates
