#include "gates/proof/moved_files.h"

#include <algorithm>
#include <map>

#include "gates/proof/tree_walk.h"

namespace gates {
namespace {

constexpr std::uint64_t kMergeableBytes = 8 * 1024 * 1024;
constexpr size_t kMostCandidates = 1000;  // more of them is a doubt, and a doubt is a conflict

bool IsRegular(std::uint32_t mode) { return mode == Mode::kRegular || mode == Mode::kExecutable; }

/// Files that `side` has and `base` has not, at most one more than the limit.
std::vector<FoundMove> AddedFiles(const Root& side, const Root& base, TreeReader& reader) {
  std::vector<FoundMove> added;
  const auto visit = [&](const Difference& difference) {
    const TreeEntry* entry = difference.tip.entry;
    if (entry && !difference.others[0].entry && IsRegular(entry->mode))
      added.push_back({difference.path, {std::string(entry->name), entry->mode, entry->id}});
    return added.size() > kMostCandidates ? Walk::kStop : Walk::kOn;
  };
  WalkDifferences(reader, side, std::span(&base, 1), {.visit = visit});
  return added;
}

std::map<std::string_view, int> CountLines(std::string_view text) {
  std::map<std::string_view, int> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    ++lines[text.substr(0, end)];
    text.remove_prefix(end);
  }
  return lines;
}

// At least half of the larger text stands, line by line, in the other.
bool AreHalfAlike(const std::string& a, const std::string& b) {
  const auto in_a = CountLines(a);
  size_t shared = 0;
  for (const auto& [line, count] : CountLines(b))
    if (const auto found = in_a.find(line); found != in_a.end())
      shared += line.size() * static_cast<size_t>(std::min(count, found->second));
  return 2 * shared >= std::max(a.size(), b.size());
}

bool AreHalfAlike(const ObjectId& a, const ObjectId& b, const Objects& objects) {
  if (a == b) return true;
  const auto text_a = ReadMergeable(a, objects);
  const auto text_b = ReadMergeable(b, objects);
  return text_a && text_b && AreHalfAlike(*text_a, *text_b);
}

std::optional<ObjectId> BlobAt(const std::optional<Root>& root, const std::string& path,
                               TreeReader& reader) {
  if (!root) return std::nullopt;
  const Found found = reader.Find(*root, path);
  if (found.kind != Found::Kind::kEntry || !IsRegular(found.mode)) return ObjectId{};
  return found.id;
}

bool IsAbsent(const Root& root, const std::string& path, TreeReader& reader) {
  return reader.Find(root, path).kind == Found::Kind::kAbsent;
}

}  // namespace

std::optional<std::string> ReadMergeable(const ObjectId& id, const Objects& objects) {
  if (objects.BlobSize(id) > kMergeableBytes) return std::nullopt;
  std::string text = objects.ReadBlob(id);
  if (text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}

std::optional<ObjectId> MergeBlobs(const ObjectId& base, const ObjectId& ours,
                                   const ObjectId& theirs, const std::optional<ObjectId>& witness,
                                   Overlay& overlay, const Merging& merging) {
  if (ours == theirs || base == theirs) return ours;
  if (base == ours) return theirs;
  const auto base_text = ReadMergeable(base, overlay);
  const auto our_text = ReadMergeable(ours, overlay);
  const auto their_text = ReadMergeable(theirs, overlay);
  if (!base_text || !our_text || !their_text) return std::nullopt;
  std::optional<ObjectId> plain;
  for (const Diff diff : {Diff::kPlain, Diff::kPatience}) {
    auto merged = merging.MergeTexts(*base_text, *our_text, *their_text, diff);
    if (!merged) continue;
    const ObjectId id = overlay.AddBlob(*std::move(merged));
    if (witness && id == *witness) return id;
    if (diff == Diff::kPlain) plain = id;
  }
  return plain;
}

std::optional<FoundMove> FindMove(const MovedFile& moved, const Root& base,
                                  const MergeOptions& options, TreeReader& reader, Overlay& overlay,
                                  const Merging& merging) {
  const std::vector<FoundMove> added = AddedFiles(moved.mover, base, reader);
  if (added.size() > kMostCandidates || !IsRegular(moved.changed.mode)) return std::nullopt;
  std::vector<FoundMove> fitting, likely;
  for (const FoundMove& candidate : added) {
    if (candidate.entry.mode != moved.base.mode || moved.changed.mode != moved.base.mode ||
        !IsAbsent(moved.keeper, candidate.path, reader) ||
        !AreHalfAlike(moved.base.id, candidate.entry.id, overlay))
      continue;
    const auto witness = BlobAt(options.witness, candidate.path, reader);
    const auto merged = MergeBlobs(moved.base.id, candidate.entry.id, moved.changed.id, witness,
                                   overlay, merging);
    if (!merged) continue;
    std::vector<FoundMove>& moves = !witness || *merged == *witness ? fitting : likely;
    moves.push_back(candidate);
    moves.back().entry.id = *merged;
  }
  // Where the witness holds none of them, the one that git would take says in
  // what it differs.
  if (fitting.empty()) fitting = std::move(likely);
  return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
}

bool IsMovedTwice(const std::vector<std::string>& dropped, const MergeSides& sides,
                  TreeReader& reader) {
  const auto ours = AddedFiles(sides.ours, sides.base, reader);
  const auto theirs = AddedFiles(sides.theirs, sides.base, reader);
  if (ours.empty() || theirs.empty()) return false;
  const auto has_place = [&](const std::vector<FoundMove>& added, const TreeEntry& file) {
    return std::ranges::any_of(added, [&](const FoundMove& candidate) {
      return AreHalfAlike(file.id, candidate.entry.id, reader.objects());
    });
  };
  const auto visit = [&](const Difference& difference) {
    const TreeEntry* file = difference.others[0].entry;
    const bool was_dropped = std::ranges::any_of(dropped, [&](const std::string& path) {
      return difference.path == path || difference.path.starts_with(path + "/");
    });
    const bool twice = was_dropped && file && !difference.tip.entry && IsRegular(file->mode) &&
                       has_place(ours, *file) && has_place(theirs, *file);
    return twice ? Walk::kStop : Walk::kOn;
  };
  if (ours.size() > kMostCandidates || theirs.size() > kMostCandidates) return true;
  return WalkDifferences(reader, sides.ours, std::span(&sides.base, 1), {.visit = visit}) ==
         Walk::kStop;
}

}  // namespace gates
