#pragma once

#include <string>

#include "gates/core/report.h"
#include "gates/report/format.h"
#include "gates/standing.h"
#include "gates/survey.h"

namespace gates {

/// The report for people: one line for each update, and under it what is
/// wrong, where, and one step that mends it. Nothing more when all is well.
std::string RenderText(const Report& report, Colour colour);

/// A survey for people: one line for each log, what is wrong with it below.
std::string RenderSurveyText(const Survey& survey, Colour colour);

/// Where items stand, for people: the next stage of each, and why, below it.
std::string RenderStandingsText(const Standings& standings, Colour colour);

}  // namespace gates
