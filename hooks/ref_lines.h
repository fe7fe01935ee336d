#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gates/judge.h"

namespace hooks {

/// Whether git could have given this full name: other bytes than a ref may hold were not
/// written by it.
bool MayBeRefName(std::string_view ref);

/// Updates, or INPUT_MALFORMED: an update that is not seen, or seen on another
/// value, is an update that nobody judged.
using Updates = tl::expected<std::vector<gates::RefUpdate>, gates::Finding>;

/// What git writes to a pre-push hook: per ref a line
/// `<local ref> SP <local id> SP <remote ref> SP <remote id> LF`, an id of
/// zeros for a side that does not exist.
Updates ReadPrePushLines(std::string_view text);

/// What git writes to a pre-receive hook: `<old id> SP <new id> SP <ref> LF`.
Updates ReadPreReceiveLines(std::string_view text);

}  // namespace hooks
