#pragma once

#include <span>

#include "gates/core/staged_file.h"
#include "gates/core/world.h"
#include "gates/survey.h"

namespace gates {

/// The verdict logs that committing `staged` (an index, in its order) would bring, read as
/// SurveyLogs reads those of a commit: all that `held`, the commits that hold what is there
/// already, do not have just so. A log in conflict is MERGE_CONFLICT.
Survey SurveyStaged(std::span<const StagedFile> staged, std::span<const Root> held,
                    const Rules& rules, const Objects& objects, const Merging& merging);

}  // namespace gates
