#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/report.h"
#include "gates/report/format.h"
#include "gates/staging/fold.h"

namespace gates {

/// What was tested, as in-toto names it: a commit, or the results themselves.
struct Subject {
  std::string name;       // may be empty
  std::string algorithm;  // "gitCommit", "gitBlob"
  ObjectId digest;
};

/// A folded verdict and what it rests on. The zero value is FAILED.
struct FoldReport {
  Folded folded;
  std::optional<PolicyOrigin> policy = std::nullopt;  // nothing: it could not be read
  Tolerance tolerance = Tolerance::kStrict;           // with the policy's own word
  std::vector<Subject> subjects = {};
  std::string url = "";  // of the test run; empty: not known
};

/// A way to write a folded verdict down.
struct FoldFormat {
  std::string_view name;
  std::string (*render)(const FoldReport&, Colour);
};

std::span<const FoldFormat> AllFoldFormats();

/// The format called `name`, or null.
const FoldFormat* FindFoldFormat(std::string_view name);

/// For people: what did not pass, what was waived, and the verdict in the last line.
std::string RenderFoldText(const FoldReport& report, Colour colour);

/// The last lines of that: `INFRA-WAIVED: ...` where something was, and `VERDICT: ...`.
std::string RenderVerdict(const FoldReport& report, Colour colour);

/// For programs: schema git-verdict/fold/1, one line, ASCII only.
std::string RenderFoldJson(const FoldReport& report, Colour colour);

/// An unsigned in-toto Statement v1 with a test-result predicate, one line.
/// Waived checks are warned tests; tests are called by their ids. Empty without a
/// subject, since a statement has to be about something.
std::string RenderTestResult(const FoldReport& report, Colour colour);

/// SUCCESS or FAILED.
std::string_view Verdict(const Folded& folded);

/// passed, failed, skipped or unknown.
std::string_view Name(Outcome outcome);

}  // namespace gates
