#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "frontmatter/parse_error.h"

namespace frontmatter {

/// The bytes between the fences of `text`, line ends kept; they begin on line 2. Faults:
/// fences missing, unclosed or ambiguous, a limit passed; another format at byte 0.
/// What stands after the closing fence is never looked at.
tl::expected<std::string_view, ParseError> BlockBetweenFences(std::string_view text);

/// The first line of a mapping (from `first_line` on) that could pass for a fence or is too long.
std::optional<ParseError> FindFenceOrLongLine(std::string_view block, int first_line);

/// Whether a block holds nothing but blank lines and comments.
bool IsEmptyBlock(std::string_view block);

}  // namespace frontmatter
