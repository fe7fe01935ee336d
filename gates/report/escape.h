#pragma once

#include <string>
#include <string_view>

namespace gates {

/// Makes bytes from a stranger printable: control characters, DEL, C1, bidi
/// controls, line separators, zero-width and invalid UTF-8 become \xNN or
/// \u{NNNN}, a backslash becomes \\. The result is valid UTF-8 on one line and
/// starts no CI command (`::` that leads a word and every `##` lose a character
/// to \xNN). Different bytes stay different.
std::string Escape(std::string_view raw);

/// Escape, then cut to at most `limit` bytes with `...` in place of the rest.
std::string EscapeShort(std::string_view raw, size_t limit);

/// EscapeShort, then a backslash before everything that Markdown takes for markup
/// inside of a line, the bars of a table among it. Shows as EscapeShort does.
std::string EscapeMarkdown(std::string_view raw, size_t limit);

/// Bytes as part of the path of a URI: all but letters, digits, `-._~` and `/` as %NN.
std::string PercentEncode(std::string_view raw);

}  // namespace gates
