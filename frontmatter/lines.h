#pragma once

#include <string_view>

namespace frontmatter {

/// One line of a text, without its line end (LF or CRLF; the last line may have none).
struct Line {
  std::string_view bytes;
  size_t next = 0;  // where the line after this one begins; the text's size after the last
};

/// The line of `text` that begins at byte `begin`.
Line LineAt(std::string_view text, size_t begin);

/// `line` without the blanks (of ASCII, any kind) at both ends.
std::string_view Trimmed(std::string_view line);

/// `bytes`, cut to a length that fits a message, never inside a UTF-8 sequence.
std::string_view Excerpt(std::string_view bytes);

}  // namespace frontmatter
