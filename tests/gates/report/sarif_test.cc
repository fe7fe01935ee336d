#include "gates/report/sarif.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/gates/report/sample.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

Json RunOf(const Report& report) {
  return Json::parse(RenderSarif(report, Colour::kAlways))["runs"][0];
}

Json ResultOf(const Finding& finding) { return RunOf(Refused({finding}))["results"][0]; }

TEST(Sarif, ARefusalIsAResultAtItsPlace) {
  EXPECT_EQ(RunOf(Refused())["results"].dump(),
            R"([{"ruleId":"VERDICT_FAILED","ruleIndex":0,"level":"error","message":{"text":)"
            R"("expected SUCCESS, found FAILED: staging recorded a failure for ORCH-061\n)"
            R"(fix: mend what failed, stage again, record the new verdict"},)"
            R"("locations":[{"physicalLocation":{"artifactLocation":)"
            R"({"uri":"docs/work-items/ORCH-061/15-staging-log.md","uriBaseId":"%SRCROOT%"},)"
            R"("region":{"startLine":2,"startColumn":17}}}],)"
            R"("partialFingerprints":{"gitVerdict/v1":"57aa9f01691420617512c79296b6cd40"},)"
            R"("properties":{"ref":"refs/heads/main","workItem":"ORCH-061","gate":"staging",)"
            R"("sha":"1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"}}])");
}

TEST(Sarif, ThePageShowsWhatIsWritten) {
  EXPECT_EQ(Json::parse(BlockOnPage("sarif", "json")).dump(),
            RunOf(Refused())["results"][0].dump());
}

TEST(Sarif, ARuleIsAReasonCodeWithHelp) {
  const Json rules = RunOf(Refused())["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules[0]["id"], "VERDICT_FAILED");
  EXPECT_TRUE(rules[0]["helpUri"].get<std::string>().ends_with("/docs/reasons.md#verdict_failed"));
  EXPECT_EQ(rules[0]["help"]["text"], std::string(ReasonFor(Code::kVerdictFailed).mend));
}

TEST(Sarif, EachRuleStandsOnceAndResultsPointToIt) {
  const Json run = RunOf(Refused({MakeFinding(Code::kStaleCode, "m"), StagingFailed(),
                                  MakeFinding(Code::kStaleCode, "n"), StagingFailed()}));
  const Json& rules = run["tool"]["driver"]["rules"];
  EXPECT_EQ(rules.size(), 2u);
  ASSERT_EQ(run["results"].size(), 4u);
  for (const Json& result : run["results"])
    EXPECT_EQ(rules[result["ruleIndex"].get<size_t>()]["id"], result["ruleId"]);
}

TEST(Sarif, ARunThatCouldNotTellDidNotSucceed) {
  const auto ended = [](const Report& report) { return RunOf(report)["invocations"][0].dump(); };
  EXPECT_EQ(ended(Allowed()), R"({"executionSuccessful":true,"exitCode":0})");
  EXPECT_EQ(ended(Refused()), R"({"executionSuccessful":true,"exitCode":1})");
  EXPECT_EQ(ended(Fault()), R"({"executionSuccessful":false,"exitCode":2})");
  EXPECT_EQ(ended(Refused({})), R"({"executionSuccessful":false,"exitCode":2})");
  EXPECT_EQ(ended({}),
            R"({"executionSuccessful":false,"exitCode":0,"toolExecutionNotifications":)"
            R"([{"level":"warning","message":{"text":"0 refs: nothing was checked"}}]})");
}

TEST(Sarif, HasResultsForAllThatIsRefused) {
  EXPECT_TRUE(RunOf(Allowed())["results"].empty());
  EXPECT_EQ(RunOf(Refused({}))["results"][0]["ruleId"], "INTERNAL");
  EXPECT_EQ(RunOf(Fault())["results"][0]["ruleId"], "INPUT_MALFORMED");
}

TEST(Sarif, PathsAreRelativeUris) {
  Finding finding = StagingFailed();
  const auto uri = [&](const char* path) {
    finding.path = path;
    return ResultOf(finding)["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        .get<std::string>();
  };
  EXPECT_EQ(uri("docs/caf\u00e9 1.md"), "docs/caf%C3%A9%201.md");
  EXPECT_EQ(uri("javascript:alert(1)"), "javascript%3Aalert%281%29");
  EXPECT_EQ(uri("a?b#c%20\\d\xff\n"), "a%3Fb%23c%2520%5Cd%FF%0A");
  EXPECT_EQ(uri("/etc/verdict.yml"), ".verdict.yml");
  EXPECT_EQ(ResultOf(finding)["locations"][0]["physicalLocation"]["region"].dump(),
            R"({"startLine":1})");
}

TEST(Sarif, NoStrangerMakesALinkOrAPlaceholder) {
  Finding finding = MakeFinding(Code::kVerdictToken, "[x](http://h) {0} ]( \x1b", "r");
  EXPECT_EQ(ResultOf(finding)["message"]["text"], "[x]\\x28http://h) {{0}} ]\\x28 \\x1b\nfix: r");
}

}  // namespace
}  // namespace gates
