#include "gates/staging/log_text.h"

#include <gtest/gtest.h>

#include <cctype>
#include <sstream>

#include "gates/core/timestamp.h"
#include "gates/proof/verdict_log.h"
#include "tests/support/hostile_text.h"
#include "tests/support/property.h"

namespace gates {
namespace {

using test::AHostileText;
using test::Holds;

constexpr int kRounds = 1000;
constexpr std::int64_t kNow = 1'800'000'000;
constexpr const char* kPath = "docs/work-items/ORCH-061/15-staging-log.md";

NewVerdict Passing() {
  NewVerdict verdict;
  verdict.gate = BuiltInPolicy().gates.at(0);
  verdict.passed = true;
  verdict.work_item = "ORCH-061";
  verdict.validated = *ObjectId::FromHex("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
  verdict.written_at = kNow;
  return verdict;
}

CheckResult Check(std::string name, Outcome outcome, std::string detail = "") {
  return {.id = name, .name = name, .outcome = outcome, .detail = std::move(detail)};
}

/// The verdict on these checks: what failed counts.
NewVerdict Folding(std::vector<CheckResult> checks) {
  NewVerdict verdict = Passing();
  verdict.results_digest = "sha256:" + std::string(64, 'a');
  Folded folded{
      .passed = true, .reason = "all of them", .checks = checks, .waived = {}, .failed = {}};
  for (const CheckResult& check : checks)
    if (check.outcome != Outcome::kPassed) folded.failed.push_back({check, "a real check"});
  folded.passed = verdict.passed = folded.failed.empty();
  verdict.folded = std::move(folded);
  return verdict;
}

TEST(LogText, AVerdictThatWasGivenMayHaveItsReasonsBelow) {
  NewVerdict verdict = Passing();
  EXPECT_NE(WriteVerdictLog(verdict).find("\n\nThe verdict was given;"), std::string::npos);
  verdict.reasons = "\n- it is so\n";
  EXPECT_TRUE(WriteVerdictLog(verdict).ends_with(".\n\n- it is so\n")) << WriteVerdictLog(verdict);
}

std::string TextOf(const std::optional<LogValue>& value) { return value ? value->text : ""; }

/// Where the gate's own reader finds something else in the log than the verdict says; empty:
/// nowhere.
std::string FaultOfReading(const NewVerdict& verdict) {
  const std::string text = WriteVerdictLog(verdict);
  const auto log = ReadVerdictLog(text, verdict.gate, verdict.work_item, kPath, "");
  if (!log) return log.error().message + " in\n" + text;
  const bool same = log->token.text == verdict.token() && log->passed == verdict.passed &&
                    TextOf(log->validated_sha) == verdict.validated.hex() &&
                    TextOf(log->timestamp) == WriteTimestamp(verdict.written_at) &&
                    TextOf(log->base_url) == verdict.base_url &&
                    TextOf(log->results_digest) == verdict.results_digest;
  return same ? "" : "something else in\n" + text;
}

std::string BodyOf(const NewVerdict& verdict) {
  const std::string text = WriteVerdictLog(verdict);
  return text.substr(text.find("\n---\n") + 5);
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// --- what it says ---------------------------------------------------------------------------

TEST(LogText, SaysWhatTheGateReads) {
  NewVerdict verdict = Folding({Check("C1", Outcome::kPassed)});
  verdict.base_url = "https://staging.example.org/x?y=1";
  EXPECT_EQ(WriteVerdictLog(verdict),
            "---\n"
            "staging_status: SUCCESS\n"
            "work_item: ORCH-061\n"
            "validated_sha: 1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d\n"
            "timestamp: 2027-01-15T08:00:00Z\n"
            "base_url: https://staging.example.org/x?y=1\n"
            "results_digest: sha256:" +
                std::string(64, 'a') +
                "\n"
                "---\n"
                "# Staging log for ORCH-061\n"
                "\n"
                "**SUCCESS** for commit `1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d`, written at "
                "2027-01-15T08:00:00Z, on https://staging.example.org/x?y=1.\n"
                "\n"
                "Result: all of them\n"
                "\n"
                "| check | outcome | note |\n"
                "|---|---|---|\n"
                "| C1 | passed |  |\n");
}

TEST(LogText, UsesTheTokensAndTheKeyOfItsGate) {
  NewVerdict verdict = Passing();
  verdict.gate = *BuiltInPolicy().FindGate("review");
  EXPECT_TRUE(Has(WriteVerdictLog(verdict), "---\nreview_status: APPROVED\n"));
  EXPECT_TRUE(Has(BodyOf(verdict), "# Review log for ORCH-061\n\n**APPROVED** for"));
  verdict.passed = false;
  EXPECT_TRUE(Has(WriteVerdictLog(verdict), "---\nreview_status: REQUEST_CHANGES\n"));
  EXPECT_EQ(FaultOfReading(verdict), "");
}

TEST(LogText, OfAVerdictWithoutResultsSaysSo) {
  EXPECT_TRUE(Has(BodyOf(Passing()), "The verdict was given; there are no results of checks.\n"));
  EXPECT_FALSE(Has(WriteVerdictLog(Passing()), "results_digest"));
  EXPECT_FALSE(Has(WriteVerdictLog(Passing()), "base_url"));
}

TEST(LogText, ListsWhatCountsFirstWithTheReason) {
  NewVerdict verdict = Folding({Check("C1", Outcome::kPassed), Check("C2", Outcome::kFailed)});
  const CheckResult quota{"C9a", "C9a quota", Outcome::kFailed, ""};
  verdict.folded->checks.push_back(quota);
  verdict.folded->waived.push_back({quota, {"C9a", "sandbox quota", "ann", kNow}});
  EXPECT_TRUE(Has(BodyOf(verdict),
                  "| C2 | **failed** | a real check |\n"
                  "| C9a quota | failed, waived | sandbox quota, allowed by ann, until "
                  "2027-01-15T08:00:00Z |\n"
                  "| C1 | passed |  |\n"));
}

TEST(LogText, NamesACheckByItsIdWhereItsLabelDoesNot) {
  NewVerdict verdict = Folding({});
  verdict.folded->checks = {{"C1", "login", Outcome::kPassed, ""},
                            {"C2", "", Outcome::kUnknown, ""},
                            {"C3", "C3 pay", Outcome::kSkipped, ""}};
  EXPECT_TRUE(Has(BodyOf(verdict),
                  "| C1 login | passed |  |\n| C2 | unknown |  |\n| C3 pay | skipped |  |\n"));
}

TEST(LogText, QuotesWhatAFailureSaid) {
  const NewVerdict verdict = Folding({Check("C1", Outcome::kPassed, "fine"),
                                      Check("C2", Outcome::kFailed, "expected 1\ngot 2\n")});
  EXPECT_TRUE(Has(BodyOf(verdict),
                  "\n## What did not pass\n\n### C2\n\n```text\nexpected 1\ngot 2\n```\n"));
  EXPECT_FALSE(Has(BodyOf(verdict), "fine"));
}

TEST(LogText, CutsWhatASingleFailureSaid) {
  const NewVerdict verdict = Folding({Check("C2", Outcome::kFailed, std::string(100'000, 'x'))});
  EXPECT_LT(BodyOf(verdict).size(), 5000U);
}

TEST(LogText, CutsWhatAllFailuresSaid) {
  std::vector<CheckResult> checks;
  for (int i = 0; i < 200; ++i)
    checks.push_back(Check("C" + std::to_string(i), Outcome::kFailed, std::string(4000, 'x')));
  const std::string body = BodyOf(Folding(checks));
  EXPECT_LT(body.size(), 300U * 1024);
  EXPECT_TRUE(Has(body, "\nMore output is left out: a log holds 256 KiB of it.\n"));
}

TEST(LogText, CutsALongTableButNeverAFailure) {
  std::vector<CheckResult> checks;
  for (int i = 0; i < 5000; ++i) checks.push_back(Check("C" + std::to_string(i), Outcome::kPassed));
  checks.push_back(Check("LAST", Outcome::kFailed));
  const std::string body = BodyOf(Folding(checks));
  EXPECT_TRUE(Has(body, "| LAST | **failed** |"));
  EXPECT_TRUE(Has(body, "\n4001 more checks are left out of this table.\n"));
}

// --- what reads it back -----------------------------------------------------------------------

TEST(LogText, QuotesWhatReadersWouldTakeForSomethingElse) {
  NewVerdict verdict = Passing();
  for (const char* url : {"true", "12", "a: b", "it's", "# no", "- x", " blank ", "---", "...",
                          "{}", "*a", "http://x #y", "http://x:", "\"", "\\", "caf\u00e9 \u65e5"}) {
    verdict.base_url = url;
    EXPECT_FALSE(FindLineFault(url)) << url;
    EXPECT_EQ(FaultOfReading(verdict), "");
  }
}

TEST(LogText, TakesItemsThatAPolicyOfItsOwnAllows) {
  NewVerdict verdict = Passing();
  for (const char* item : {"12", "null", "1e3", "it's", "#5", "a b", "\u65e5"}) {
    verdict.work_item = item;
    EXPECT_EQ(FaultOfReading(verdict), "");
  }
}

TEST(LogText, RefusesLinesThatTheReaderWouldNotTake) {
  for (const std::string text : {"a\nb", "a\r\nb", "a\tb", "\x1b[31m", "\xff", "\u0085", "\u2028",
                                 "\u202e", "\ufeff", "\ufffe", "\x7f"})
    EXPECT_TRUE(FindLineFault(text)) << text;
  EXPECT_TRUE(FindLineFault(std::string(2001, 'x')));
  NewVerdict longest = Passing();
  longest.base_url = std::string(2000, '\'');
  EXPECT_FALSE(FindLineFault(longest.base_url));
  EXPECT_EQ(FaultOfReading(longest), "");
}

Outcome AnOutcome() {
  return *rc::gen::element(Outcome::kUnknown, Outcome::kFailed, Outcome::kSkipped,
                           Outcome::kPassed);
}

CheckResult ACheck() { return {AHostileText(), AHostileText(), AnOutcome(), AHostileText()}; }

NewVerdict AVerdict() {
  NewVerdict verdict =
      Folding(*rc::gen::container<std::vector<CheckResult>>(rc::gen::exec(ACheck)));
  verdict.folded->reason = AHostileText();
  for (Counted& counted : verdict.folded->failed) counted.why = AHostileText();
  if (*rc::gen::arbitrary<bool>()) {
    const CheckResult waived = ACheck();
    verdict.folded->checks.push_back(waived);
    verdict.folded->waived.push_back({waived, {waived.id, AHostileText(), AHostileText(), kNow}});
  }
  if (const std::string url = AHostileText(); !FindLineFault(url)) verdict.base_url = url;
  return verdict;
}

TEST(LogTextProperties, WhateverChecksAreCalledAndSayTheLogReadsBackAsWritten) {
  EXPECT_TRUE(Holds(
      "reads back", [] { RC_ASSERT(FaultOfReading(AVerdict()) == ""); }, kRounds));
}

/// Lines of the body outside of quoted output.
std::vector<std::string> ProseOf(const std::string& body) {
  std::vector<std::string> prose;
  std::string fence;
  for (const std::string& line : LinesOf(body)) {
    const std::string marks = line.substr(0, line.find_first_not_of('`'));
    if (fence.empty() && marks.size() >= 3)
      fence = marks;
    else if (!fence.empty() && line == fence)
      fence.clear();
    else if (fence.empty())
      prose.push_back(line);
  }
  if (!fence.empty()) prose.push_back("| a fence that does not close");
  return prose;
}

/// The bars of a line that Markdown takes for the borders of cells.
int BarsOf(const std::string& line) {
  int bars = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (line[i] == '|')
      ++bars;
  }
  return bars;
}

bool IsHarmless(const std::string& line) {
  const std::string bare = line.substr(std::min(line.find_first_not_of(' '), line.size()));
  return !bare.starts_with("---") && !bare.starts_with("...") && !bare.starts_with("::") &&
         !Has(bare, "##[");
}

void TryTheShape() {
  const NewVerdict verdict = AVerdict();
  const std::string body = BodyOf(verdict);
  for (const char byte : body)
    RC_ASSERT(byte == '\n' || std::iscntrl(static_cast<unsigned char>(byte)) == 0);
  for (const std::string& line : LinesOf(body)) RC_ASSERT(IsHarmless(line));
  size_t rows = 0, sections = 0;
  for (const std::string& line : ProseOf(body)) {
    if (line.starts_with("|")) RC_ASSERT(BarsOf(line) == 4);
    rows += line.starts_with("|") ? 1U : 0U;
    sections += line.starts_with("#") ? 1U : 0U;
  }
  const Folded& folded = *verdict.folded;
  RC_ASSERT(rows <= (folded.checks.empty() ? 0 : 2 + folded.checks.size()));
  RC_ASSERT(sections <= 2 + folded.failed.size() + folded.waived.size());
}

TEST(LogTextProperties, WhateverChecksAreCalledAndSayTheBodyKeepsItsShape) {
  EXPECT_TRUE(Holds("keeps its shape", TryTheShape, kRounds));
}

}  // namespace
}  // namespace gates
