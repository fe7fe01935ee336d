#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/tree.h"

namespace git {

/// Reads the bytes of a tree object: `<octal mode> SP <name> NUL <20 id bytes>`,
/// again and again. Gives why it is malformed where git and libgit2 could read
/// it differently: order, names standing twice, padded or strange modes, names
/// that are no path component, truncation.
tl::expected<gates::Tree, std::string> ParseTree(std::vector<char> bytes);

}  // namespace git
