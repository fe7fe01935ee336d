#include "gates/report/fenced_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/report/escape.h"
#include "gates/report/markdown_text.h"

namespace gates {
namespace {

constexpr size_t kShortestFence = 3;
constexpr std::string_view kTab = "    ";

std::string_view WithoutBlankEnd(std::string_view text) {
  const size_t last = text.find_last_not_of(" \t\r\n");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::string Untabbed(std::string_view line) {
  std::string text;
  for (const char c : line) text += c == '\t' ? std::string(kTab) : std::string(1, c);
  return text;
}

// A line that a careless reader of front matter would take for one of its fences.
bool LooksLikeAFence(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line.starts_with("---") || line.starts_with("...");
}

std::string QuotedLine(std::string_view raw, size_t limit) {
  if (raw.ends_with('\r')) raw.remove_suffix(1);
  std::string line = EscapeShort(Untabbed(raw.substr(0, limit + 1)), limit);
  if (!LooksLikeAFence(line)) return line;
  const size_t mark = line.find_first_not_of(' ');
  return line.replace(mark, 1, line[mark] == '-' ? "\\x2d" : "\\x2e");
}

}  // namespace

std::string FencedBlock(std::string_view raw, size_t limit) {
  raw = WithoutBlankEnd(raw);
  if (raw.empty()) return "";
  std::string lines;
  while (!raw.empty() && lines.size() < limit) {
    const std::string_view line = raw.substr(0, raw.find('\n'));
    lines += QuotedLine(line, limit - lines.size()) + '\n';
    raw.remove_prefix(std::min(line.size() + 1, raw.size()));
  }
  if (!raw.empty()) lines += fmt::format("(cut at {} bytes)\n", limit);
  const std::string fence(std::max(kShortestFence, LongestRunOfBackticks(lines) + 1), '`');
  return fmt::format("{}text\n{}{}\n", fence, lines, fence);
}

}  // namespace gates
