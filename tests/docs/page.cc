#include "tests/docs/page.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

namespace docs {
namespace {

const std::set<std::string> kShown{"text", "yaml", "json", "markdown"};
constexpr std::string_view kPrompt = "$ ", kContinued = "> ", kAnyLines = "...";

/// A line that opens or closes a block: "```", or more of them, or tildes.
struct Fence {
  size_t column = 0;
  std::string marks, word;
};

Fence FenceOf(const std::string& line) {
  static const std::regex kFence("([ >]*)(`{3,}|~{3,})[ ]*([^ `]*)[^`]*");
  std::smatch match;
  if (!std::regex_match(line, match, kFence)) return {};
  return {match[1].str().size(), match[2], match[3]};
}

bool Closes(const Fence& fence, const Fence& opening) {
  return fence.word.empty() && fence.marks.starts_with(opening.marks);
}

/// A line of a block whose fence is indented, without that indent.
std::string Unindented(const std::string& line, size_t column) {
  const size_t text = std::min(line.find_first_not_of(" >"), line.size());
  return line.substr(std::min(text, column));
}

std::string ExcuseIn(const std::string& line) {
  static const std::regex kExcuse(" *<!-- not run: (.+) -->");
  std::smatch match;
  return std::regex_match(line, match, kExcuse) ? match[1].str() : "";
}

std::string At(int line, const std::string& fault) {
  return "line " + std::to_string(line) + ": " + fault;
}

bool IsCommand(const std::string& line) { return line.starts_with(kPrompt); }

void ReadScript(const Block& block, Page& page) {
  Step script{block.line + 1, "", true, {}};
  for (const std::string& line : block.lines) script.text += line + "\n";
  page.steps.push_back(script);
}

void ReadConsole(const Block& block, Page& page) {
  if (block.lines.empty() || !IsCommand(block.lines[0])) {
    page.faults.push_back(At(block.line, "a console block starts with a command behind `$ `"));
    return;
  }
  bool may_continue = false;
  for (size_t i = 0; i < block.lines.size(); ++i) {
    const std::string& line = block.lines[i];
    if (IsCommand(line)) {
      page.steps.push_back(
          {block.line + 1 + static_cast<int>(i), line.substr(2) + "\n", false, {}});
      may_continue = true;
    } else if (may_continue && line.starts_with(kContinued)) {
      page.steps.back().text += line.substr(2) + "\n";
    } else {
      page.steps.back().answer.push_back(line);
      may_continue = false;
    }
  }
}

void ReadBlock(const Block& block, Page& page) {
  const bool is_empty =
      std::ranges::all_of(block.lines, [](const std::string& line) { return line.empty(); });
  if (!block.is_closed) {
    page.faults.push_back(At(block.line, "this block is never closed"));
  } else if (is_empty) {
    page.faults.push_back(At(block.line, "this block is empty"));
  } else if (!block.excuse.empty()) {
    ++page.excused;
  } else if (block.language == "sh") {
    ++page.run;
    ReadScript(block, page);
  } else if (block.language == "console") {
    ++page.run;
    ReadConsole(block, page);
  } else if (!kShown.contains(block.language)) {
    page.faults.push_back(
        At(block.line, "a block of '" + block.language + "' is neither run nor known as output"));
  } else if (std::ranges::any_of(block.lines, IsCommand)) {
    page.faults.push_back(At(block.line, "commands stand in a console block"));
  } else {
    ++page.shown;
  }
}

/// Code that no fence tells apart from prose: indented by four, below an empty line.
Lines UnfencedCodeIn(const Lines& lines, const std::vector<Block>& blocks) {
  std::vector<bool> is_fenced(lines.size());
  for (const Block& block : blocks)
    for (size_t i = 0; i < block.lines.size() + 2; ++i) {
      const size_t at = static_cast<size_t>(block.line) - 1 + i;
      if (at < lines.size()) is_fenced[at] = true;
    }
  Lines faults;
  for (size_t i = 0; i < lines.size(); ++i)
    if (!is_fenced[i] && lines[i].starts_with("    ") && (i == 0 || lines[i - 1].empty()))
      faults.push_back(At(static_cast<int>(i) + 1, "code stands in a fenced block"));
  return faults;
}

std::string Masked(const std::string& line) {
  static const std::regex kId("\\b([0-9a-f]{40}|[0-9a-f]{12}|[0-9a-f]{7})\\b");
  return std::regex_replace(line, kId, "<id>");
}

using Span = Lines::const_iterator;

bool Matches(Span answer, Span answer_end, Span output, Span output_end) {
  if (answer == answer_end) return output == output_end;
  if (*answer == kAnyLines) {
    for (Span rest = output;; ++rest) {
      if (Matches(answer + 1, answer_end, rest, output_end)) return true;
      if (rest == output_end) return false;
    }
  }
  return output != output_end && Masked(*answer) == Masked(*output) &&
         Matches(answer + 1, answer_end, output + 1, output_end);
}

}  // namespace

Lines LinesOf(const std::string& text) {
  std::istringstream in(text);
  Lines lines;
  for (std::string line; std::getline(in, line);)
    lines.push_back(line.substr(0, line.find_last_not_of(" \t\r") + 1));
  return lines;
}

std::vector<Block> BlocksOf(const std::string& markdown) {
  std::vector<Block> blocks;
  Fence opening;
  int at = 0;
  std::string line_above;
  for (const std::string& line : LinesOf(markdown)) {
    ++at;
    const Fence fence = FenceOf(line);
    const bool is_inside = !blocks.empty() && !blocks.back().is_closed;
    if (is_inside && !fence.marks.empty() && Closes(fence, opening)) {
      blocks.back().is_closed = true;
    } else if (is_inside) {
      blocks.back().lines.push_back(Unindented(line, opening.column));
    } else if (!fence.marks.empty()) {
      opening = fence;
      blocks.push_back({at, fence.word, ExcuseIn(line_above), {}, false});
    }
    line_above = line;
  }
  return blocks;
}

Page ReadPage(const std::string& markdown) {
  const std::vector<Block> blocks = BlocksOf(markdown);
  Page page;
  page.faults = UnfencedCodeIn(LinesOf(markdown), blocks);
  for (const Block& block : blocks) ReadBlock(block, page);
  return page;
}

bool ShowsFailure(const Lines& answer) {
  static const std::regex kFailure(
      "(remote: )? *(BLOCK |CANNOT-EVALUATE |VERDICT: FAILED |CONFLICT |error: |fatal: | ! \\[).*");
  return std::ranges::any_of(
      answer, [](const std::string& line) { return std::regex_match(line, kFailure); });
}

bool IsAnswer(const Lines& answer, const std::string& output) {
  const Lines lines = LinesOf(output);
  return Matches(answer.begin(), answer.end(), lines.begin(), lines.end());
}

}  // namespace docs
