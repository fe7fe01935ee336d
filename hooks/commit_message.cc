#include "hooks/commit_message.h"

#include <algorithm>
#include <array>

namespace hooks {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::string_view kScissors = " ------------------------ >8 ------------------------";
constexpr std::string_view kMarks =
    "#;@!$%^&|:";  // of which git takes one for core.commentChar=auto

bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

Lines LinesOf(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

std::string Joined(const Lines& lines) {
  std::string text;
  for (const std::string_view line : lines) text.append(line) += '\n';
  return text;
}

bool IsMark(char c) { return kMarks.find(c) != kMarks.npos; }

std::string MarkIn(const Lines& lines) {
  for (const std::string_view line : lines)
    if (!line.empty() && IsMark(line.front()) && line.substr(1) == kScissors)
      return std::string(1, line.front());
  const auto last = std::find_if_not(lines.rbegin(), lines.rend(), IsBlank);
  const bool is_marked = last != lines.rend() && IsMark(last->front());
  return is_marked ? std::string(1, last->front()) : "#";
}

void CutAtScissors(std::string_view mark, Lines& lines) {
  const std::string scissors = std::string(mark) + std::string(kScissors);
  lines.erase(std::ranges::find(lines, scissors), lines.end());
}

}  // namespace

std::vector<std::string> ReadingsOf(std::string_view file, std::string_view comment) {
  Lines lines = LinesOf(file);
  std::string mark = comment == "auto" ? MarkIn(lines) : std::string(comment);
  if (mark.empty()) mark = "#";
  CutAtScissors(mark, lines);
  std::string whole = Joined(lines);
  std::erase_if(lines, [&](std::string_view line) { return line.starts_with(mark); });
  return {Joined(lines), std::move(whole)};
}

bool HasATitleOfGits(std::string_view message) {
  constexpr std::array kTitles = {"fixup! ",      "squash! ",           "amend! ",
                                  "Merge branch", "Merge remote-",      "Merge tag",
                                  "Merge commit", "Merge pull request", "Revert \"",
                                  "Reapply \""};
  const Lines lines = LinesOf(message);
  const auto title = std::ranges::find_if_not(lines, IsBlank);
  return title != lines.end() &&
         std::ranges::any_of(kTitles, [&](auto start) { return title->starts_with(start); });
}

bool IsEmpty(std::string_view message) { return std::ranges::all_of(LinesOf(message), IsBlank); }

}  // namespace hooks
