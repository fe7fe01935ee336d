#pragma once

#include <string>

namespace git {

/// Throws REPOSITORY_UNREADABLE where another user owns the repository and the
/// user's or the system's safe.directory does not name it: git's own rule.
void RequireOwnership(const std::string& git_directory);

}  // namespace git
