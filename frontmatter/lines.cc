#include "frontmatter/lines.h"

namespace frontmatter {
namespace {

constexpr size_t kExcerptBytes = 80;
constexpr std::string_view kBlanks = " \t\r\v\f";

}  // namespace

Line LineAt(std::string_view text, size_t begin) {
  const size_t feed = text.find('\n', begin);
  if (feed == std::string_view::npos) return {text.substr(begin), text.size()};
  std::string_view bytes = text.substr(begin, feed - begin);
  if (bytes.ends_with('\r')) bytes.remove_suffix(1);
  return {bytes, feed + 1};
}

std::string_view Trimmed(std::string_view line) {
  const size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kBlanks) - first + 1);
}

std::string_view Excerpt(std::string_view bytes) {
  if (bytes.size() <= kExcerptBytes) return bytes;
  size_t end = kExcerptBytes;
  const auto continues = [&](size_t i) {
    return (static_cast<unsigned char>(bytes[i]) & 0xC0) == 0x80;
  };
  while (end > kExcerptBytes - 4 && continues(end)) --end;
  return bytes.substr(0, end);
}

}  // namespace frontmatter
