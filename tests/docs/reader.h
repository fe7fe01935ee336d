#pragma once

#include "tests/docs/page.h"

namespace docs {

/// Does what a page says, from its first block to its last, in one shell that starts in
/// `directory` with git-verdict in its PATH; gives the page with the faults that came up.
Page FollowPage(const std::string& markdown, const std::string& directory);

}  // namespace docs
