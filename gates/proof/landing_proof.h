#pragma once

#include <tl/expected.hpp>

#include "gates/core/report.h"
#include "gates/proof/change.h"

namespace gates {

/// The landing proof: C(L) == expected(V, B). Gives kExact or kReplay; else
/// STALE_CODE, STALE_BASE or MERGE_EVIL with the differing paths.
tl::expected<Proof, Finding> ProveLanding(const Change& change, const Commit& validated);

}  // namespace gates
