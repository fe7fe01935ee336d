#include "frontmatter/fences.h"

#include <string>

#include "frontmatter/bytes.h"
#include "frontmatter/document.h"
#include "frontmatter/lines.h"

namespace frontmatter {
namespace {

constexpr std::string_view kFence = "---";
constexpr std::string_view kDocumentEnd = "...";
constexpr std::string_view kLfsPointer = "version https://git-lfs";

ParseError FenceError(Place place, const char* message, std::string_view found = {}) {
  return {Fault::kFrontmatter, place, message, {}, std::string(Excerpt(found))};
}

// A line that one reader takes for a fence and another for content.
bool CouldBeAFence(std::string_view line) {
  const std::string_view bare = Trimmed(line);
  return line.starts_with(kFence) || line.starts_with(kDocumentEnd) || bare == kFence ||
         bare == kDocumentEnd;
}

std::optional<ParseError> CheckLine(std::string_view line, int number) {
  if (line.size() > Limits::kLineBytes) {
    return FenceError({number, 1}, "the line is longer than 4096 bytes");
  }
  if (CouldBeAFence(line)) {
    return FenceError({number, 1},
                      "the line could be taken for a fence, so the end of the block is ambiguous",
                      line);
  }
  return std::nullopt;
}

ParseError NoOpeningFence(std::string_view text) {
  if (const auto foreign = FindForeignFormat(text)) return *foreign;
  if (text.empty()) return FenceError({}, "the file is empty");
  if (text.starts_with(kLfsPointer)) {
    return FenceError({1, 1}, "this is a Git LFS pointer: verdict logs must not be stored in LFS");
  }
  const std::string_view line = LineAt(text, 0).bytes;
  if (!CouldBeAFence(line)) {
    return FenceError({1, 1}, "the file does not start with a `---` line", line);
  }
  if (line.starts_with("---\r")) {
    return FenceError({1, 4}, "the lines end in a lone carriage return, save with LF or CRLF",
                      line);
  }
  return FenceError({1, 1}, "the first line must be exactly `---`", line);
}

}  // namespace

tl::expected<std::string_view, ParseError> BlockBetweenFences(std::string_view text) {
  const Line opening = LineAt(text, 0);
  if (opening.bytes != kFence) return tl::unexpected(NoOpeningFence(text));
  size_t begin = opening.next;
  for (int number = 2; begin < text.size(); ++number) {
    if (begin - opening.next > Limits::kBlockBytes) {
      return tl::unexpected(FenceError({number, 1}, "no closing `---` line within 64 KiB"));
    }
    const Line line = LineAt(text, begin);
    if (line.bytes == kFence) return text.substr(opening.next, begin - opening.next);
    if (auto error = CheckLine(line.bytes, number)) return tl::unexpected(*error);
    begin = line.next;
  }
  return tl::unexpected(FenceError({1, 1}, "the front matter is not closed: no second `---` line"));
}

std::optional<ParseError> FindFenceOrLongLine(std::string_view block, int first_line) {
  for (size_t begin = 0; begin < block.size(); ++first_line) {
    const Line line = LineAt(block, begin);
    if (auto error = CheckLine(line.bytes, first_line)) return error;
    begin = line.next;
  }
  return std::nullopt;
}

bool IsEmptyBlock(std::string_view block) {
  for (size_t begin = 0; begin < block.size();) {
    const Line line = LineAt(block, begin);
    const std::string_view bare = Trimmed(line.bytes);
    if (!bare.empty() && !bare.starts_with('#')) return false;
    begin = line.next;
  }
  return true;
}

}  // namespace frontmatter
