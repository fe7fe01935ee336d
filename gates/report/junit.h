#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"

namespace gates {

/// The report as JUnit XML: a suite for each update, a failed case for each finding (an error
/// where nobody can tell), and one passed case for an update that may land. Never without a case.
std::string RenderJunit(const Report& report, Colour colour);

}  // namespace gates
