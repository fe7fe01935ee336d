// What git verdict fold writes for programs: JSON, and the test-result of in-toto.

#include <algorithm>

#include "tests/e2e/fold_story.h"
#include "tests/e2e/json_schema.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

using FoldFormats = Fold;

void ExpectFoldJson(const std::string& text) {
  const Json json = ReportOf(text);
  EXPECT_EQ(std::ranges::count(text, '\n'), 1);
  EXPECT_EQ(KeysOf(json),
            (Keys{"schema", "verdict", "reason", "infra_tolerance", "policy", "checks", "waived"}));
  EXPECT_EQ(json["schema"], "git-verdict/fold/1");
  EXPECT_TRUE(json["verdict"] == "SUCCESS" || json["verdict"] == "FAILED");
  EXPECT_EQ(KeysOf(json["policy"]), (Keys{"source", "blob"}));
  for (const Json& check : json["checks"])
    EXPECT_EQ(KeysOf(check), (Keys{"id", "name", "outcome", "state", "why", "detail"}));
  for (const Json& waived : json["waived"])
    EXPECT_EQ(KeysOf(waived), (Keys{"id", "reason", "approver", "expires"}));
}

TEST_F(FoldFormats, ReportsInJsonWhateverHappens) {
  LandPolicy(Policy("C7"));
  for (const std::string& results : {kPassing, kInfraFails, kRealFails, std::string("x")}) {
    const Ran ran = Run({"--format", "json", "-"}, results);
    ExpectFoldJson(ran.out);
    EXPECT_EQ(ReportOf(ran.out)["verdict"] == "SUCCESS", ran.status == 0);
    EXPECT_EQ(ran.err, "");
  }
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{}, {"absent.json"}, {"--base", "nonsense", "-"}, {"."}}) {
    std::vector<std::string> arguments{"--format", "json"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const Ran ran = Run(arguments, kPassing);
    EXPECT_EQ(ran.status, 1);
    ExpectFoldJson(ran.out);
    EXPECT_EQ(ReportOf(ran.out)["verdict"], "FAILED");
  }
}

TEST_F(FoldFormats, ReportsTheStateOfEveryCheckInJson) {
  LandPolicy(Policy("{check: C7, reason: quota}"));
  const Json json = ReportOf(Run({"--format", "json", "-"}, kRealFails).out);
  EXPECT_EQ(json["checks"].dump(),
            R"([{"id":"A1","name":"A1 health","outcome":"failed","state":"failed",)"
            R"("why":"a real check","detail":"got 500"},{"id":"C7","name":"C7 mail sandbox",)"
            R"("outcome":"failed","state":"waived","why":null,"detail":null}])");
  EXPECT_EQ(json["waived"].dump(),
            R"([{"id":"C7","reason":"quota","approver":null,"expires":null}])");
  EXPECT_EQ(json["policy"]["source"], clone_.Id("origin/main").hex() + ":.verdict.yml");
  EXPECT_EQ(json["policy"]["blob"], clone_.Id("origin/main:.verdict.yml").hex());
  EXPECT_EQ(json["infra_tolerance"], true);
  EXPECT_EQ(ReportOf(Run({"--strict", "--format", "json", "-"}, kPassing).out)["infra_tolerance"],
            false);
}

TEST_F(FoldFormats, WritesReportsToFilesAsWell) {
  clone_.Write("results.json", kPassing);
  ExpectSuccess(Run({"results.json", "--output", "json=a", "--output", "test-result=b", "--output",
                     "text=c"}),
                "VERDICT: SUCCESS (2 checks passed)\n");
  ExpectFoldJson(clone_.Read("a"));
  EXPECT_EQ(ReportOf(clone_.Read("b"))["predicate"]["result"], "PASSED");
  EXPECT_EQ(LastLines(clone_.Read("c")), "VERDICT: SUCCESS (2 checks passed)\n");
  EXPECT_EQ(Run({"results.json", "--output", "json=/nowhere/a"}).status, 1);
}

/// Holds statements, one a line, to the fields that in-toto publishes.
void ExpectTestResults(const std::string& lines) {
  EXPECT_EQ(FaultsBySchema("in-toto-test-result-v0.1", lines), "") << lines;
}

TEST_F(FoldFormats, ExportsTheTestResultOfInToto) {
  if (!HasSchemas()) GTEST_SKIP() << "no python3-jsonschema here";
  LandPolicy(Policy("C7"));
  std::string lines;
  const auto statement = [&](const std::string& results, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--format", "test-result", "-"});
    lines += Run(more, results).out;
    return ReportOf(lines.substr(lines.rfind('\n', lines.size() - 2) + 1));
  };
  EXPECT_EQ(statement(kPassing)["predicate"]["result"], "PASSED");
  const Json warned = statement(kInfraFails, {"--url", "https://ci.example.org/1"});
  EXPECT_EQ(warned["predicate"].dump(),
            R"({"result":"WARNED","configuration":[{"name":".verdict.yml","digest":{"gitBlob":")" +
                clone_.Id("origin/main:.verdict.yml").hex() +
                R"("}}],"url":"https://ci.example.org/1","passedTests":["A1"],)"
                R"("warnedTests":["C7"],"failedTests":[]})");
  EXPECT_EQ(warned["subject"][0]["digest"]["gitCommit"], clone_.Id().hex());
  const Json failed = statement(kRealFails, {"--subject", "origin/main"});
  EXPECT_EQ(failed["predicate"]["result"], "FAILED");
  EXPECT_EQ(failed["predicate"]["failedTests"].dump(), R"(["A1"])");
  EXPECT_EQ(failed["predicate"]["warnedTests"].dump(), R"(["C7"])");
  EXPECT_EQ(failed["subject"][0]["digest"]["gitCommit"], clone_.Id("origin/main").hex());
  EXPECT_EQ(statement("x")["predicate"]["result"], "FAILED");
  EXPECT_EQ(std::ranges::count(lines, '\n'), 4);
  ExpectTestResults(lines);
}

TEST_F(FoldFormats, NamesTheResultsAsSubjectWhereNoCommitIsKnown) {
  const std::string home = sandbox_.Path("home");
  test::WriteFile(home + "/results.json", kPassing);
  const Ran ran = Verdict(home, {"fold", "--format", "test-result", "results.json"});
  const Json json = ReportOf(ran.out);
  if (HasSchemas()) ExpectTestResults(ran.out);
  EXPECT_EQ(json["subject"][0]["name"], "results.json");
  EXPECT_EQ(json["subject"][0]["digest"]["gitBlob"],
            clone_.Git({"hash-object", home + "/results.json"}));
  EXPECT_EQ(json["predicate"]["configuration"].dump(), "[]");
}

TEST_F(FoldFormats, SaysOnStandardErrorWhyAStatementIsFailed) {
  const Ran ran = Run({"--format", "test-result", "-"}, kRealFails);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ReportOf(ran.out)["predicate"]["result"], "FAILED");
  EXPECT_EQ(ran.err, "VERDICT: FAILED (2 of 2 checks did not pass)\n");
}

// in-toto knows no statement about nothing.
TEST_F(FoldFormats, MakesNoStatementWithoutASubject) {
  const Ran unknown = Run({"--format", "test-result", "--subject", "nonsense", "-"}, kPassing);
  EXPECT_EQ(unknown.status, 1);
  EXPECT_EQ(unknown.out, "");
  EXPECT_EQ(unknown.err,
            "VERDICT: FAILED (INPUT_MALFORMED: --subject 'nonsense' names no commit here)\n");
  const std::string home = sandbox_.Path("home");
  const Ran absent = Verdict(home, {"fold", "--format", "test-result", "absent.json"});
  EXPECT_EQ(absent.status, 1);
  EXPECT_EQ(absent.out, "");
  EXPECT_TRUE(absent.err.starts_with("VERDICT: FAILED (")) << absent.err;
}

TEST_F(FoldFormats, TakesNothingButAUrlForOne) {
  for (const char* url : {"run 1", "https://CI.example.org/1", "https://ci.example.org/<b>"})
    EXPECT_EQ(Run({"--format", "test-result", "--url", url, "-"}, kPassing).status, 1) << url;
  EXPECT_EQ(
      Run({"--format", "test-result", "--url", "https://ci.example.org/Runs?id=1#x", "-"}, kPassing)
          .status,
      0);
}

}  // namespace
}  // namespace e2e
