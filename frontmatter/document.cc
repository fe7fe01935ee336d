#include "frontmatter/document.h"

#include <string>

#include "frontmatter/bytes.h"
#include "frontmatter/fences.h"
#include "frontmatter/lines.h"
#include "frontmatter/yaml_reader.h"

namespace frontmatter {
namespace {

constexpr int kBlockFirstLine = 2;  // the opening fence is line 1

ParseError Fail(Fault fault, const char* message) { return {fault, {}, message, {}, {}}; }

}  // namespace

std::string_view Document::Line(int line) const {
  size_t begin = 0;
  for (int number = kBlockFirstLine; begin < block.size(); ++number) {
    const auto [bytes, next] = LineAt(block, begin);
    if (number == line) return bytes;
    begin = next;
  }
  return {};
}

tl::expected<Document, ParseError> ReadFrontmatter(std::string_view text) {
  const auto block = BlockBetweenFences(text);
  if (!block) return tl::unexpected(block.error());
  if (auto error = FindForbiddenBytes(*block, kBlockFirstLine)) return tl::unexpected(*error);
  if (IsEmptyBlock(*block))
    return tl::unexpected(Fail(Fault::kFrontmatter, "the front matter is empty"));
  auto fields = ReadBlock({.bytes = *block, .first_line = kBlockFirstLine});
  if (!fields) return tl::unexpected(fields.error());
  return Document{std::move(*fields), std::string(*block)};
}

tl::expected<Node, ParseError> ReadMapping(std::string_view text) {
  if (auto error = FindForeignFormat(text)) return tl::unexpected(*error);
  if (text.size() > Limits::kBlockBytes) {
    return tl::unexpected(Fail(Fault::kFrontmatter, "the file is larger than 64 KiB"));
  }
  const auto [opening, next] = LineAt(text, 0);
  const bool has_opening = opening == "---";
  std::string block(text.substr(has_opening ? next : 0));
  const int first_line = has_opening ? 2 : 1;
  if (auto error = FindForbiddenBytes(block, first_line)) return tl::unexpected(*error);
  if (auto error = FindFenceOrLongLine(block, first_line)) return tl::unexpected(*error);
  if (IsEmptyBlock(block)) return tl::unexpected(Fail(Fault::kYaml, "the file holds no mapping"));
  if (!block.ends_with('\n')) block += '\n';
  return ReadBlock({block, first_line, "file"});
}

}  // namespace frontmatter
