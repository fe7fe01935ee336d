#include "hooks/git/tree_parser.h"

#include <cstring>
#include <optional>

namespace git {
namespace {

using gates::Mode;
using gates::Tree;
using gates::TreeEntry;
using Why = std::string;

constexpr size_t kIdSize = 20;
constexpr size_t kLongestMode = 6;
constexpr std::uint32_t kKind = 0170000;

tl::unexpected<Why> No(Why why) { return tl::unexpected(std::move(why)); }

std::string Quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

// Cuts what stands before the first `end` off `rest`; nothing where there is no `end`.
std::optional<std::string_view> CutAt(char end, std::string_view& rest) {
  const size_t size = rest.find(end);
  if (size == std::string_view::npos) return std::nullopt;
  const std::string_view head = rest.substr(0, size);
  rest.remove_prefix(size + 1);
  return head;
}

// Old gits wrote 100664, so any permission bits of a file pass. A folder with
// permission bits does not: who looks at the kind sees a folder, who compares sees none.
bool IsModeOfGit(std::uint32_t mode) {
  return mode == Mode::kTree || mode == Mode::kSymlink || mode == Mode::kGitlink ||
         (mode & kKind) == (Mode::kRegular & kKind);
}

tl::expected<std::uint32_t, Why> ParseMode(std::string_view text) {
  if (text.empty() || text.size() > kLongestMode) return No("a mode has no sane length");
  if (text.front() == '0') return No("a mode has a leading zero");
  std::uint32_t mode = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '7') return No("a mode is not octal");
    mode = mode * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  if (!IsModeOfGit(mode)) return No("git writes no mode " + std::string(text));
  return mode;
}

Why WrongWithName(std::string_view name) {
  if (name.empty()) return "an entry has no name";
  if (name == "." || name == "..") return "an entry is called " + Quoted(name);
  if (name.find('/') != std::string_view::npos) return "the name " + Quoted(name) + " has a slash";
  return "";
}

tl::expected<TreeEntry, Why> CutEntry(std::string_view& rest) {
  TreeEntry entry;
  const auto mode_text = CutAt(' ', rest);
  if (!mode_text) return No("it is cut off in a mode");
  const auto mode = ParseMode(*mode_text);
  if (!mode) return No(mode.error());
  entry.mode = *mode;
  const auto name = CutAt('\0', rest);
  if (!name) return No("it is cut off in a name");
  entry.name = *name;
  if (Why why = WrongWithName(entry.name); !why.empty()) return No(std::move(why));
  if (rest.size() < kIdSize) return No("it is cut off in the id of " + Quoted(*name));
  std::memcpy(entry.id.bytes.data(), rest.data(), kIdSize);
  rest.remove_prefix(kIdSize);
  return entry;
}

// Finds a folder that bears the name of an earlier file. The two need not be
// neighbours: `a`, `a.b`, `a/` is in git's order. But all that stands between
// them starts with `a`, so a stack of the files whose names are still a prefix
// of what comes is enough, and every file enters and leaves it once.
class FilesAbove {
 public:
  bool HasNameOf(const TreeEntry& entry) {
    while (!names_.empty() && !entry.name.starts_with(names_.back())) names_.pop_back();
    if (!names_.empty() && names_.back() == entry.name) return true;
    if (!entry.is_tree()) names_.push_back(entry.name);
    return false;
  }

 private:
  std::vector<std::string_view> names_;
};

}  // namespace

tl::expected<Tree, std::string> ParseTree(std::vector<char> bytes) {
  std::vector<TreeEntry> entries;
  FilesAbove files_above;
  std::string_view rest(bytes.data(), bytes.size());
  while (!rest.empty()) {
    const auto entry = CutEntry(rest);
    if (!entry) return No(entry.error());
    if (files_above.HasNameOf(*entry))
      return No("the name " + Quoted(entry->name) + " stands twice");
    const int order = entries.empty() ? -1 : gates::CompareInTree(entries.back(), *entry);
    if (order == 0) return No("the name " + Quoted(entry->name) + " stands twice");
    if (order > 0)
      return No(Quoted(entry->name) + " stands after " + Quoted(entries.back().name) +
                ", against git's order");
    entries.push_back(*entry);
  }
  return Tree(std::move(bytes), std::move(entries));
}

}  // namespace git
