#include "gates/core/shell_word.h"

namespace gates {
namespace {

constexpr std::string_view kPlain =
    "/._-+=:@%,0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool IsPlain(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos;
}

}  // namespace

std::string ShellWord(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? "'\"'\"'" : std::string(1, c);
  return word + "'";
}

std::optional<std::string> UnquotedShellWord(std::string_view word) {
  std::string text;
  while (!word.empty()) {
    const char quote = word[0];
    if (quote == '\'' || quote == '"') {
      const size_t end = word.find(quote, 1);
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view inner = word.substr(1, end - 1);
      if (quote == '"' && inner.find_first_of("$`\\") != std::string_view::npos)
        return std::nullopt;
      text += inner;
      word.remove_prefix(end + 1);
    } else if (word.starts_with("\\'")) {
      text += '\'';
      word.remove_prefix(2);
    } else if (IsPlain(word.substr(0, 1))) {
      text += quote;
      word.remove_prefix(1);
    } else {
      return std::nullopt;
    }
  }
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace gates
