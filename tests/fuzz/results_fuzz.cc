// libFuzzer: any bytes as results, folded under a policy that would waive a lot.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gates/report/fold.h"
#include "gates/staging/fold.h"
#include "gates/staging/results.h"

namespace {

using gates::CheckResult;
using gates::Outcome;

constexpr std::string_view kBlanks = " \t\r\n\v\f";

void Require(bool claim) {
  if (!claim) std::abort();
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(kBlanks) == text.npos; }

gates::StagingRule WaivesMuch() {
  gates::StagingRule rule;
  for (const char* id : {"A1", "B4", "C7", "C8", "C9a", "C10"})
    rule.infra.push_back({id, "quota", "ann", std::nullopt});
  return rule;
}

// What is read can be told of, and its outcome is one that a writer can mean.
void RequirePlain(const std::vector<CheckResult>& results) {
  Require(!results.empty() && results.size() <= gates::kMostResults);
  for (const CheckResult& result : results) {
    Require(!IsBlank(result.id) && !IsBlank(result.name));
    Require(result.outcome != Outcome::kUnknown);
  }
}

// Without an allowlist nothing but passed checks is a success; with one, no
// check is forgiven that it does not name.
void RequireHonest(const std::vector<CheckResult>& results) {
  const bool all_passed = std::ranges::all_of(
      results, [](const CheckResult& it) { return it.outcome == Outcome::kPassed; });
  using gates::Tolerance;
  Require(gates::Fold(results, {}, Tolerance::kTolerant, 0).passed == all_passed);
  Require(gates::Fold(results, WaivesMuch(), Tolerance::kStrict, 0).passed == all_passed);
  const gates::Folded folded = gates::Fold(results, WaivesMuch(), Tolerance::kTolerant, 0);
  for (const gates::Waived& waived : folded.waived)
    Require(gates::CheckIdOf(waived.check.id + " x") == waived.check.id);
  Require(folded.passed == folded.failed.empty());
}

bool IsPlainAscii(char c) { return (c >= ' ' && c <= '~') || c == '\n'; }

// The verdict is the last line, whatever the names of checks are; JSON is one line of ASCII.
void RequirePrintable(const gates::FoldReport& report) {
  const std::string text = gates::RenderFoldText(report, gates::Colour::kNever);
  const size_t last = text.rfind('\n', text.size() - 2);
  Require(text.find("\nVERDICT: ", last == text.npos ? 0 : last) != text.npos ||
          text.starts_with("VERDICT: "));
  for (const auto render : {gates::RenderFoldJson, gates::RenderTestResult}) {
    const std::string json = render(report, gates::Colour::kNever);
    Require(std::ranges::all_of(json, IsPlainAscii) && json.find('\n') == json.size() - 1);
  }
}

// JSON and XML say themselves where they end.
void RequireWhole(std::string_view text) {
  const char first = text[text.find_first_not_of(kBlanks)];
  if (first != '[' && first != '{' && first != '<') return;
  Require(!gates::ReadResults(text.substr(0, text.find_last_of("]}>"))));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto results = gates::ReadResults(text);
  gates::FoldReport report;
  if (!results) {
    Require(!results.error().empty());
    report.folded = gates::FoldedFault(results.error());
    RequirePrintable(report);
    return 0;
  }
  RequirePlain(*results);
  RequireHonest(*results);
  RequireWhole(text);
  report.folded = gates::Fold(*results, WaivesMuch(), gates::Tolerance::kTolerant, 0);
  RequirePrintable(report);
  return 0;
}
