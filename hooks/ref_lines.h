#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gates/judge.h"

namespace hooks {

/// Reads what git writes to a pre-push hook: per ref a line
/// `<local ref> SP <local id> SP <remote ref> SP <remote id> LF`, an id of
/// zeros for a side that does not exist. Anything else is INPUT_MALFORMED:
/// an update that is not seen is an update that nobody judged.
tl::expected<std::vector<gates::RefUpdate>, gates::Finding> ReadPrePushLines(std::string_view text);

}  // namespace hooks
