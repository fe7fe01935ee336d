#pragma once

#include <string>
#include <string_view>

// What Markdown of ours is made of, where the words are a stranger's.

namespace gates {

/// How long the fence around a text must be at least, less one.
size_t LongestRunOfBackticks(std::string_view text);

/// Escaped text as a code span that nothing in it can end. Nobody is notified by what stands in
/// one, and no link is made of it. Empty for empty text.
std::string CodeSpan(std::string_view escaped);

/// Prose on one line, escaped and cut at `limit` bytes, with its `commands` kept. Every other word
/// that is more than letters or digits becomes a code span: no markup, no link, no mention.
std::string MarkdownProse(std::string_view raw, size_t limit);

}  // namespace gates
