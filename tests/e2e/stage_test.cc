// `git verdict stage` on the sample suite and its service: what passes, what fails,
// what is waived, and what a run says while it goes on.

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/e2e/stage_story.h"

namespace e2e {
namespace {

class StageTest : public StageStory {
 protected:
  /// A repository whose main lets the sandbox's checks fail, and where we stage.
  void AllowInfra(const std::string& entries = "[C9a, C9b]") {
    repo_ = GitRepo::Init(sandbox_);
    repo_->CommitFile(".verdict.yml", "version: 1\nstaging: {infra: " + entries + "}\n");
    directory_ = repo_->path();
  }

  std::optional<GitRepo> repo_;
};

TEST_F(StageTest, OfAServiceThatIsWellIsSuccess) {
  StartSample();
  const Ran ran = StageSample();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(LastLine(ran.out), "VERDICT: SUCCESS (18 checks passed)");
  EXPECT_EQ(InResults("A1"), "passed");
  EXPECT_EQ(InResults("C9b"), "passed");
}

// Each check of the sample notices what it is there for, and nothing else does.
TEST_F(StageTest, OfOneBrokenRealCheckIsFailedWhicheverItIs) {
  for (const char* id : {"A1", "A2", "A3", "A4", "A5", "B4", "B5", "B6", "C7", "C8"}) {
    StartSample({id});
    const Ran ran = StageSample();
    EXPECT_EQ(ran.status, 1) << id;
    EXPECT_EQ(LastLine(ran.out), "VERDICT: FAILED (1 of 18 checks did not pass)") << id << ran.out;
    EXPECT_NE(InResults(id), "passed");
  }
}

TEST_F(StageTest, WaivesOnlyWhatTheTrustedSideLists) {
  AllowInfra();
  StartSample({"C9a", "C9b"});
  const Ran waived = StageSample({"--base", "main"});
  EXPECT_EQ(waived.status, 0) << waived.out;
  EXPECT_NE(waived.out.find("INFRA-WAIVED: C9a, C9b\nVERDICT: SUCCESS (16 checks passed, 2 waived"),
            std::string::npos)
      << waived.out;
  const Ran strict = StageSample({"--base", "main", "--strict"});
  EXPECT_EQ(strict.status, 1);
  EXPECT_EQ(LastLine(strict.out), "VERDICT: FAILED (2 of 18 checks did not pass)");
  const Ran forbidden =
      StageSample({"--base", "main"}, {{"ORCH_STAGING_INFRA_TOLERANCE_ENABLED", "no"}});
  EXPECT_EQ(forbidden.status, 1);
  StartSample({"C9a", "B4"});
  const Ran real = StageSample({"--base", "main"});
  EXPECT_EQ(real.status, 1);
  EXPECT_EQ(LastLine(real.out), "VERDICT: FAILED (1 of 18 checks did not pass, 1 waived)");
}

TEST_F(StageTest, WhoseServiceIsDownFailsEachCheckForThatReason) {
  const Ran ran = StageSample();
  EXPECT_EQ(ran.status, 1);
  for (const char* id : {"A1", "A4", "B4", "C7", "C9b"})
    EXPECT_EQ(InResults(id).substr(0, 29), "no answer: Failed to connect ") << InResults(id);
  EXPECT_EQ(LastLine(ran.out), "VERDICT: FAILED (12 of 18 checks did not pass)") << ran.out;
}

TEST_F(StageTest, RunsTheChecksOfItsModeAndTellsOfTheOthers) {
  StartSample({"C7", "C9a"});
  const Ran ran = StageSample({"--mode", "stub"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(ran.out.substr(0, ran.out.find('\n')),
            "not run  C7, C8, C9a, C9b: not in this mode (stub)");
  EXPECT_EQ(LastLine(ran.out), "VERDICT: SUCCESS (14 checks passed)");
  EXPECT_EQ(InResults("C7"), "not in the results");
}

TEST_F(StageTest, WithoutAnyCheckInItsModeIsFailed) {
  const Ran ran =
      Stage(SuiteOf({"{id: A1, name: n, run: ['true'], modes: [full]}"}), {"--mode", "stub"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("suite.yml: no check belongs to the mode stub\n"), std::string::npos)
      << ran.err;
}

TEST_F(StageTest, PrintsALineForEachCheckAsItEnds) {
  StartSample({"B4"});
  const Ran ran = StageSample();
  EXPECT_NE(ran.err.find("\nPASS C1 runs as staging 0."), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("\nFAIL B4 the registry holds our services only: /services holds "
                         "besides \"production-billing\"\n"),
            std::string::npos)
      << ran.err;
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 18);
  EXPECT_EQ(ran.err.find('\x1b'), std::string::npos);
}

TEST_F(StageTest, ShowsOnATerminalWhatRuns) {
  test::WriteFile(sandbox_.Path("suite.yml"), SuiteOf({"{id: A1, name: n, run: [sleep, '0.3']}"}));
  const Ran ran = Shell(sandbox_.Path(),
                        "script -qec '\"$VERDICT\" stage --suite suite.yml --mode full "
                        "--base-url http://127.0.0.1:1' /dev/null");
  EXPECT_NE(ran.out.find("\r\x1b[Krunning A1\r\x1b[KPASS A1 n 0."), std::string::npos) << ran.out;
}

TEST_F(StageTest, RunsTheChecksOfAGroupSideBySideAndGroupsInTurn) {
  const std::string first =
      "{id: A1, name: n, run: [sh, -c, 'touch a; i=0; until [ -e b ]; do sleep 0.1; done']}";
  const std::string second =
      "{id: A2, name: n, run: [sh, -c, 'until [ -e a ]; do sleep 0.1; done; "
      "touch b']}";
  const Ran ran = Stage(SuiteOf({first, second}) +
                        "  - name: next\n    checks:\n"
                        "      - {id: A3, name: n, run: [test, -e, b]}\n");
  EXPECT_EQ(ran.status, 0) << ran.out;
  const Ran alone = Stage(
      "version: 1\ngroups:\n  - name: g\n    parallel: 1\n    checks:\n"
      "      - {id: A1, name: n, run: [sh, -c, 'sleep 0.5; touch c']}\n"
      "      - {id: A2, name: n, run: [test, -e, c]}\n");
  EXPECT_EQ(alone.status, 0) << alone.out;
}

TEST_F(StageTest, FailsWhatTheWholeRunHasNoTimeFor) {
  const Ran ran = Stage(
      "version: 1\ngroups:\n  - name: g\n    parallel: 1\n    checks:\n"
      "      - {id: A1, name: n, run: [sleep, '30']}\n"
      "      - {id: A2, name: n, run: ['true']}\n",
      {"--timeout", "1s"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(InResults("A1").find("did not end within "), std::string::npos) << InResults("A1");
  EXPECT_EQ(InResults("A2"), "the time of the whole run was up");
}

TEST_F(StageTest, AnswersInJson) {
  StartSample();
  const Ran ran = StageSample({"--format", "json"});
  const auto answer = nlohmann::json::parse(ran.out);
  EXPECT_EQ(answer["schema"], "git-verdict/fold/1");
  EXPECT_EQ(ran.status, 0);
}

TEST_F(StageTest, NeverLeavesTheResultsOfAnEarlierRun) {
  const std::string earlier = sandbox_.Path("results.json");
  test::WriteFile(earlier, "[[\"A1 all\", true, \"\"]]");
  EXPECT_EQ(Stage(SuiteOf({"{id: A1}"})).status, 1);
  EXPECT_EQ(Verdict(sandbox_.Path(), {"fold", earlier}).status, 1);
  test::WriteFile(earlier, "[[\"A1 all\", true, \"\"]]");
  EXPECT_EQ(Stage(SuiteOf({"{id: A1, name: n, run: ['true']}"}), {"--base", "nonsense"}).status, 1);
  std::filesystem::remove(earlier);
  std::filesystem::create_directory(earlier);
  const Ran ran = Stage(SuiteOf({"{id: A1, name: n, run: ['true']}"}));
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("is no ordinary file"), std::string::npos) << ran.out << ran.err;
}

// Before anything runs: what became of the checks would be lost.
TEST_F(StageTest, ResultsNeverTakeThePlaceOfTheSuiteAndNeedAFolder) {
  test::WriteFile(sandbox_.Path("s.yml"), SuiteOf({"{id: A1, name: n, run: [touch, ran]}"}));
  for (const auto& [results, why] :
       {std::pair{"s.yml", "--results names the suite"},
        std::pair{"./s.yml", "--results names the suite"},
        std::pair{"none/r.json", "none/r.json is in no folder that is there"}}) {
    const Ran ran = Verdict(sandbox_.Path(), {"stage", "--suite", "s.yml", "--base-url", "http://h",
                                              "--mode", "full", "--results", results});
    EXPECT_EQ(ran.status, 1) << results;
    EXPECT_NE((ran.out + ran.err).find(why), std::string::npos) << ran.out << ran.err;
    EXPECT_TRUE(std::filesystem::exists(sandbox_.Path("s.yml"))) << results;
    EXPECT_FALSE(std::filesystem::exists(sandbox_.Path("ran"))) << results;
  }
}

TEST_F(StageTest, NamesThePlaceOfWhatIsWrongWithASuite) {
  const Ran ran = Stage(SuiteOf({"{id: A1, name: n, run: [x], shell: true}"}));
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(InResults("staging run").find("suite.yml:5:37: unknown key in a check, found shell"),
            std::string::npos)
      << InResults("staging run");
  EXPECT_EQ(LastLine(ran.out), "VERDICT: FAILED (1 of 1 check did not pass)");
}

// No allowlist can name the run itself.
TEST_F(StageTest, AFaultOfTheRunIsNeverWaived) {
  AllowInfra("[A1]");
  const Ran ran = Stage(SuiteOf({"{id: A1, name: n}"}), {"--base", "main"});
  EXPECT_EQ(ran.status, 1);
  test::WriteFile(sandbox_.Path("policy.yml"), "version: 1\nstaging: {infra: ['staging run']}\n");
  EXPECT_EQ(Verdict(sandbox_.Path(), {"policy", "check", "policy.yml"}).status, 2);
}

TEST_F(StageTest, RefusesOptionsThatSayNothing) {
  const std::vector<std::vector<std::string>> cases = {
      {},
      {"--suite", "s.yml"},
      {"--suite", "s.yml", "--base-url", "http://u:p@h", "--mode", "full"},
      {"--suite", "s.yml", "--base-url", "h", "--mode", "full"},
      {"--suite", "s.yml", "--base-url", "http://h"},
      {"--suite", "s.yml", "--base-url", "http://h", "--mode", "all"},
      {"--suite", "s.yml", "--base-url", "http://h", "--mode", "full", "--exec-in", "-x"},
      {"--suite", "s.yml", "--base-url", "http://h", "--mode", "full", "--exec-in=--privileged"},
      {"--suite", "s.yml", "--base-url", "http://h", "--mode", "full", "--engine", "docker"},
      {"--suite", "s.yml", "--base-url", "http://h", "--mode", "full", "--timeout", "0"},
      {"--suite", "s.yml", "--base-url", "http://h", "--mode", "full", "--format", "test-result"},
      {"--suite", "none.yml", "--base-url", "http://h", "--mode", "full"}};
  for (std::vector<std::string> options : cases) {
    options.insert(options.begin(), "stage");
    EXPECT_EQ(Verdict(sandbox_.Path(), options).status, 1) << options.back();
  }
}

}  // namespace
}  // namespace e2e
