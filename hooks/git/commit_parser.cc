#include "hooks/git/commit_parser.h"

#include <charconv>

namespace git {
namespace {

using gates::ObjectId;

constexpr size_t kHexSize = 40;

// Cuts a line `<key> <40 hex>\n` off `rest`; nothing, and `rest` as it was, where it is none.
std::optional<ObjectId> CutIdLine(std::string_view key, std::string_view& rest) {
  const size_t end = key.size() + kHexSize;
  if (!rest.starts_with(key) || rest.size() <= end || rest[end] != '\n') return std::nullopt;
  const auto id = ObjectId::FromHex(rest.substr(key.size(), kHexSize));
  if (id) rest.remove_prefix(end + 1);
  return id;
}

std::string_view CutLine(std::string_view& rest) {
  const size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

// Git looks for the date behind the last `>` of the line after the author's.
std::optional<std::int64_t> CommitterDate(std::string_view headers) {
  if (!CutLine(headers).starts_with("author ")) return std::nullopt;
  std::string_view line = CutLine(headers);
  if (!line.starts_with("committer ")) return std::nullopt;
  const size_t angle = line.rfind('>');
  if (angle == std::string_view::npos) return std::nullopt;
  line.remove_prefix(angle + 1);
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  std::int64_t seconds = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), seconds);
  if (read.ec != std::errc() || seconds < 0) return std::nullopt;
  return seconds;
}

// Between the first `<` of the author's line and the first `>` behind it.
std::string_view AuthorEmail(std::string_view headers) {
  std::string_view line = CutLine(headers);
  if (!line.starts_with("author ")) return {};
  const size_t begin = line.find('<');
  const size_t end = line.find('>', begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  return line.substr(begin + 1, end - begin - 1);
}

std::string_view MessageOf(std::string_view bytes) {
  const size_t blank = bytes.find("\n\n");
  return blank == std::string_view::npos ? std::string_view() : bytes.substr(blank + 2);
}

}  // namespace

tl::expected<ParsedCommit, std::string> ParseCommit(std::string_view bytes) {
  ParsedCommit commit;
  std::string_view rest = bytes;
  const auto tree = CutIdLine("tree ", rest);
  if (!tree) return tl::unexpected<std::string>("it does not start with its tree");
  commit.tree = *tree;
  while (const auto parent = CutIdLine("parent ", rest)) commit.parents.push_back(*parent);
  if (rest.starts_with("parent "))
    return tl::unexpected<std::string>("the name of a parent is not an id");
  commit.committed_at = CommitterDate(rest);
  commit.message = MessageOf(bytes);
  commit.author_email = AuthorEmail(rest);
  return commit;
}

std::optional<ObjectId> ParseTagTarget(std::string_view bytes) {
  return CutIdLine("object ", bytes);
}

}  // namespace git
