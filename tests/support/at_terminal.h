#pragma once

#include <string>
#include <vector>

#include "tests/support/program.h"

namespace test {

/// Runs a program at a terminal of its own, where somebody types `answer` as soon as `question`
/// is shown. What it wrote to the terminal is in `out`. Killed when it takes half a minute.
Ran RunAtTerminal(const std::vector<std::string>& command, const std::string& directory,
                  const Environment& environment, const std::string& question,
                  const std::string& answer);

}  // namespace test
