#include "gates/report/fold.h"

#include <algorithm>

namespace gates {
namespace {

constexpr FoldFormat kAllFoldFormats[] = {
    {"text", RenderFoldText},
    {"json", RenderFoldJson},
    {"test-result", RenderTestResult},
};

}  // namespace

std::span<const FoldFormat> AllFoldFormats() { return kAllFoldFormats; }

const FoldFormat* FindFoldFormat(std::string_view name) {
  const auto* format = std::ranges::find(kAllFoldFormats, name, &FoldFormat::name);
  return format == std::end(kAllFoldFormats) ? nullptr : format;
}

std::string_view Verdict(const Folded& folded) { return folded.passed ? "SUCCESS" : "FAILED"; }

std::string_view Name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPassed: return "passed";
    case Outcome::kFailed: return "failed";
    case Outcome::kSkipped: return "skipped";
    case Outcome::kUnknown: break;
  }
  return "unknown";
}

}  // namespace gates
