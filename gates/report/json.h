#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"
#include "gates/standing.h"
#include "gates/survey.h"

namespace gates {

/// The report for programs: schema `git-verdict/report/1` on one line, keys in a
/// fixed order, plain ASCII, null for what is not known. Colour does not matter.
std::string RenderJson(const Report& report, Colour colour);

/// A survey for programs: schema git-verdict/show/1, one line, ASCII only.
std::string RenderSurveyJson(const Survey& survey);

/// Where items stand, for programs: schema git-verdict/status/1, one line, ASCII only.
std::string RenderStandingsJson(const Standings& standings);

}  // namespace gates
