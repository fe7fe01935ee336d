#include "gates/proof/merge_again.h"

#include <algorithm>
#include <set>

#include "gates/proof/content.h"
#include "gates/proof/folder.h"
#include "gates/proof/moved_files.h"

namespace gates {
namespace {

constexpr int kMostLevels = 1000;  // of folders in folders
constexpr int kMostNames = 1'000'000;  // in folders that both sides changed

bool IsRegular(std::uint32_t mode) { return mode == Mode::kRegular || mode == Mode::kExecutable; }

NewEntry Copy(const TreeEntry& entry) { return {std::string(entry.name), entry.mode, entry.id}; }

/// The ids of one folder on the three sides; zero where it is not there.
struct FolderIds {
  ObjectId base, ours, theirs;

  // A side that took away a folder which the other one changed: it may have moved it.
  bool is_gone_on_one_side() const {
    return !base.is_zero() && (ours.is_zero() != theirs.is_zero());
  }
};

/// One merge of three trees into a new one.
class TreeMerger {
 public:
  TreeMerger(const MergeSides& sides, const MergeOptions& options, const Rules& rules,
             TreeReader& reader, Overlay& overlay, const Merging& merging)
      : sides_(sides),
        options_(options),
        rules_(rules),
        reader_(reader),
        overlay_(overlay),
        merging_(merging) {}

  tl::expected<Root, std::string> Run() {
    ObjectId tree =
        MergeFolder({sides_.base.tree, sides_.ours.tree, sides_.theirs.tree}, "", false, 0);
    for (const MovedFile& moved : moved_) {
      if (conflict_) break;
      const auto found = FindMove(moved, sides_.base, options_, reader_, overlay_, merging_);
      if (found)
        tree = Replace(tree, found->path, found->entry);
      else
        Conflict(moved.path);
    }
    if (!conflict_) {
      if (const auto lost = FindLostMove(sides_, reader_)) Conflict(*lost);
    }
    if (conflict_) return tl::unexpected(*conflict_);
    return Root{tree, sides_.theirs.commit};
  }

 private:
  void Conflict(const std::string& path) {
    if (!conflict_) conflict_ = path;
  }

  ObjectId MergeFolder(const FolderIds& ids, const std::string& path, bool gone, int level) {
    if (level > kMostLevels) Conflict(path);
    std::vector<OpenTree> trees;
    trees.push_back(reader_.Open(ids.base, path, sides_.base.commit));
    trees.push_back(reader_.Open(ids.ours, path, sides_.ours.commit));
    trees.push_back(reader_.Open(ids.theirs, path, sides_.theirs.commit));
    Folder folder(std::move(trees), path);
    std::vector<NewEntry> merged;
    std::set<std::string, std::less<>> dropped;
    while (!conflict_ && folder.Next()) {
      if (--names_left_ < 0) Conflict(path);
      const auto entry = MergeName(folder, gone, level);
      if (entry)
        merged.push_back(*entry);
      else if (folder.sides()[0].entry && SameOn(folder.sides()[1], folder.sides()[2]))
        dropped.insert(std::string(folder.name()));
    }
    CheckFileAgainstFolder(merged, dropped, path);
    return conflict_ ? ObjectId{} : overlay_.AddTree(std::move(merged));
  }

  // A name that would be a file and a folder, or becomes the one where both
  // sides took away the other.
  void CheckFileAgainstFolder(const std::vector<NewEntry>& merged,
                              const std::set<std::string, std::less<>>& dropped,
                              const std::string& path) {
    std::set<std::string_view> names;
    for (const NewEntry& entry : merged)
      if (!names.insert(entry.name).second || dropped.contains(entry.name))
        Conflict(path.empty() ? entry.name : path + "/" + entry.name);
  }

  std::optional<NewEntry> MergeName(const Folder& folder, bool gone, int level) {
    const Side &base = folder.sides()[0], &ours = folder.sides()[1], &theirs = folder.sides()[2];
    if (gone && !base.entry && !CountsForNothing(folder)) Conflict(folder.path());
    if (SameOn(ours, theirs)) return CopyOf(ours);
    if (SameOn(base, ours)) return CopyOf(theirs);
    if (SameOn(base, theirs)) return CopyOf(ours);
    if (!folder.at_folder()) return MergeFile(folder);
    const auto id = [](const Side& side) { return side.entry ? side.entry->id : ObjectId{}; };
    const FolderIds ids{id(base), id(ours), id(theirs)};
    const ObjectId tree =
        MergeFolder(ids, folder.path(), gone || ids.is_gone_on_one_side(), level + 1);
    if (tree.is_zero()) return std::nullopt;
    return NewEntry{std::string(folder.name()), Mode::kTree, tree};
  }

  static std::optional<NewEntry> CopyOf(const Side& side) {
    if (!side.entry) return std::nullopt;
    return Copy(*side.entry);
  }

  std::optional<NewEntry> MergeFile(const Folder& folder) {
    const Side &base = folder.sides()[0], &ours = folder.sides()[1], &theirs = folder.sides()[2];
    if (CountsForNothing(folder)) return CopyOf(ours.entry ? ours : theirs);
    const bool is_log = rules_.Place(folder.path()).gate != nullptr;
    if (is_log || !base.entry) {
      Conflict(folder.path());
    } else if (!ours.entry || !theirs.entry) {
      const bool we_moved = !ours.entry;
      moved_.push_back(
          {folder.path(), Copy(*base.entry), Copy(we_moved ? *theirs.entry : *ours.entry),
           we_moved ? sides_.ours : sides_.theirs, we_moved ? sides_.theirs : sides_.ours});
    } else {
      return MergeThree(folder.path(), *base.entry, *ours.entry, *theirs.entry);
    }
    return std::nullopt;
  }

  std::optional<NewEntry> MergeThree(const std::string& path, const TreeEntry& base,
                                     const TreeEntry& ours, const TreeEntry& theirs) {
    const bool regular = IsRegular(base.mode) && IsRegular(ours.mode) && IsRegular(theirs.mode);
    const auto blob =
        regular ? MergeBlobs(base.id, ours.id, theirs.id, WitnessOf(path), overlay_, merging_)
                : std::nullopt;
    if (!blob) {
      Conflict(path);
      return std::nullopt;
    }
    return NewEntry{std::string(ours.name), MergeModes(base.mode, ours.mode, theirs.mode), *blob};
  }

  std::optional<ObjectId> WitnessOf(const std::string& path) {
    if (!options_.witness) return std::nullopt;
    const Found found = reader_.Find(*options_.witness, path);
    return found.kind == Found::Kind::kEntry ? found.id : ObjectId{};
  }

  // In the proof evidence and exempt paths are no content, so they cannot conflict.
  bool CountsForNothing(const Folder& folder) const {
    if (options_.evidence == EvidenceIn::kLanding || folder.at_folder()) return false;
    const std::string path = folder.path();
    return std::ranges::all_of(folder.sides(), [&](const Side& side) {
      return !side.entry || rules_.IsExempt(path, *side.entry) ||
             IsEvidence(path, side, rules_, reader_.objects());
    });
  }

  /// A folder on the way to a path, and which of its entries leads on.
  struct Step {
    std::vector<NewEntry> entries;
    size_t at = 0;
  };

  Step StepInto(const ObjectId& folder, std::string_view name, bool is_last) {
    Step step;
    const OpenTree tree = reader_.Open(folder, "", sides_.theirs.commit);
    for (const TreeEntry& entry : tree->entries()) {
      if (entry.name == name && entry.is_tree() != is_last) step.at = step.entries.size();
      step.entries.push_back(Copy(entry));
    }
    return step;
  }

  /// The tree with another entry at `path`, where a file is. Not by recursion: a folder that
  /// one side alone has may be of any depth.
  ObjectId Replace(const ObjectId& tree, std::string_view path, const NewEntry& entry) {
    std::vector<Step> way;
    for (ObjectId next = tree; !path.empty(); next = way.back().entries[way.back().at].id) {
      const size_t end = std::min(path.find('/'), path.size());
      way.push_back(StepInto(next, path.substr(0, end), end == path.size()));
      path.remove_prefix(std::min(end + 1, path.size()));
    }
    way.back().entries[way.back().at] = entry;
    ObjectId made;
    for (; !way.empty(); way.pop_back()) {
      if (!made.is_zero()) way.back().entries[way.back().at].id = made;
      made = overlay_.AddTree(std::move(way.back().entries));
    }
    return made;
  }

  const MergeSides& sides_;
  const MergeOptions& options_;
  const Rules& rules_;
  TreeReader& reader_;
  Overlay& overlay_;
  const Merging& merging_;
  std::vector<MovedFile> moved_;
  int names_left_ = kMostNames;
  std::optional<std::string> conflict_;
};

}  // namespace

tl::expected<Root, std::string> MergeTrees(const MergeSides& sides, const MergeOptions& options,
                                           const Rules& rules, TreeReader& reader, Overlay& overlay,
                                           const Merging& merging) {
  return TreeMerger(sides, options, rules, reader, overlay, merging).Run();
}

}  // namespace gates
