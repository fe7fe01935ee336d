#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/support/program.h"

// Programs that are ended, or told of a fault, at one of the system calls by which they change
// what is on disk.

namespace test {

/// What a program meets with at its n-th such call, counted from 1: it is killed before the call is
/// made, or the call is not made and fails with this errno.
struct Blow {
  int at = 0;
  std::optional<int> error;
};

struct Struck {
  Ran ran;
  std::string call;  // its name and what it is about; empty: there are fewer calls
};

/// Whether this machine lets one process do that to another.
bool CanStrike();

/// Runs `command` in `directory`, to its end or to the blow. Programs that it starts are spared.
Struck RunStruck(const std::vector<std::string>& command, const std::string& directory,
                 const Environment& environment, const Blow& blow);

}  // namespace test
