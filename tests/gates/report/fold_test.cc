#include "gates/report/fold.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

CheckResult Failing(const std::string& id, const std::string& name, const std::string& detail) {
  return {id, name, Outcome::kFailed, detail};
}

FoldReport Folding(const std::vector<CheckResult>& results, const StagingRule& rule = {}) {
  return {.folded = Fold(results, rule, Tolerance::kTolerant, 1'800'000'000),
          .policy = PolicyOrigin{"8f3a1c0b5d7e9f2a4c6e8b0d1f3a5c7e9b1d3f50:.verdict.yml", {}}};
}

std::string Text(const FoldReport& report) { return RenderFoldText(report, Colour::kNever); }

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(FoldText, IsTheVerdictAloneWhereNothingElseIsKnown) {
  EXPECT_EQ(Text({}), "VERDICT: FAILED ()\n");
  EXPECT_EQ(Text({.folded = FoldedFault("no file")}), "VERDICT: FAILED (no file)\n");
}

TEST(FoldText, PutsTheIdInFrontOfANameThatDoesNotBeginWithIt) {
  EXPECT_EQ(FirstLine(Text(Folding({Failing("C7", "mail sandbox", "")}))),
            "failed   C7 mail sandbox");
  EXPECT_EQ(FirstLine(Text(Folding({Failing("C7", "C7 mail sandbox", "")}))),
            "failed   C7 mail sandbox");
}

TEST(FoldText, TellsTheFirstLineOfADetail) {
  EXPECT_EQ(FirstLine(Text(Folding({Failing("C7", "C7", " \r\n  got 500 \r\nmore")}))),
            "failed   C7: got 500");
}

TEST(FoldText, TellsWhyAnInfrastructureCheckCounts) {
  const StagingRule expired{{{"C7", "", "", 1'700'000'000}}, true};
  EXPECT_EQ(FirstLine(Text(Folding({Failing("C7", "C7", "got 500")}, expired))),
            "failed   C7: its waiver expired 2023-11-14T22:13:20Z; got 500");
  EXPECT_EQ(FirstLine(Text(Folding({Failing("C7", "C7", "")}, expired))),
            "failed   C7: its waiver expired 2023-11-14T22:13:20Z");
}

TEST(FoldText, KeepsAFailureOnOneLineOf80Columns) {
  for (const size_t name : {1U, 39U, 40U, 41U, 69U, 70U, 71U, 500U})
    for (const size_t detail : {0U, 1U, 27U, 28U, 29U, 30U, 31U, 68U, 69U, 500U}) {
      const std::string line = FirstLine(
          Text(Folding({Failing("C7", "C7 " + std::string(name, 'n'), std::string(detail, 'd'))})));
      EXPECT_LT(line.size(), 80U) << line;
      EXPECT_EQ(line.find('d', 9) != line.npos, detail > 0) << line;
      EXPECT_NE(line.find("C7 n"), line.npos) << line;
    }
}

TEST(FoldText, KeepsTheWholeReasonOfAWaiver) {
  const std::string reason(300, 'r');
  const StagingRule rule{{{"C7", reason, "ann", std::nullopt}}, true};
  EXPECT_EQ(FirstLine(Text(Folding({Failing("C7", "C7 mail", "")}, rule))),
            "waived   C7 mail: " + reason + " (ann)");
}

TEST(FoldText, NamesThePolicyWhereSomethingDidNotPass) {
  EXPECT_NE(Text(Folding({Failing("C7", "C7", "")})).find("\npolicy   8f3a1c0b5d7e:.verdict.yml\n"),
            std::string::npos);
  EXPECT_EQ(Text(Folding({{"A1", "A1", Outcome::kPassed, ""}})),
            "passed   A1\nVERDICT: SUCCESS (1 check passed)\n");
}

TEST(FoldText, StopsListingSomewhere) {
  std::vector<CheckResult> results;
  for (int i = 1; i <= 500; ++i) {
    results.push_back({"A" + std::to_string(i), "x", Outcome::kPassed, ""});
    results.push_back(Failing("B" + std::to_string(i), "x", ""));
  }
  const std::string text = Text(Folding(results));
  EXPECT_EQ(std::ranges::count(text, '\n'), 200 + 1 + 100 + 1 + 1 + 1);
  EXPECT_NE(text.find("\n... and 300 more did not pass\n"), text.npos);
  EXPECT_NE(text.find("\n... and 400 more passed\n"), text.npos);
}

TEST(FoldText, PaintsTheVerdict) {
  const std::string text =
      RenderFoldText(Folding({{"A1", "A1", Outcome::kPassed, ""}}), Colour::kAlways);
  EXPECT_NE(text.find("VERDICT: \x1b[1;32mSUCCESS\x1b[0m (1 check passed)\n"), text.npos) << text;
}

// Nobody but the readers holds text to UTF-8, and reports come from elsewhere too.
TEST(FoldFormats, WriteBytesThatAreNoText) {
  FoldReport report = Folding(
      {Failing("\xff\n::error::", "\xff", "\x1b[31m"), {"\xfe", "\xfe", Outcome::kPassed, ""}});
  report.subjects = {{"\xff", "gitBlob", {}}};
  report.url = "\xff";
  for (const FoldFormat& format : AllFoldFormats()) {
    const std::string text = format.render(report, Colour::kNever);
    for (const char c : text) ASSERT_TRUE((c >= ' ' && c <= '~') || c == '\n') << text;
    EXPECT_EQ(Json::accept(text), format.name != "text") << text;
  }
  EXPECT_EQ(Json::parse(RenderTestResult(report, Colour::kNever))["predicate"]["passedTests"][0],
            "\\xfe");
}

TEST(TestResult, IsAboutSomething) {
  EXPECT_EQ(RenderTestResult(Folding({{"A1", "A1", Outcome::kPassed, ""}}), Colour::kNever), "");
}

TEST(FoldFormats, AreFoundByTheirNames) {
  for (const FoldFormat& format : AllFoldFormats()) EXPECT_EQ(FindFoldFormat(format.name), &format);
  EXPECT_EQ(FindFoldFormat("nonsense"), nullptr);
}

TEST(FoldJson, TellsOutcomesAndStates) {
  const StagingRule rule{{{"C7", "quota", "", 4'000'000'000}}, true};
  const Json json = Json::parse(RenderFoldJson(Folding({{"C7", "C7 x", Outcome::kSkipped, "off"},
                                                        {"C8", "C8 x", Outcome::kUnknown, ""},
                                                        {"C9", "C9 x", Outcome::kPassed, ""}},
                                                       rule),
                                               Colour::kNever));
  std::string told;
  for (const Json& check : json["checks"])
    told += check["outcome"].get<std::string>() + " " + check["state"].get<std::string>() + "; ";
  EXPECT_EQ(told, "skipped waived; unknown failed; passed passed; ");
  EXPECT_EQ(json["waived"][0]["expires"], "2096-10-02T07:06:40Z");
}

}  // namespace
}  // namespace gates
