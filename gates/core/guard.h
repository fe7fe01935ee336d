#pragma once

#include <functional>
#include <vector>

#include "gates/core/finding.h"

namespace gates {

/// Runs one gate's work. What it throws becomes a finding, so that a fault in
/// one place neither passes nor hides the others: a WorldError keeps its code,
/// anything else is INTERNAL.
std::vector<Finding> Guard(const std::function<std::vector<Finding>()>& work);

}  // namespace gates
