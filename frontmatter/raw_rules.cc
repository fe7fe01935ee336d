#include "frontmatter/raw_rules.h"

#include <algorithm>
#include <string>

#include "frontmatter/lines.h"

namespace frontmatter {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
constexpr std::string_view kKeyBytes =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ ./()+$@~-";

bool IsKeyForm(std::string_view key) {
  return !key.empty() && kLetters.find(key[0]) != std::string_view::npos &&
         key.find_first_not_of(kKeyBytes) == std::string_view::npos;
}

const char* ObjectionInColumnOne(std::string_view line) {
  if (line.starts_with('%')) return "directives are not allowed";
  if (line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>")) {
    return "a conflict marker of a merge stands here";
  }
  return "a line that starts in column 1 must be `key: value`, a list item or a comment";
}

}  // namespace

Place RawBlock::PlaceOf(size_t offset) const {
  const std::string_view before = bytes.substr(0, offset);
  const size_t feed = before.rfind('\n');
  const size_t line_begin = feed == std::string_view::npos ? 0 : feed + 1;
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return {first_line + static_cast<int>(lines), static_cast<int>(before.size() - line_begin) + 1};
}

std::string_view RawBlock::From(size_t offset) const {
  return offset < bytes.size() ? bytes.substr(offset) : std::string_view();
}

std::string_view RawBlock::LineFrom(size_t offset) const { return LineAt(From(offset), 0).bytes; }

std::optional<ParseError> CheckRootKey(const RawBlock& block, size_t offset, std::string_view key) {
  const std::string_view line = block.LineFrom(offset);
  const auto error = [&](const char* message) {
    return ParseError{Fault::kYaml, block.PlaceOf(offset), message, {}, std::string(Excerpt(line))};
  };
  if (offset > 0 && offset <= block.bytes.size() && block.bytes[offset - 1] != '\n') {
    return error("a key of the top level must start in column 1");
  }
  if (!IsKeyForm(key) || !line.starts_with(key)) {
    return error("a key of the top level must be plain text of ASCII letters, digits and `_ - .`");
  }
  const std::string_view rest = line.substr(key.size());
  if (rest != ":" && !rest.starts_with(": ")) {
    return error("the colon must stand right behind the key, and a blank behind the colon");
  }
  return std::nullopt;
}

std::optional<ParseError> CheckColumnOne(const RawBlock& block, const std::vector<int>& key_lines) {
  auto key_line = key_lines.begin();
  int number = block.first_line;
  for (size_t begin = 0; begin < block.bytes.size(); ++number) {
    const Line line = LineAt(block.bytes, begin);
    begin = line.next;
    if (key_line != key_lines.end() && *key_line == number) {
      ++key_line;
      continue;
    }
    const std::string_view bytes = line.bytes;
    if (bytes.empty() || bytes[0] == ' ' || bytes[0] == '#' || bytes == "-" ||
        bytes.starts_with("- "))
      continue;
    return ParseError{
        Fault::kYaml, {number, 1}, ObjectionInColumnOne(bytes), {}, std::string(Excerpt(bytes))};
  }
  return std::nullopt;
}

}  // namespace frontmatter
