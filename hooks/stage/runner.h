#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/staging/suite.h"
#include "gates/staging/write_results.h"
#include "hooks/stage/container.h"
#include "hooks/stage/live_lines.h"

namespace stage {

/// How a suite is run.
struct RunSettings {
  gates::StagingMode mode = gates::StagingMode::kFull;
  std::string base_url;
  std::chrono::milliseconds limit = std::chrono::minutes(10);  // for all of it
  int stop = -1;  // a descriptor: as soon as it can be read from, everything ends

  bool in_container = false;
  tl::expected<Container, std::string> container;  // or why no engine can be asked
};

/// Runs the checks of the mode, group after group, and gives what became of each,
/// in the suite's order. Whatever a check could not find out is a failure of it.
std::vector<gates::RanCheck> RunSuite(const gates::Suite& suite, const RunSettings& settings,
                                      LiveLines& lines);

}  // namespace stage
