#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// What a reviewer is told: "APPROVE" or "REQUEST_CHANGES"; "CANNOT-EVALUATE", which is neither,
/// also where nothing was judged.
std::string_view Advice(const std::optional<Decision>& decision);

/// The formats of a review: Markdown and JSON.
std::span<const Format> AllReviewFormats();

/// The advice as a heading, and the report below it.
std::string RenderReviewMarkdown(const Report& report, Colour colour);

/// For programs: schema git-verdict/review/1, one line, ASCII only; the whole report is in it.
std::string RenderReviewJson(const Report& report, Colour colour);

}  // namespace gates
