#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// The report as Markdown, for comments on a change, job summaries and reviews: the worst update
/// first, no headings. Fits into a comment of 65,536 characters and says what it leaves out.
std::string RenderMarkdown(const Report& report, Colour colour);

/// What speaks against an update, and which logs were seen: the same words without the first line,
/// and without the commit where it is the one that was judged.
std::string RenderReasons(const UpdateReport& update);

}  // namespace gates
