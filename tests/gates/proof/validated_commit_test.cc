#include "gates/proof/validated_commit.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;
using test::Passed;
using test::PassedAt;
using test::StagingLog;

// 1970-01-12T13:46:40Z is when the commits of these tests are made.
const std::string kLater = "1970-01-13T00:00:00Z";

struct ValidatedCommitTest : testing::Test {
  tl::expected<ValidatedCommit, Finding> Find(const ObjectId& tip) {
    const Rules rules = landing.rules();
    test::FakeBench on(world);
    const Change change = MakeChange(rules, on.bench, base, tip);
    const auto found = FindVerdictLog(RootOf(change.landing), "ORCH-1",
                                      *rules.policy().FindGate("staging"), rules, on.bench.reader);
    if (!found || !*found) throw std::logic_error("the test has no log");
    return FindValidatedCommit(change, **found, landing.asked.validated);
  }

  /// "inferred <id>", or the code and the message of what speaks against it.
  std::string Told(const ObjectId& tip) {
    const auto found = Find(tip);
    if (found) return std::string(Name(found->by)) + " " + found->commit.id.hex();
    EXPECT_EQ(found.error().code, Code::kVerdictUnbound);
    EXPECT_EQ(found.error().path, StagingLog());
    EXPECT_GT(found.error().line, 0);
    return "VERDICT_UNBOUND: " + found.error().message;
  }
  std::string Inferred(const ObjectId& id) { return "inferred " + id.hex(); }

  ObjectId On(const std::vector<ObjectId>& parents, const Files& adds,
              const std::string& message = "x") {
    return world.Commit({.parents = parents, .adds = adds, .message = message});
  }

  test::StagedLanding landing;
  test::FakeWorld& world = landing.world;
  ObjectId base = landing.base, staged = landing.staged;
  const Files log{{StagingLog(), PassedAt(kLater)}};
};

TEST_F(ValidatedCommitTest, IsTheOneThatTheLogNames) {
  EXPECT_EQ(Told(On({staged}, {{StagingLog(), Passed(staged)}})), "named " + staged.hex());
}

TEST_F(ValidatedCommitTest, IsTheOneThatIsGivenWhereTheLogNamesNone) {
  landing.asked.validated = staged;
  EXPECT_EQ(Told(On({staged}, log)), "given " + staged.hex());
}

TEST_F(ValidatedCommitTest, NamedAndGivenMustAgree) {
  landing.asked.validated = staged;
  EXPECT_EQ(Told(On({staged}, {{StagingLog(), Passed(staged)}})), "named " + staged.hex());
  landing.asked.validated = base;
  EXPECT_TRUE(Told(On({staged}, {{StagingLog(), Passed(staged)}}))
                  .starts_with("VERDICT_UNBOUND: the log names"));
}

TEST_F(ValidatedCommitTest, ThatIsNoCommitIsUnbound) {
  for (const ObjectId& odd : {world.Blob("x"), world.Tree({}), world.Tag(staged)})
    EXPECT_EQ(Told(On({staged}, {{StagingLog(), Passed(odd)}})),
              "VERDICT_UNBOUND: validated_sha names an object that is no commit");
  landing.asked.validated = world.Blob("x");
  EXPECT_TRUE(Told(On({staged}, log)).starts_with("VERDICT_UNBOUND"));
}

TEST_F(ValidatedCommitTest, ThatIsNotHereThrowsObjectMissing) {
  const ObjectId elsewhere = world.Commit({.files = Files{{"z", ""}}});
  world.Lose(elsewhere);
  try {
    Find(On({staged}, {{StagingLog(), Passed(elsewhere)}}));
    FAIL() << "a commit was bound that is not here";
  } catch (const WorldError& error) {
    EXPECT_EQ(error.code, Code::kObjectMissing);
    EXPECT_NE(error.remedy, "");
  }
}

TEST_F(ValidatedCommitTest, MustBeNamedOrGivenWherePolicyAsksForIt) {
  landing.policy().validated_sha = ValidatedSha::kRequired;
  EXPECT_EQ(Told(On({staged}, log)), "VERDICT_UNBOUND: policy asks for validated_sha in every log");
  EXPECT_EQ(Told(On({staged}, {{StagingLog(), Passed(staged)}})), "named " + staged.hex());
  landing.asked.validated = staged;
  EXPECT_EQ(Told(On({staged}, log)), "given " + staged.hex());
}

TEST_F(ValidatedCommitTest, IsInferredAsTheParentOfTheCommitThatSetTheLog) {
  EXPECT_EQ(Told(On({staged}, log)), Inferred(staged));
}

TEST_F(ValidatedCommitTest, IsInferredThroughCommitsThatKeepTheLog) {
  const ObjectId setter = On({staged}, log);
  EXPECT_EQ(Told(On({On({setter}, {{"src/a", "3"}})}, {{"src/a", "4"}})), Inferred(staged));
}

TEST_F(ValidatedCommitTest, ALaterWriterOfTheSameBytesIsTheSetter) {
  const ObjectId first = On({staged}, log);
  const ObjectId other = On({first}, {{StagingLog(), test::kFailed}});
  EXPECT_EQ(Told(On({other}, log)), Inferred(other));
}

TEST_F(ValidatedCommitTest, IsInferredThroughAMergeThatHasTheLogFromOneSide) {
  const ObjectId setter = On({staged}, log);
  EXPECT_EQ(Told(On({base, setter}, {{"src/a", "2"}, *log.begin()})), Inferred(staged));
}

TEST_F(ValidatedCommitTest, IsInferredThroughAMergeWhoseSidesHaveItFromOneSetter) {
  const ObjectId setter = On({staged}, log);
  EXPECT_EQ(Told(On({On({setter}, {{"l", ""}}), On({setter}, {{"r", ""}})}, {})), Inferred(staged));
}

TEST_F(ValidatedCommitTest, SeveralSettersMayGiveOneCommit) {
  EXPECT_EQ(Told(On({On({staged}, log, "left"), On({staged}, log, "right")}, {})),
            Inferred(staged));
}

TEST_F(ValidatedCommitTest, SeveralSettersThatGiveTwoCommitsNameNone) {
  const ObjectId other = On({base}, {{"src/a", "3"}});
  EXPECT_EQ(Told(On({On({staged}, log), On({other}, log)}, {})),
            "VERDICT_UNBOUND: the log was set on several commits, so it names none");
}

TEST_F(ValidatedCommitTest, ASetterWithTwoParentsNamesNone) {
  EXPECT_EQ(Told(On({staged, On({base}, {{"b", ""}})}, log)),
            "VERDICT_UNBOUND: the log was set by a commit that has not one parent");
}

TEST_F(ValidatedCommitTest, ASetterWithoutAParentNamesNone) {
  const ObjectId root = world.Commit({.files = log});
  EXPECT_EQ(Told(On({staged, root}, log)),
            "VERDICT_UNBOUND: the log was set by a commit that has not one parent");
}

TEST_F(ValidatedCommitTest, ASetterThatChangesCodeNamesNone) {
  const ObjectId setter = On({staged}, {*log.begin(), {"src/a", "3"}});
  EXPECT_EQ(Told(setter),
            "VERDICT_UNBOUND: commit " + setter.hex12() + " sets the log and changes code with it");
}

TEST_F(ValidatedCommitTest, ASetterMayChangeOtherEvidence) {
  EXPECT_EQ(Told(On({staged}, {*log.begin(), {test::DeployLog(), test::kDeployFailed}})),
            Inferred(staged));
}

TEST_F(ValidatedCommitTest, ALogThatTheBaseHoldsWasSetBefore) {
  base = On({base}, log);
  EXPECT_EQ(Told(On({base}, {{"src/a", "2"}})),
            "VERDICT_UNBOUND: this log was set before what is landing");
}

TEST_F(ValidatedCommitTest, ASetterInTheRangeDoesNotHelpWhereAnotherPathLeavesIt) {
  base = On({base}, log);
  const ObjectId setter = On({staged}, log);
  EXPECT_EQ(Told(On({base, setter}, log)),
            "VERDICT_UNBOUND: this log was set before what is landing");
}

TEST_F(ValidatedCommitTest, ALogWithoutAReadableTimestampNamesNone) {
  for (const std::string& text : {std::string("---\nstaging_status: SUCCESS\n---\n"),
                                  PassedAt("yesterday"), PassedAt("[1970-01-13]")})
    EXPECT_EQ(Told(On({staged}, {{StagingLog(), text}})),
              "VERDICT_UNBOUND: the log has neither validated_sha nor a readable timestamp");
}

TEST_F(ValidatedCommitTest, ALogIsNotOlderThanWhatItValidates) {
  EXPECT_EQ(Told(On({staged}, {{StagingLog(), PassedAt("1970-01-12T13:46:40Z")}})),
            Inferred(staged));
  EXPECT_EQ(
      Told(On({staged}, {{StagingLog(), PassedAt("1970-01-12T13:46:39Z")}})),
      "VERDICT_UNBOUND: the log is older than commit " + staged.hex12() + ", which it follows");
}

TEST_F(ValidatedCommitTest, ALogOfAnotherModeIsNotTheSameLog) {
  const ObjectId odd = On({staged}, {{StagingLog(), test::Executable(PassedAt(kLater))}});
  EXPECT_EQ(Told(On({odd}, log)), "VERDICT_UNBOUND: commit " + On({odd}, log).hex12() +
                                      " sets the log and changes code with it");
}

}  // namespace
}  // namespace gates
