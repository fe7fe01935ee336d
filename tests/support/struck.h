#pragma once

#include <string>
#include <vector>

#include "tests/support/program.h"

// Programs that are ended, or told of a fault, at one of the system calls by which they change
// what is on disk.

namespace test {

/// What a program meets with at one of these calls, counted from 1. kKilled: before it is made.
/// kFails: it is not made and fails with EIO. kDiskIsFull: this call and those that come later
/// fail with ENOSPC, where they need space.
struct Blow {
  enum class Kind { kNone, kKilled, kFails, kDiskIsFull };

  Kind kind = Kind::kNone;
  size_t at = 0;
};

struct Struck {
  Ran ran;
  std::vector<std::string> changes;  // each call that it came to: its name and what it is about
};

/// Whether this machine lets one process do that to another.
bool CanStrike();

/// Runs `command` in `directory`, to its end or to the blow. Programs that it starts are spared.
Struck RunStruck(const std::vector<std::string>& command, const std::string& directory,
                 const Environment& environment, const Blow& blow);

}  // namespace test
