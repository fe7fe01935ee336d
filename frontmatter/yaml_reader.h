#pragma once

#include <tl/expected.hpp>

#include "frontmatter/node.h"
#include "frontmatter/parse_error.h"
#include "frontmatter/raw_rules.h"

namespace frontmatter {

/// Reads a block, whose bytes passed the byte rules, as one mapping of the strict YAML subset.
/// Total: whatever the YAML library throws becomes a ParseError here, and only here.
tl::expected<Node, ParseError> ReadBlock(const RawBlock& block);

}  // namespace frontmatter
