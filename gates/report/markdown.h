#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// The report as Markdown, for comments on a change, job summaries and reviews: the worst update
/// first, no headings. Fits into a comment of 65,536 characters and says what it leaves out.
std::string RenderMarkdown(const Report& report, Colour colour);

}  // namespace gates
