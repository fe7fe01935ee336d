#pragma once

#include <tl/expected.hpp>

#include "gates/proof/change.h"
#include "gates/proof/merge_again.h"

namespace gates {

/// Merges `theirs` into `ours` again, in memory: the root of the result, in the
/// bench's overlay. Several merge bases are merged into one first, never picked
/// from; none, or too many: not clean. Finding MERGE_CONFLICT.
tl::expected<Root, Finding> MergeAgain(const Rules& rules, Workbench& bench, const Commit& ours,
                                       const Commit& theirs, const MergeOptions& options);

/// What merging `head` into `base` would land. Finding MERGE_CONFLICT.
tl::expected<Change, Finding> MakeProposedChange(const Rules& rules, Workbench& bench,
                                                 const ObjectId& base, const ObjectId& head);

}  // namespace gates
