#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "gates/staging/results.h"

namespace gates {

/// A check that was run, and how long it took with all its tries.
struct RanCheck {
  CheckResult result;
  std::chrono::milliseconds took{0};
};

/// A staging run as it is written down.
struct StagingRun {
  std::string mode;
  std::string base_url;
  std::vector<RanCheck> checks;
};

/// The run as JSON of schema git-verdict/results/1, which ReadResults reads.
std::string WriteResults(const StagingRun& run);

}  // namespace gates
