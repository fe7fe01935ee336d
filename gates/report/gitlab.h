#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// The report as GitLab's Code Quality widget reads it: a JSON list of what speaks against
/// landing, on one line. Empty only where all may land.
std::string RenderGitlab(const Report& report, Colour colour);

}  // namespace gates
