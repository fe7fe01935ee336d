#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/policy.h"
#include "gates/staging/results.h"

namespace gates {

/// Whether failures of allowlisted checks may be waived in this run.
enum class Tolerance { kStrict, kTolerant };

/// A failure that was waived, and by which entry of the allowlist.
struct Waived {
  CheckResult check;
  InfraCheck allowed_by;
};

/// Why a failure counts that no entry of the allowlist names.
inline constexpr std::string_view kRealCheck = "a real check";

/// A failure that counts, and why it was not waived.
struct Counted {
  CheckResult check;
  std::string why;  // kRealCheck, "its waiver expired 2026-...Z", ...
};

/// Per-check results folded to one verdict. The zero value is FAILED.
struct Folded {
  bool passed = false;
  std::string reason;               // one line for people, in `VERDICT: SUCCESS (...)`
  std::vector<CheckResult> checks;  // by id, each once
  std::vector<Waived> waived;
  std::vector<Counted> failed;
};

/// SUCCESS where there are results and every one passed or was waived. Does not
/// depend on their order. `now` in seconds since 1970.
Folded Fold(const std::vector<CheckResult>& results, const StagingRule& rule, Tolerance tolerance,
            std::int64_t now);

/// FAILED for results that could not be read.
Folded FoldedFault(std::string reason);

}  // namespace gates
