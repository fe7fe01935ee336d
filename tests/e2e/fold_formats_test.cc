// What git verdict fold writes for programs: JSON, and the test-result of in-toto.

#include <algorithm>

#include "tests/e2e/fold_story.h"
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

/// The fields of a Statement v1 with a test-result v0.1, as in-toto publishes them.
void ExpectTestResult(const Json& statement) {
  EXPECT_EQ(KeysOf(statement), (Keys{"_type", "subject", "predicateType", "predicate"}));
  EXPECT_EQ(statement["_type"], "https://in-toto.io/Statement/v1");
  EXPECT_EQ(statement["predicateType"], "https://in-toto.io/attestation/test-result/v0.1");
  ASSERT_FALSE(statement["subject"].empty());
  for (const char* list : {"subject", "configuration"})
    for (const Json& resource :
         list == std::string("subject") ? statement[list] : statement["predicate"][list]) {
      ASSERT_EQ(resource["digest"].size(), 1U);
      EXPECT_EQ(resource["digest"].front().get<std::string>().size(), 40U);
    }
  const Json& predicate = statement["predicate"];
  for (const std::string& key : KeysOf(predicate))
    EXPECT_EQ(std::ranges::count(Keys{"result", "configuration", "url", "passedTests",
                                      "warnedTests", "failedTests"},
                                 key),
              1)
        << key;
  for (const char* list : {"passedTests", "warnedTests", "failedTests"})
    for (const Json& name : predicate[list]) EXPECT_TRUE(name.is_string());
}

TEST_F(FoldFormats, ExportsTheTestResultOfInToto) {
  LandPolicy(Policy("C7"));
  const auto statement = [&](const std::string& results, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--format", "test-result", "-"});
    const Json json = ReportOf(Run(more, results).out);
    ExpectTestResult(json);
    return json;
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
}

TEST_F(FoldFormats, NamesTheResultsAsSubjectWhereNoCommitIsKnown) {
  const std::string home = sandbox_.Path("home");
  test::WriteFile(home + "/results.json", kPassing);
  const Ran ran = Verdict(home, {"fold", "--format", "test-result", "results.json"});
  const Json json = ReportOf(ran.out);
  ExpectTestResult(json);
  EXPECT_EQ(json["subject"][0]["name"], "results.json");
  EXPECT_EQ(json["subject"][0]["digest"]["gitBlob"],
            clone_.Git({"hash-object", home + "/results.json"}));
  EXPECT_EQ(json["predicate"]["configuration"].dump(), "[]");
}

TEST_F(FoldFormats, SaysOnStandardErrorWhyAStatementIsFailed) {
  const Ran ran = Run({"--format", "test-result", "--subject", "nonsense", "-"}, kPassing);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ReportOf(ran.out)["predicate"]["result"], "FAILED");
  EXPECT_EQ(ran.err,
            "VERDICT: FAILED (INPUT_MALFORMED: --subject 'nonsense' names no commit here)\n");
}

}  // namespace
}  // namespace e2e
