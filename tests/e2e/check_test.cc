// `git-verdict check`: what a CI job or a person asks before a merge.

#include <gtest/gtest.h>

#include "tests/e2e/report.h"
#include "tests/e2e/story.h"

namespace e2e {
namespace {

class Check : public Story {
 protected:
  Ran Run(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.begin(), "check");
    return Verdict(clone_.path(), arguments);
  }

  /// The headlines, once the exit code has been seen to agree with them.
  std::string Ask(const std::vector<std::string>& arguments = {}) const {
    const Ran ran = Run(arguments);
    const std::string headlines = Headlines(ran.out);
    const int expected = headlines.starts_with("ALLOW ")   ? 0
                         : headlines.starts_with("BLOCK ") ? 1
                                                           : 2;
    EXPECT_EQ(ran.status, expected) << ran.out << ran.err;
    EXPECT_EQ(ran.err, "");
    return headlines;
  }

  const std::string kUnnamed = "---\nstaging_status: SUCCESS\n---\n";
};

TEST_F(Check, AllowsWhatWasStaged) {
  const ObjectId landing = PrepareLanding();
  const Ran ran = Run();
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "ALLOW - " + landing.hex12() + " exact\n");
}

TEST_F(Check, BlocksWhatWasNot) {
  ChangeCode();
  EXPECT_EQ(Ask(), "BLOCK - VERDICT_MISSING");
}

TEST_F(Check, JudgesTheHeadItIsGiven) {
  const ObjectId landing = PrepareLanding();
  ChangeCode("three");
  EXPECT_EQ(Ask(), "BLOCK - STALE_CODE");
  EXPECT_EQ(Ask({"--head", landing.hex()}), "ALLOW - exact");
  EXPECT_EQ(Ask({"--head", "topic~1"}), "ALLOW - exact");
}

TEST_F(Check, JudgesOnTheBaseItIsGiven) {
  const ObjectId landing = PrepareLanding();
  EXPECT_EQ(Ask({"--base", landing.hex()}), "ALLOW - nothing-to-land");
  EXPECT_EQ(Ask({"--base", "topic~1"}), "ALLOW - evidence-only");
  EXPECT_EQ(Ask({"--base", "origin/main"}), "ALLOW - exact");
}

TEST_F(Check, NamesTheTarget) {
  PrepareLanding();
  EXPECT_EQ(Ask({"--ref", "main"}), "ALLOW refs/heads/main exact");
  EXPECT_EQ(Ask({"--ref", "refs/heads/main"}), "ALLOW refs/heads/main exact");
  EXPECT_EQ(Ask({"--ref", "topic"}), "ALLOW refs/heads/topic unprotected");
  EXPECT_EQ(Ask({"--ref", "Main"}), "BLOCK refs/heads/Main REF_FORBIDDEN");
}

TEST_F(Check, TakesNothingForATargetThatIsNoName) {
  ChangeCode();
  for (const std::string name : {"main ", "main\n", " main", "refs/heads/main\t", "ma*n", "main^",
                                 "main~1", "main:x", "ma\x1b[31min", "ma\\in", "[main"}) {
    const Ran ran = Run({"--ref", name});
    EXPECT_EQ(ran.status, 2) << name;
    EXPECT_EQ(ran.out, "") << name;
    EXPECT_EQ(ran.err.find("git-verdict: --ref '"), 0U) << ran.err;
  }
}

TEST_F(Check, AsksForTheItemsItIsGivenAsWell) {
  PrepareLanding();
  EXPECT_EQ(Ask({"--work-item", "WI-1"}), "ALLOW - exact");
  EXPECT_EQ(Ask({"--work-item", "WI-2"}), "BLOCK - VERDICT_MISSING");
  EXPECT_EQ(Ask({"--work-item", "WI-1", "--work-item", "WI-2"}), "BLOCK - VERDICT_MISSING");
}

TEST_F(Check, RefusesANameThatIsNoWorkItemWhateverLands) {
  const std::string base = clone_.Id("origin/main").hex(), item = "--work-item=";
  const ObjectId landing = PrepareLanding();
  RecordVerdict(clone_.Id("topic~1"), "FAILED");
  for (const char* id : {"../WI-1", "WI-1/../WI-2", "wi-1", "WI-1%2f", "WI-1\n", ".", "-1", "WI-",
                         "WI-1 WI-2", "\xd0\xa8I-1", "/etc"}) {
    EXPECT_EQ(Ask({item + id, "--head", landing.hex()}), "BLOCK - WORK_ITEM_INVALID") << id;
    EXPECT_EQ(Ask({item + id, "--head", base}), "BLOCK - WORK_ITEM_INVALID") << id;
    EXPECT_EQ(Ask({item + id, "--base", landing.hex()}), "BLOCK - WORK_ITEM_INVALID") << id;
    EXPECT_EQ(Ask({item + id, "--ref", "topic"}), "BLOCK refs/heads/topic WORK_ITEM_INVALID") << id;
  }
  EXPECT_EQ(Ask({"--head", base}), "ALLOW - nothing-to-land");
  EXPECT_EQ(Ask({"--base", landing.hex()}), "ALLOW - evidence-only");
}

TEST_F(Check, GivesAnItemToAChangeThatNamesNone) {
  const ObjectId validated = clone_.CommitFile("app.txt", "two\n");
  EXPECT_EQ(Ask(), "BLOCK - WORK_ITEM_NONE");
  RecordVerdict(validated);
  EXPECT_EQ(Ask({"--work-item", "WI-1"}), "ALLOW - exact");
}

TEST_F(Check, AsksForTheGatesItIsGivenAsWell) {
  PrepareLanding();
  EXPECT_EQ(Ask({"--require", "staging"}), "ALLOW - exact");
  EXPECT_EQ(Ask({"--require", "deploy"}), "BLOCK - VERDICT_MISSING");
  EXPECT_EQ(Ask({"--require", "staging", "--require", "review"}), "BLOCK - VERDICT_MISSING");
  EXPECT_EQ(Ask({"--require", "nonsense"}), "CANNOT-EVALUATE - INPUT_MALFORMED");
}

TEST_F(Check, BelievesTheValidatedCommitItIsGiven) {
  const ObjectId validated = ChangeCode();
  RecordLog(kUnnamed);
  EXPECT_EQ(Ask(), "BLOCK - VERDICT_UNBOUND");
  EXPECT_EQ(Ask({"--validated-sha", validated.hex()}), "ALLOW - exact");
  EXPECT_EQ(Ask({"--validated-sha", clone_.Id("origin/main").hex()}).substr(0, 14),
            "BLOCK - STALE_");
}

TEST_F(Check, WantsTheGivenAndTheNamedCommitToAgree) {
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated);
  EXPECT_EQ(Ask({"--validated-sha", validated.hex()}), "ALLOW - exact");
  EXPECT_EQ(Ask({"--validated-sha", clone_.Id("topic").hex()}), "BLOCK - VERDICT_UNBOUND");
}

TEST_F(Check, TakesAValidatedCommitByItsFullIdOnly) {
  const std::string id = ChangeCode().hex();
  RecordLog(kUnnamed);
  std::string upper = id;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  ASSERT_NE(upper, id);
  for (const std::string& text : {std::string("topic"), std::string("HEAD~1"), upper,
                                  id.substr(0, 12), id + "0", id + " ", id + "\n", " " + id}) {
    const Ran ran = Run({"--validated-sha", text});
    EXPECT_EQ(ran.status, 2) << text;
    EXPECT_EQ(ran.out, "") << text;
    EXPECT_EQ(ran.err.find("git-verdict: --validated-sha wants 40 lower-case hex digits"), 0U)
        << ran.err;
  }
}

TEST_F(Check, TakesNothingButACommitForTheValidatedOne) {
  const ObjectId validated = ChangeCode();
  RecordLog(kUnnamed);
  clone_.Git({"tag", "-a", "-m", "one", "v1", validated.hex()});
  for (const char* other : {"v1", "HEAD^{tree}", "HEAD:app.txt"})
    EXPECT_EQ(Ask({"--validated-sha", clone_.Id(other).hex()}), "BLOCK - VERDICT_UNBOUND") << other;
  EXPECT_EQ(Ask({"--validated-sha", std::string(40, 'a')}), "CANNOT-EVALUATE - OBJECT_MISSING");
}

TEST_F(Check, ReadsThePolicyFromTheCommitItIsTold) {
  clone_.CommitFile(".verdict.yml", "version: 1\nprotected: [trunk]\n");
  clone_.Git({"tag", "policy"});
  ChangeCode();
  EXPECT_EQ(Ask({"--ref", "main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(Ask({"--ref", "main", "--policy-from", "policy"}), "ALLOW refs/heads/main unprotected");
  EXPECT_EQ(Ask({"--policy-from", "nowhere"}), "CANNOT-EVALUATE - INPUT_MALFORMED");
}

TEST_F(Check, FindsItsBaseInTheDefaultBranch) {
  PrepareLanding();
  LandUnjudged("topic~1:refs/heads/elsewhere");
  EXPECT_EQ(ReportOf(Run({"--format", "json"}).out)["updates"][0]["base"],
            clone_.Id("origin/main").hex());
}

TEST_F(Check, FindsItsBaseInTheUpstream) {
  PrepareLanding();
  LandUnjudged("topic~1:refs/heads/release/1");
  clone_.Git({"branch", "-q", "--set-upstream-to=origin/release/1"});
  EXPECT_EQ(ReportOf(Run({"--format", "json"}).out)["updates"][0]["base"],
            clone_.Id("topic~1").hex());
}

TEST_F(Check, TakesTheBranchsOwnCopyOnTheServerForNoBase) {
  ChangeCode();
  clone_.Git({"push", "-q", "--set-upstream", "origin", "topic"});
  EXPECT_EQ(Ask(), "BLOCK - VERDICT_MISSING");
}

TEST_F(Check, FindsItsBaseInTheFirstParentOfAMerge) {
  PrepareLanding();
  const std::string main = clone_.Id("origin/main").hex();
  clone_.Git({"switch", "-q", "--detach", "origin/main"});
  clone_.Merge("topic");
  clone_.Git({"remote", "remove", "origin"});
  EXPECT_EQ(Ask(), "ALLOW - exact");
  EXPECT_EQ(ReportOf(Run({"--format", "json"}).out)["updates"][0]["base"], main);
}

TEST_F(Check, SaysWhatToDoWhereNothingTellsTheBase) {
  PrepareLanding();
  clone_.Git({"remote", "remove", "origin"});
  EXPECT_EQ(Ask(), "CANNOT-EVALUATE - INPUT_MALFORMED");
  EXPECT_NE(Run().out.find("fix: give --base REV"), std::string::npos) << Run().out;
}

TEST_F(Check, CannotEvaluateRevisionsThatAreNotThere) {
  PrepareLanding();
  EXPECT_EQ(Ask({"--base", "nowhere"}), "CANNOT-EVALUATE - INPUT_MALFORMED");
  EXPECT_EQ(Ask({"--head", "nowhere"}), "CANNOT-EVALUATE - INPUT_MALFORMED");
  EXPECT_EQ(Ask({"--head", std::string(40, 'a')}), "CANNOT-EVALUATE - OBJECT_MISSING");
}

TEST_F(Check, TakesAnEmptyValueForAMistake) {
  PrepareLanding();
  for (const char* option : {"--base", "--head", "--ref", "--work-item", "--require",
                             "--validated-sha", "--policy-from"}) {
    const Ran ran = Run({option, ""});
    EXPECT_EQ(ran.status, 2) << option;
    EXPECT_EQ(ran.out, "") << option;
    EXPECT_EQ(ran.err.find("git-verdict: " + std::string(option) + " is empty"), 0U) << ran.err;
  }
}

TEST_F(Check, ReportsInJsonWithEveryKeyInItsPlace) {
  PrepareLanding();
  const Ran allowed = Run({"--format", "json", "--ref", "main"});
  EXPECT_EQ(allowed.status, 0);
  ExpectReport(allowed.out);
  const Ran blocked = Run({"--format", "json", "--head", "topic~1"});
  EXPECT_EQ(blocked.status, 1);
  ExpectReport(blocked.out);
  const Ran failed = Run({"--format", "json", "--head", "nowhere"});
  EXPECT_EQ(failed.status, 2);
  ExpectReport(failed.out);
  EXPECT_EQ(ReportOf(failed.out)["findings"][0]["code"], "INPUT_MALFORMED");
}

TEST_F(Check, WritesReportsToFilesAsWell) {
  PrepareLanding();
  const std::string json = sandbox_.Path("report.json"), text = sandbox_.Path("report.txt");
  const Ran ran = Run({"--output", "json=" + json, "--output", "text=" + text});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(test::ReadFile(text), ran.out);
  EXPECT_EQ(test::ReadFile(json), Run({"--format", "json"}).out);
}

TEST_F(Check, AReportThatCannotBeWrittenIsExit2) {
  PrepareLanding();
  for (const char* file : {"json=/nonexistent/report", "json=/dev/full", "text=/"}) {
    const Ran ran = Run({"--output", file});
    EXPECT_EQ(ran.status, 2) << file;
    EXPECT_EQ(ran.err.find("git-verdict: cannot write the report to "), 0U) << ran.err;
  }
}

TEST_F(Check, HasTheGoldenWords) {
  ChangeCode();
  ExpectGolden("check-missing.txt", Run({"--ref", "main"}).out);
  ExpectGolden("check-missing.json", Run({"--ref", "main", "--format", "json"}).out);
  RecordVerdict(clone_.Id(), "FAILED");
  ExpectGolden("check-failed.txt", Run({"--ref", "main"}).out);
  ExpectGolden("check-failed.json", Run({"--ref", "main", "--format", "json"}).out);
  RecordVerdict(clone_.Id("topic~1"));
  ExpectGolden("check-allowed.txt", Run({"--ref", "main"}).out);
  ExpectGolden("check-allowed.json", Run({"--ref", "main", "--format", "json"}).out);
  ChangeCode("three");
  ExpectGolden("check-stale.txt", Run({"--ref", "main"}).out);
  ExpectGolden("check-stale.json", Run({"--ref", "main", "--format", "json"}).out);
  ExpectGolden("check-no-such-base.txt", Run({"--base", "nowhere"}).out);
  ExpectGolden("check-no-such-base.json", Run({"--base", "nowhere", "--format", "json"}).out);
}

/// Two doors, one answer.
class SameAnswer : public Check {
 protected:
  void ExpectSame(const std::string& ref) const {
    const std::string old = clone_.Id("origin/main").hex(), file = sandbox_.Path("hook.json");
    const Ran hook =
        Verdict(clone_.path(), {"hook", "pre-push", "--output", "json=" + file, "origin", "url"},
                "HEAD " + clone_.Id().hex() + " " + ref + " " + old + "\n");
    const Ran check = Run({"--base", "origin/main", "--ref", ref, "--format", "json"});
    EXPECT_EQ(hook.status, check.status) << hook.err << check.out;
    EXPECT_EQ(test::ReadFile(file), check.out);
    ExpectReport(check.out);
  }
};

TEST_F(SameAnswer, AtEveryDoor) {
  ExpectSame("refs/heads/main");
  ChangeCode();
  ExpectSame("refs/heads/main");
  ExpectSame("refs/heads/free");
  ExpectSame("refs/heads/Main");
  RecordVerdict(clone_.Id());
  ExpectSame("refs/heads/main");
  ExpectSame("refs/heads/release/1");
  ExpectSame("refs/tags/v1");
  clone_.CommitFile(".verdict.yml", "version: 2\n", "policy\n\nRefs: WI-1, WI-2");
  ExpectSame("refs/heads/main");
  LandUnjudged("topic:main");
  RecordVerdict(clone_.Id(), "FAILED");
  ExpectSame("refs/heads/main");
}

TEST_F(SameAnswer, InALinkedWorktreeToo) {
  PrepareLanding();
  const Ran here = Run({"--ref", "main", "--format", "json"});
  clone_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked"), "topic"});
  const Ran there =
      Verdict(sandbox_.Path("linked"), {"check", "--ref", "main", "--format", "json"});
  EXPECT_EQ(there.out, here.out);
  EXPECT_EQ(there.status, 0);
}

}  // namespace
}  // namespace e2e
