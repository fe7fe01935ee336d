#include "gates/report/review.h"

#include <fmt/format.h>

#include "gates/report/markdown.h"

namespace gates {
namespace {

constexpr Format kReviewFormats[] = {
    {"markdown", "for people and agents: the advice, and the report below it",
     RenderReviewMarkdown},
    {"json", "for programs: one line, schema git-verdict/review/1", RenderReviewJson},
};

}  // namespace

std::string_view Advice(const std::optional<Decision>& decision) {
  if (decision == Decision::kAllow) return "APPROVE";
  if (decision == Decision::kBlock) return "REQUEST_CHANGES";
  return Name(Decision::kCannotEvaluate);
}

std::span<const Format> AllReviewFormats() { return kReviewFormats; }

std::string RenderReviewMarkdown(const Report& report, Colour colour) {
  return fmt::format("# {}\n\n{}", Advice(report.decision()), RenderMarkdown(report, colour));
}

}  // namespace gates
