#pragma once

#include <string>
#include <vector>

#include "hooks/git/handle.h"

namespace git {

/// The objects below `common_directory`, in its alternates, and in `more`
/// object directories, without libgit2's reader of loose objects and without
/// a commit-graph.
OdbHandle OpenObjectDatabase(const std::string& common_directory,
                             const std::vector<std::string>& more);

}  // namespace git
