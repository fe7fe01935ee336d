#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// The report for the log of a GitHub Actions job: a line for each update, and below it an
/// annotation for each finding, at its file where it has one. Never coloured.
std::string RenderGithub(const Report& report, Colour colour);

}  // namespace gates
