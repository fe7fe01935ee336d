#pragma once

#include <string>
#include <vector>

#include "gates/proof/change.h"

// The policy's section `docs`: what a change has to tell of in the documentation.
// Where the policy has none, nothing is read and nothing found.

namespace gates {

/// What it has against the files that differ between B and L, verdict logs apart: a rule whose
/// documentation did not change along, and placeholders that nobody has filled in.
std::vector<Finding> FindDocsFaults(const Change& change);

/// The required documents that these work items do not have at L.
std::vector<Finding> FindMissingDocs(const Change& change, const std::vector<std::string>& items);

}  // namespace gates
