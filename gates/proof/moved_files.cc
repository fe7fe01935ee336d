#include "gates/proof/moved_files.h"

#include <algorithm>
#include <map>
#include <set>

#include "gates/proof/likeness.h"
#include "gates/proof/tree_walk.h"

namespace gates {
namespace {

constexpr std::uint64_t kMergeableBytes = 8 * 1024 * 1024;
constexpr size_t kMostCandidates = 1000;  // more of them is a doubt, and a doubt is a conflict
constexpr size_t kMostComparisons = 100'000;

bool IsRegular(std::uint32_t mode) { return mode == Mode::kRegular || mode == Mode::kExecutable; }

/// Files that `side` has and `base` has not; nothing where they are more than the limit.
std::optional<std::vector<FoundMove>> AddedFiles(const Root& side, const Root& base,
                                                 TreeReader& reader) {
  std::vector<FoundMove> added;
  const auto visit = [&](const Difference& difference) {
    const TreeEntry* entry = difference.tip.entry;
    if (entry && !difference.others[0].entry)
      added.push_back({difference.path, {std::string(entry->name), entry->mode, entry->id}});
    return added.size() > kMostCandidates ? Walk::kStop : Walk::kOn;
  };
  const Walk walk = WalkDifferences(reader, side, std::span(&base, 1), {.visit = visit});
  if (walk == Walk::kStop) return std::nullopt;
  return added;
}

std::optional<ObjectId> BlobAt(const std::optional<Root>& root, const std::string& path,
                               TreeReader& reader) {
  if (!root) return std::nullopt;
  const Found found = reader.Find(*root, path);
  if (found.kind != Found::Kind::kEntry || !IsRegular(found.mode)) return ObjectId{};
  return found.id;
}

bool IsAtOrBelow(std::string_view path, const std::set<std::string, std::less<>>& folders) {
  if (folders.contains(path)) return true;
  for (size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1))
    if (folders.contains(path.substr(0, slash))) return true;
  return false;
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
                                  const MergeOptions& options, TreeReader& reader,
                                  Overlay& overlay, const Merging& merging) {
  const auto added = AddedFiles(moved.mover, base, reader);
  if (!added || !IsRegular(moved.base.mode)) return std::nullopt;
  Likeness likeness(overlay);
  std::optional<FoundMove> found;
  for (const FoundMove& candidate : *added) {
    if (candidate.entry.mode != moved.base.mode || moved.changed.mode != moved.base.mode ||
        !IsAbsent(moved.keeper, candidate.path, reader) ||
        !likeness.AreHalfAlike(moved.base.id, candidate.entry.id))
      continue;
    const auto witness = BlobAt(options.witness, candidate.path, reader);
    const auto merged = MergeBlobs(moved.base.id, candidate.entry.id, moved.changed.id, witness,
                                   overlay, merging);
    if (!merged || (witness && *merged != *witness)) continue;
    if (found) return std::nullopt;
    found = candidate;
    found->entry.id = *merged;
  }
  return found;
}

namespace {

/// Files that one of two sides alone has added.
std::optional<std::vector<FoundMove>> AddedByOne(const MergeSides& sides, TreeReader& reader) {
  auto added = AddedFiles(sides.ours, sides.base, reader);
  const auto theirs = AddedFiles(sides.theirs, sides.base, reader);
  if (!added || !theirs) return std::nullopt;
  added->insert(added->end(), theirs->begin(), theirs->end());
  std::map<std::string_view, int> times;
  for (const FoundMove& file : *added) ++times[file.path];
  std::vector<FoundMove> by_one;
  for (const FoundMove& file : *added)
    if (times[file.path] == 1) by_one.push_back(file);
  return by_one;
}

bool MayBe(const FoundMove& file, const TreeEntry& moved, Likeness& likeness) {
  if (IsRegular(file.entry.mode) && IsRegular(moved.mode))
    return likeness.AreHalfAlike(moved.id, file.entry.id);
  return file.entry.mode == moved.mode && file.entry.id == moved.id;
}

}  // namespace

bool IsMoveLost(const std::vector<std::string>& dropped, const MergeSides& sides,
                TreeReader& reader) {
  const auto added = AddedByOne(sides, reader);
  if (!added) return true;
  if (added->empty()) return false;
  Likeness likeness(reader.objects());
  const std::set<std::string, std::less<>> gone(dropped.begin(), dropped.end());
  size_t compared = 0;
  const auto visit = [&](const Difference& difference) {
    const TreeEntry* file = difference.others[0].entry;
    if (!file || difference.tip.entry || !IsAtOrBelow(difference.path, gone)) return Walk::kOn;
    compared += added->size();
    const bool lost = compared > kMostComparisons ||
                      std::ranges::any_of(*added, [&](const FoundMove& candidate) {
                        return MayBe(candidate, *file, likeness);
                      });
    return lost ? Walk::kStop : Walk::kOn;
  };
  return WalkDifferences(reader, sides.ours, std::span(&sides.base, 1), {.visit = visit}) ==
         Walk::kStop;
}

}  // namespace gates
