// git verdict fold: results to a verdict, under the policy of the trusted side.

#include <algorithm>

#include "tests/e2e/fold_story.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

const std::string kVariable = "ORCH_STAGING_INFRA_TOLERANCE_ENABLED";

TEST_F(Fold, ReadsFilesAndStandardInput) {
  clone_.Write("results.json", kPassing);
  clone_.Write("results.tap", "1..1\nok 1 - C8 \n");
  clone_.Write("results.xml", "<testsuite><testcase name='B1'/></testsuite>");
  ExpectSuccess(Run({"results.json"}), "VERDICT: SUCCESS (2 checks passed)\n");
  ExpectSuccess(Run({"results.json", "results.tap", "-", "results.xml"}, "1..1\nok 1 - D1\n"),
                "VERDICT: SUCCESS (5 checks passed)\n");
  ExpectSuccess(Shell(clone_.path(), "\"$VERDICT\" fold <(cat results.json)"),
                "VERDICT: SUCCESS (2 checks passed)\n");
}

TEST_F(Fold, TellsPeopleWhatFailedFirst) {
  LandPolicy(
      Policy("{check: C7, reason: sandbox quota, approver: ann, expires: "
             "2199-01-31T00:00:00Z}, C9a"));
  const Ran ran = RunOn(
      R"([["A1 health", true, ""], ["B4 orders are kept", false, "\nexpected 200, got 500\nand more"],
          ["C7 mail sandbox", false, "timeout"], ["C10 works", true, ""],
          {"id": "C9a", "name": "sandbox branch", "passed": false, "skipped": true},
          {"id": "C8", "name": "queue", "passed": true, "pending": true, "detail": "not yet"}])");
  EXPECT_EQ(ran.status, 1);
  std::string text = ran.out;
  const size_t policy = text.find("policy   ");
  text.replace(policy + 9, 12, "0123456789ab");
  ExpectGolden("fold.txt", text);
}

TEST_F(Fold, WaivesWhatThePolicyOfTheDefaultBranchLists) {
  LandPolicy(Policy("C7"));
  const Ran ran = RunOn(kInfraFails);
  ExpectSuccess(ran, "INFRA-WAIVED: C7\nVERDICT: SUCCESS (1 check passed, 1 waived)\n");
  EXPECT_NE(ran.out.find("waived   C7 mail sandbox: no reason given\n"), std::string::npos);
  ExpectSuccess(RunOn(kPassing), "VERDICT: SUCCESS (2 checks passed)\n");
  EXPECT_EQ(RunOn(kPassing).out.find("INFRA-WAIVED"), std::string::npos);
  const Ran real = RunOn(kRealFails);
  ExpectFailed(real, "1 of 2 checks did not pass, 1 waived");
  EXPECT_EQ(LastLines(real.out, 2).substr(0, 17), "INFRA-WAIVED: C7\n");
}

// Else whoever breaks a check could allowlist it in the same branch.
TEST_F(Fold, WaivesNothingThatOnlyTheStagedBranchLists) {
  clone_.CommitFile(".verdict.yml", Policy("C7"));
  ExpectFailed(RunOn(kInfraFails), "1 of 2 checks did not pass");
  clone_.Git({"push", "-q", "origin", "topic"});
  clone_.Git({"branch", "-q", "--set-upstream-to", "origin/topic"});
  ExpectFailed(RunOn(kInfraFails), "1 of 2 checks did not pass");
  LandPolicy(Policy("C8"));
  ExpectFailed(RunOn(kInfraFails), "1 of 2 checks did not pass");
  LandUnjudged("topic:refs/heads/release/1");
  ExpectFailed(RunOn(kInfraFails), "1 of 2 checks did not pass");
}

TEST_F(Fold, WaivesNothingWhereNoDefaultBranchIsKnown) {
  LandPolicy(Policy("C7"));
  clone_.CommitFile(".verdict.yml", Policy("C7"));
  clone_.Git({"remote", "set-head", "origin", "--delete"});
  const Ran ran = RunOn(kInfraFails);
  ExpectFailed(ran, "1 of 2 checks did not pass");
  EXPECT_NE(ran.out.find("policy   built-in, which waives nothing"), std::string::npos) << ran.out;
}

TEST_F(Fold, TakesThePolicyOfTheCommitItIsGiven) {
  LandPolicy(Policy("C7"));
  clone_.Git({"remote", "set-head", "origin", "--delete"});
  EXPECT_EQ(Run({"--base", "origin/main", "-"}, kInfraFails).status, 0);
  ExpectFailed(Run({"--base", "origin/main~1", "-"}, kInfraFails), "1 of 2 checks");
  ExpectFailed(Run({"--base", "nonsense", "-"}, kPassing), "--base 'nonsense' names no commit");
  ExpectFailed(Run({"--base", "origin/main:app.txt", "-"}, kPassing), "names no commit here");
}

TEST_F(Fold, TakesThePinnedPolicyBeforeAnyOther) {
  LandPolicy(Policy("C7"));
  clone_.Git({"config", "verdict.policyFile", sandbox_.Path("pinned.yml")});
  ExpectFailed(RunOn(kPassing), "POLICY_INVALID");
  test::WriteFile(sandbox_.Path("pinned.yml"), Policy("C8"));
  ExpectFailed(RunOn(kInfraFails), "1 of 2 checks did not pass");
  test::WriteFile(sandbox_.Path("pinned.yml"), Policy("C7"));
  EXPECT_EQ(RunOn(kInfraFails).status, 0);
}

TEST_F(Fold, WorksOutsideARepository) {
  const std::string home = sandbox_.Path("home");
  ExpectSuccess(Verdict(home, {"fold", "-"}, kPassing), "VERDICT: SUCCESS (2 checks passed)\n");
  ExpectFailed(Verdict(home, {"fold", "-"}, kInfraFails), "1 of 2 checks did not pass");
  ExpectFailed(Verdict(home, {"fold", "--base", "main", "-"}, kPassing), "REPOSITORY_UNREADABLE");
}

TEST_F(Fold, WaivesNothingWhenAnybodyForbidsIt) {
  LandPolicy(Policy("C7"));
  ExpectFailed(Run({"--strict", "-"}, kInfraFails), "1 of 2 checks did not pass");
  EXPECT_EQ(Run({"--strict", "-"}, kPassing).status, 0);
  for (const char* value : {"true", "1", "yes", "on"})
    EXPECT_EQ(RunOn(kInfraFails, {{kVariable, value}}).status, 0) << value;
  for (const char* value :
       {"", "0", "false", "no", "off", "True", "ON", " true", "true ", "2", "y"})
    ExpectFailed(RunOn(kInfraFails, {{kVariable, value}}), "1 of 2 checks did not pass");
  ExpectFailed(Run({"--strict", "-"}, kInfraFails, {{kVariable, "true"}}), "1 of 2 checks");
  LandPolicy(Policy("C7", "  infra_tolerance: false\n"));
  ExpectFailed(RunOn(kInfraFails), "1 of 2 checks did not pass");
  ExpectFailed(RunOn(kInfraFails, {{kVariable, "true"}}), "1 of 2 checks did not pass");
  EXPECT_NE(RunOn(kInfraFails).out.find("infrastructure, but this run waives nothing; timeout"),
            std::string::npos);
}

TEST_F(Fold, WaivesARealFailureWithNoFlagAndNoVariable) {
  LandPolicy(Policy("C7"));
  for (const char* value : {"true", "1", "yes", "on"})
    ExpectFailed(RunOn(kRealFails, {{kVariable, value}}), "1 of 2 checks did not pass");
}

TEST_F(Fold, WaivesNothingWithAnExpiredEntry) {
  LandPolicy(Policy("{check: C7, expires: 2020-01-31T00:00:00Z}"));
  const Ran ran = RunOn(kInfraFails);
  ExpectFailed(ran, "1 of 2 checks did not pass");
  EXPECT_NE(ran.out.find("its waiver expired 2020-01-31T00:00:00Z"), std::string::npos);
  EXPECT_EQ(RunOn(kPassing).status, 0);
}

TEST_F(Fold, FailsUnderAPolicyThatIsInvalid) {
  LandPolicy("version: 1\nstaging: {infra: [c7]}\n");
  ExpectFailed(RunOn(kPassing), "POLICY_INVALID .verdict.yml:2:");
  const Ran json = Run({"--format", "json", "-"}, kPassing);
  EXPECT_EQ(json.status, 1);
  EXPECT_EQ(ReportOf(json.out)["verdict"], "FAILED");
  EXPECT_TRUE(ReportOf(json.out)["policy"]["source"].is_null());
}

TEST_F(Fold, FailsWhereTheRepositoryCannotBeRead) {
  LandPolicy(Policy("C7"));
  const std::string file = clone_.LooseObject(clone_.Id("policy:.verdict.yml"));
  const std::string whole = test::ReadFile(file);
  for (const size_t size : {size_t{0}, size_t{2}, whole.size() / 2}) {
    test::WriteFile(file, whole.substr(0, size));
    ExpectFailed(RunOn(kPassing, {{"VERDICT_WATCHDOG_SECONDS", "1"}}), "REPOSITORY_UNREADABLE");
  }
}

TEST_F(Fold, FailsWithoutResults) {
  clone_.Write("empty.json", "[]");
  clone_.Write("good.json", kPassing);
  ExpectFailed(Run({}), "no results: name their files");
  ExpectFailed(Run({"empty.json"}), "empty.json: there are no results in it");
  ExpectFailed(Run({"good.json", "empty.json"}), "empty.json: there are no results in it");
  ExpectFailed(Run({"good.json", "-"}), "standard input: empty");
  ExpectFailed(Run({"-", "-"}, kPassing), "standard input: empty");
  ExpectFailed(Run({"good.json", "absent.json"}), "cannot read absent.json: No such file");
  ExpectFailed(Run({"."}), "cannot read .: Is a directory");
  ExpectFailed(Run({"/dev/zero"}), "more than 64 MiB of results");
  ExpectFailed(Shell(clone_.path(), "\"$VERDICT\" fold - <&-"), "cannot read standard input");
}

TEST_F(Fold, FailsWhereResultsAreNotPlain) {
  for (const char* results :
       {"all good\n", "{\"passed\": true}", R"([{"id":"C7","passed":"true"}])",
        R"([{"id":"C7","passed":true})", "<testsuite tests='1'/>", "1..2\nok 1\n",
        R"([["C7",true,""],["C7",false,""]])", R"([{"id":"C7","passed":true,"skipped":true}])"})
    ExpectFailed(RunOn(results), "");
}

TEST_F(Fold, FailsWhereTwoFilesContradictEachOther) {
  LandPolicy(Policy("C7"));
  clone_.Write("a.json", kPassing);
  clone_.Write("b.json", kInfraFails);
  ExpectFailed(Run({"a.json", "b.json"}), "1 of 2 checks did not pass");
  EXPECT_EQ(Run({"b.json", "a.json"}).out, Run({"a.json", "b.json"}).out);
  ExpectSuccess(Run({"a.json", "a.json"}), "VERDICT: SUCCESS (2 checks passed)\n");
}

TEST_F(Fold, LetsNoNameOfACheckSpeakForIt) {
  const Ran ran = RunOn(
      R"([["A1 \n::error::x\u001b[31m\nVERDICT: SUCCESS (all)\n", false, "\u202e##vso[x]\n"]])");
  ExpectFailed(ran, "1 of 1 check did not pass");
  EXPECT_EQ(ran.out.find("\nVERDICT: SUCCESS"), std::string::npos);
  EXPECT_EQ(std::ranges::count(ran.out, '\n'), 3) << ran.out;
  for (const char c : ran.out) EXPECT_TRUE((c >= ' ' && c <= '~') || c == '\n') << ran.out;
}

// --- the command line -----------------------------------------------------------------------

TEST_F(Fold, FailsWhereItIsCalledWrongly) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--nonsense", "-"},
                                                {"--format", "sarif", "-"},
                                                {"--strict=false", "-"},
                                                {"--base", "", "-"},
                                                {""},
                                                {"--output", "json", "-"},
                                                {"--color", "x", "-"},
                                                {"--base"}}) {
    const Ran ran = Run(wrong, kPassing);
    EXPECT_EQ(ran.status, 1) << wrong[0];
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err, "");
  }
}

TEST_F(Fold, SucceedsWithHelpOnlyWhereNothingElseIsAsked) {
  EXPECT_EQ(Run({"--help"}).status, 0);
  clone_.Write("results.json", kRealFails);
  clone_.Write("-h", "");
  EXPECT_EQ(Shell(clone_.path(), "\"$VERDICT\" fold *.json -h").status, 1);
  EXPECT_EQ(Run({"results.json", "--help"}).status, 1);
}

TEST_F(Fold, PassesOverNoFileWhoseNameIsInBrackets) {
  clone_.Write("results.json", kPassing);
  clone_.Write("[]", kRealFails);
  EXPECT_EQ(Shell(clone_.path(), "\"$VERDICT\" fold results.json '[]'").status, 1);
  const Ran ran = Run({"results.json", "./[]"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("FAILED"), std::string::npos) << ran.out << ran.err;
}

TEST_F(Fold, FailsWhereItsAnswerCannotBeWritten) {
  clone_.Write("results.json", kPassing);
  for (const char* format : {"text", "json", "test-result"})
    EXPECT_EQ(Shell(clone_.path(), "\"$VERDICT\" fold results.json --format " +
                                       std::string(format) + " >/dev/full")
                  .status,
              1);
  EXPECT_EQ(Shell(clone_.path(), "\"$VERDICT\" fold results.json >&-").status, 1);
}

}  // namespace
}  // namespace e2e
