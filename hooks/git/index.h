#pragma once

#include <string>
#include <vector>

#include "gates/core/staged_file.h"
#include "gates/core/world.h"

namespace git {

/// What a commit of the index file at `path` would hold, by path: what is only meant to be
/// added (`git add -N`) is left out. An index that is not there is empty. Throws
/// gates::WorldError where it cannot be read.
std::vector<gates::StagedFile> ReadIndex(const std::string& path);

/// Why libgit2 could not read an index just now (split, sparse, damaged), in our words.
gates::WorldError UnreadableIndex();

}  // namespace git
