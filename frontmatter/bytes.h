#pragma once

#include <optional>
#include <string_view>

#include "frontmatter/parse_error.h"

namespace frontmatter {

/// The first byte of `text` that breaks CONTRACT 3: strict UTF-8, and no character that
/// readers, terminals or people see differently. `first_line` is the file's line number of
/// the text's first line.
std::optional<ParseError> FindForbiddenBytes(std::string_view text, int first_line);

/// The place of the first byte that is not strict UTF-8; npos where all is.
size_t FindInvalidUtf8(std::string_view text);

/// What a file is that starts with the mark of another encoding or of compressed data;
/// nothing for a file that may be text.
std::optional<ParseError> FindForeignFormat(std::string_view text);

}  // namespace frontmatter
