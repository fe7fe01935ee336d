#pragma once

#include <optional>

#include "gates/core/finding.h"
#include "hooks/command.h"

namespace hooks {

/// INPUT_MALFORMED where standard input is the null device: git gives every hook that it
/// tells of updates a pipe, so somebody keeps the input to themselves.
std::optional<gates::Finding> FindNullInput(const Process& process);

/// For a pre-push hook whose standard input is empty: INPUT_MALFORMED where it is not git that
/// has nothing to say, but a hook manager that says nothing.
std::optional<gates::Finding> FindLostInput(const Process& process);

}  // namespace hooks
