#pragma once

#include <string>
#include <vector>

#include "gates/core/report.h"

// What formats for machines write down one by one.

namespace gates {

/// One thing that speaks against landing.
struct Complaint {
  const UpdateReport* update;  // of the report; null: a fault outside any update
  Finding finding;             // raw
  std::string fingerprint;     // 32 hex digits: the same in another run, no other's in this one
};

/// Everything that speaks against landing. A refusal without a finding is a fault of ours, so
/// this is empty only where all may land, or where nothing was checked.
std::vector<Complaint> ComplaintsOf(const Report& report);

/// The finding's file as a path from the top of the repository, raw; empty where it is none.
std::string_view PathInRepository(const Finding& finding);

/// The same, else a file that stands for the whole repository: some readers insist on one.
std::string_view FileFor(const Finding& finding);

}  // namespace gates
