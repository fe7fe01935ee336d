#include "gates/report/markdown_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/report/escape.h"

namespace gates {
namespace {

bool IsPlainWord(std::string_view word) {
  constexpr std::string_view kOpening = "(\"'", kClosing = ".,;:)\"'";
  word.remove_prefix(std::min(word.find_first_not_of(kOpening), word.size()));
  word = word.substr(0, word.find_last_not_of(kClosing) + 1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (std::ranges::all_of(word, is_digit)) return true;
  return is_letter(word[0]) &&
         std::ranges::all_of(word, [&](char c) { return is_letter(c) || c == '-' || c == '\''; });
}

// Two code spans side by side would be read as one, or as none.
void AppendCode(std::string_view escaped, std::string& text) {
  if (text.ends_with('`')) text += ' ';
  text += CodeSpan(escaped);
}

// What ends a sentence or a part of it stands outside of the code span.
void AppendWord(std::string_view word, std::string& text) {
  if (IsPlainWord(word)) {
    text += word;
    return;
  }
  const size_t end = word.find_last_not_of(".,;:") + 1;
  AppendCode(word.substr(0, end), text);
  text += word.substr(end);
}

// The end of a word: at the next blank, or where a `command` begins.
size_t WordEnd(std::string_view prose) {
  for (size_t at = 0; at < prose.size(); ++at) {
    if (prose[at] == ' ') return at;
    if (prose[at] == '`' && prose.find('`', at + 1) != std::string_view::npos) return at;
  }
  return prose.size();
}

}  // namespace

size_t LongestRunOfBackticks(std::string_view text) {
  size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string CodeSpan(std::string_view escaped) {
  if (escaped.empty()) return "";
  const std::string fence(LongestRunOfBackticks(escaped) + 1, '`');
  const auto needs_blank = [](char c) { return c == '`' || c == ' '; };
  const std::string_view blank =
      needs_blank(escaped.front()) || needs_blank(escaped.back()) ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, blank, escaped);
}

std::string MarkdownProse(std::string_view raw, size_t limit) {
  const std::string escaped = EscapeShort(raw, limit);
  std::string text;
  for (std::string_view prose = escaped; !prose.empty();) {
    const size_t word = WordEnd(prose);
    AppendWord(prose.substr(0, word), text);
    prose.remove_prefix(word);
    if (prose.empty()) break;
    if (prose[0] == ' ') {
      text += ' ';
      prose.remove_prefix(1);
      continue;
    }
    const size_t partner = prose.find('`', 1);
    AppendCode(prose.substr(1, partner - 1), text);
    prose.remove_prefix(partner + 1);
  }
  return text;
}

}  // namespace gates
