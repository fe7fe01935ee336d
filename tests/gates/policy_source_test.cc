#include "gates/policy_source.h"

#include <gtest/gtest.h>

#include "tests/support/fake_world.h"

namespace gates {
namespace {

using test::FakeWorld;
using test::File;
using test::Files;

struct PolicySource : testing::Test {
  auto In(const Files& files) { return FindPolicy(Root{world.Tree(files), commit}, reader); }

  FakeWorld world;
  TreeReader reader{world};
  ObjectId commit = *ObjectId::FromHex("0123456789abcdef0123456789abcdef01234567");
};

TEST_F(PolicySource, IsTheFileAtTheRoot) {
  const auto policy = In({{".verdict.yml", "landing: exact\n"}});
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->policy.landing, Landing::kExact);
  EXPECT_EQ(policy->origin.source, "0123456789abcdef0123456789abcdef01234567:.verdict.yml");
  EXPECT_EQ(policy->origin.blob, world.Blob("landing: exact\n"));
}

TEST_F(PolicySource, IsBuiltInWhereThereIsNoFile) {
  const auto policy = In({{"docs/.verdict.yml", "landing: exact\n"}});
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->policy.landing, Landing::kReplay);
  EXPECT_EQ(policy->origin.source, "built-in");
  EXPECT_FALSE(policy->origin.blob);
}

TEST_F(PolicySource, ThatIsInvalidNamesTheCommitAndCannotBeEvaluated) {
  const auto policy = In({{".verdict.yml", "x: 1\n"}});
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().code, Code::kPolicyInvalid);
  EXPECT_EQ(policy.error().weight, Weight::kCannotEvaluate);
  EXPECT_EQ(policy.error().sha, commit.hex());
  EXPECT_EQ(policy.error().line, 1);
}

TEST_F(PolicySource, ThatIsNoOrdinaryFileIsInvalidAndNeverBuiltIn) {
  for (const File& odd : {test::Executable("version: 1\n"), test::Symlink("x"), test::Gitlink(),
                          File(Mode::kTree, world.Tree({{"x", ""}})),
                          File(Mode::kRegular, world.HugeBlob(64 * 1024 + 1))}) {
    const auto policy = In({{".verdict.yml", odd}});
    ASSERT_FALSE(policy);
    EXPECT_EQ(policy.error().code, Code::kPolicyInvalid);
    EXPECT_EQ(policy.error().path, ".verdict.yml");
    EXPECT_EQ(policy.error().sha, commit.hex());
  }
}

constexpr const char* kSigned = "writers: {allowed_signers: keys/signers}\n";

TEST_F(PolicySource, BringsItsSignersAlong) {
  const auto policy = In({{".verdict.yml", kSigned}, {"keys/signers", "ci key\n"}});
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->allowed_signers, "ci key\n");
  EXPECT_EQ(In({{".verdict.yml", "version: 1\n"}, {"keys/signers", "x"}})->allowed_signers, "");
}

TEST_F(PolicySource, WhoseSignersAreNoOrdinaryFileIsInvalid) {
  for (const File& odd : {test::Executable("ci key\n"), test::Symlink("x"), test::Gitlink(),
                          File(Mode::kTree, world.Tree({{"x", ""}})),
                          File(Mode::kRegular, world.HugeBlob(1024 * 1024 + 1))}) {
    const auto policy = In({{".verdict.yml", kSigned}, {"keys/signers", odd}});
    ASSERT_FALSE(policy);
    EXPECT_EQ(policy.error().code, Code::kPolicyInvalid);
    EXPECT_EQ(policy.error().weight, Weight::kCannotEvaluate);
    EXPECT_EQ(policy.error().path, "keys/signers");
    EXPECT_EQ(policy.error().sha, commit.hex());
  }
  EXPECT_FALSE(In({{".verdict.yml", kSigned}}));
  EXPECT_FALSE(In({{".verdict.yml", kSigned}, {"keys", "a file"}}));
}

TEST_F(PolicySource, WhoseSignersStandWhereALogMayStandIsInvalid) {
  const std::string log = "docs/work-items/ORCH-1/15-staging-log.md";
  for (const std::string& path : {log, log + ".sig"})
    EXPECT_FALSE(In({{".verdict.yml", "writers: {allowed_signers: " + path + "}\n"}, {path, "x"}}))
        << path;
}

}  // namespace
}  // namespace gates
