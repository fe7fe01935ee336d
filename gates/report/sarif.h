#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// The report as SARIF 2.1.0, on one line of plain ASCII: rules are reason codes, what speaks
/// against landing are results. A run that could not tell did not succeed.
std::string RenderSarif(const Report& report, Colour colour);

}  // namespace gates
