#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace gates {

/// What became of one check. The zero value counts as a failure.
enum class Outcome { kUnknown, kFailed, kSkipped, kPassed };

/// One check of a staging run. All text is raw: it comes from strangers.
struct CheckResult {
  std::string id;    // what an allowlist names: the label's first word, or the whole label
  std::string name;  // the label, for people
  Outcome outcome = Outcome::kUnknown;
  std::string detail;  // what it said when it failed; may hold line breaks
};

/// Results that are larger, or more than this, are refused.
inline constexpr size_t kMostResultBytes = 64 * 1024 * 1024;
inline constexpr size_t kMostResults = 100'000;

/// The id of a label: its first word where that reads `[A-Z][0-9]+[a-z]?`, else all of it.
std::string CheckIdOf(std::string_view label);

/// Reads results in JSON, JUnit XML or TAP; which one it is shows in the first
/// byte that is no blank. Gives at least one. The error says what is wrong with
/// them, and where.
tl::expected<std::vector<CheckResult>, std::string> ReadResults(std::string_view text);

}  // namespace gates
