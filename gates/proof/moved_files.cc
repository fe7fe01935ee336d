#include "gates/proof/moved_files.h"

#include <algorithm>
#include <array>
#include <map>

#include "gates/proof/likeness.h"
#include "gates/proof/tree_walk.h"

namespace gates {
namespace {

constexpr std::uint64_t kMergeableBytes = 8 * 1024 * 1024;
constexpr size_t kMostCandidates = 1000;  // more of them is a doubt, and a doubt is a conflict
constexpr size_t kMostComparisons = 100'000;
constexpr size_t kMostSteps = 1'000'000;

bool IsRegular(std::uint32_t mode) { return mode == Mode::kRegular || mode == Mode::kExecutable; }

/// Files that `tip` has and none of `others`; nothing where they are more than `most`, or
/// where looking for them has no end (a tree that holds itself many times over).
std::optional<std::vector<PlacedFile>> FilesOf(const Root& tip, std::span<const Root> others,
                                               size_t most, TreeReader& reader) {
  std::vector<PlacedFile> files;
  size_t steps = 0;
  const auto is_too_much = [&] { return ++steps > kMostSteps || files.size() > most; };
  const auto visit = [&](const Difference& difference) {
    const TreeEntry* entry = difference.tip.entry;
    if (entry && std::ranges::none_of(difference.others, &Side::entry))
      files.push_back({difference.path, {std::string(entry->name), entry->mode, entry->id}});
    return is_too_much() ? Walk::kStop : Walk::kOn;
  };
  const auto enter = [&](const std::string&) { return !is_too_much(); };
  WalkDifferences(reader, tip, others, {.visit = visit, .enter = enter});
  if (is_too_much()) return std::nullopt;
  return files;
}

std::optional<std::vector<PlacedFile>> AddedFiles(const Root& side, const Root& base,
                                                  TreeReader& reader) {
  return FilesOf(side, std::span(&base, 1), kMostCandidates, reader);
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

std::uint32_t MergeModes(std::uint32_t base, std::uint32_t ours, std::uint32_t theirs) {
  return ours == base ? theirs : ours;
}

std::optional<PlacedFile> FindMove(const MovedFile& moved, const Root& base,
                                   const MergeOptions& options, TreeReader& reader,
                                   Overlay& overlay, const Merging& merging) {
  const auto added = AddedFiles(moved.mover, base, reader);
  if (!added || !IsRegular(moved.base.mode)) return std::nullopt;
  Likeness likeness(overlay);
  std::vector<PlacedFile> fitting, likely;
  for (const PlacedFile& candidate : *added) {
    if (!IsRegular(candidate.entry.mode) || !IsRegular(moved.changed.mode) ||
        !IsAbsent(moved.keeper, candidate.path, reader) ||
        !likeness.AreHalfAlike(moved.base.id, candidate.entry.id))
      continue;
    const auto witness = BlobAt(options.witness, candidate.path, reader);
    const auto merged =
        MergeBlobs(moved.base.id, candidate.entry.id, moved.changed.id, witness, overlay, merging);
    if (!merged) continue;
    std::vector<PlacedFile>& moves = !witness || *merged == *witness ? fitting : likely;
    moves.push_back(candidate);
    moves.back().entry.id = *merged;
    moves.back().entry.mode = MergeModes(moved.base.mode, candidate.entry.mode, moved.changed.mode);
  }
  // Where the witness holds none of them, the one that git would take says in
  // what it differs.
  if (fitting.empty()) fitting = std::move(likely);
  return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
}

namespace {

/// Files that one of two sides alone has added.
std::optional<std::vector<PlacedFile>> AddedByOne(const MergeSides& sides, TreeReader& reader) {
  auto added = AddedFiles(sides.ours, sides.base, reader);
  const auto theirs = AddedFiles(sides.theirs, sides.base, reader);
  if (!added || !theirs) return std::nullopt;
  added->insert(added->end(), theirs->begin(), theirs->end());
  std::map<std::string_view, int> times;
  for (const PlacedFile& file : *added) ++times[file.path];
  std::vector<PlacedFile> by_one;
  for (const PlacedFile& file : *added)
    if (times[file.path] == 1) by_one.push_back(file);
  return by_one;
}

bool MayBe(const NewEntry& there, const NewEntry& dropped, Likeness& likeness) {
  if (IsRegular(there.mode) && IsRegular(dropped.mode))
    return likeness.AreHalfAlike(dropped.id, there.id);
  return there.mode == dropped.mode && there.id == dropped.id;
}

}  // namespace

std::optional<std::string> FindLostMove(const MergeSides& sides, TreeReader& reader) {
  // This looks into folders that both sides have alike, too: a file may have left them for
  // two places.
  const auto dropped =
      FilesOf(sides.base, std::array{sides.ours, sides.theirs}, kMostComparisons, reader);
  if (!dropped) return "";
  if (dropped->empty()) return std::nullopt;
  const auto added = AddedByOne(sides, reader);
  if (!added || dropped->size() * added->size() > kMostComparisons) return dropped->front().path;
  Likeness likeness(reader.objects());
  for (const PlacedFile& file : *dropped)
    for (const PlacedFile& candidate : *added)
      if (MayBe(candidate.entry, file.entry, likeness)) return file.path;
  return std::nullopt;
}

}  // namespace gates
