#pragma once

#include <optional>
#include <string>

#include "gates/core/report.h"
#include "gates/survey.h"

namespace gates {

/// The format's name.
constexpr std::string_view kInToto = "in-toto";

/// What a statement about a log says that the log does not. Both are URIs.
struct Attested {
  std::string verifier;  // who verified; empty: the log's gate, as `git-verdict:gate/staging`
  std::string resource;  // the repository that the commits belong to
  PolicyOrigin policy;   // under which the logs were read
};

/// Why no statement can be made of a well-formed log; nothing: one can.
std::optional<std::string> FindStatementGap(const SurveyedLog& log);

/// For each log of which one can be made an unsigned in-toto Statement v1 about the commit that
/// was validated, with a SLSA verification summary v1; one a line, ASCII only.
std::string RenderVerificationSummaries(const Survey& survey, const Attested& attested);

}  // namespace gates
