#pragma once

#include <string>

#include "hooks/git/handle.h"

namespace git {

/// Adds the loose objects below `objects_directory` to `odb`. libgit2's own
/// reader of them loops for ever over a truncated object, and writes beyond its
/// buffer when a damaged header names too small a size; this one reports both.
void AddLooseObjects(git_odb* odb, const std::string& objects_directory);

}  // namespace git
