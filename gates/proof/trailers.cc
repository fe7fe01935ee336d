#include "gates/proof/trailers.h"

#include <algorithm>

namespace gates {
namespace {

constexpr std::string_view kBlanks = " \t\r";

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool EqualInAnyCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(kBlanks) == std::string_view::npos;
}

std::vector<std::string_view> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The lines of the last paragraph; none where it is the only one.
std::vector<std::string_view> LastParagraph(std::string_view message) {
  std::vector<std::string_view> lines = Split(message, "\n");
  while (!lines.empty() && IsBlank(lines.back())) lines.pop_back();
  const auto before = std::find_if(lines.rbegin(), lines.rend(), IsBlank);
  if (std::all_of(before, lines.rend(), IsBlank)) return {};
  return {before.base(), lines.end()};
}

}  // namespace

std::vector<std::string> ReadTrailer(std::string_view message, std::string_view name) {
  std::vector<std::string> words;
  for (const std::string_view line : LastParagraph(message)) {
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !EqualInAnyCase(line.substr(0, name.size()), name))
      continue;
    for (const std::string_view word : Split(line.substr(name.size() + 1), ", \t\r"))
      if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

}  // namespace gates
