#include "gates/proof/tree_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace gates {
namespace {

// Every folder on the way to the deepest one holds its own path: no system that
// checks files out takes paths a quarter as long.
constexpr size_t kPathBytes = 16 * 1024;
constexpr size_t kPathBytesShown = 200;

/// The same folder on every side, the tip first, with a cursor into each.
class Folder {
 public:
  Folder(std::vector<Tree> trees, std::string path)
      : trees_(std::move(trees)), next_(trees_.size(), 0), path_(std::move(path)) {}

  /// Moves to the next name; false at the end.
  bool Next() {
    const TreeEntry* least = nullptr;
    for (size_t i = 0; i < trees_.size(); ++i)
      if (const TreeEntry* entry = Peek(i); entry && (!least || CompareInTree(*entry, *least) < 0))
        least = entry;
    if (!least) return false;
    sides_.assign(trees_.size(), {});
    for (size_t i = 0; i < trees_.size(); ++i) {
      sides_[i].folder = trees_[i].entries().empty() ? nullptr : &trees_[i];
      const TreeEntry* entry = Peek(i);
      if (!entry || CompareInTree(*entry, *least) != 0) continue;
      sides_[i].entry = entry;
      ++next_[i];
    }
    name_ = least;
    return true;
  }

  bool TipIsLikeAnother() const {
    const TreeEntry* tip = sides_[0].entry;
    return std::any_of(sides_.begin() + 1, sides_.end(), [tip](const Side& other) {
      return tip && other.entry ? tip->SameObject(*other.entry) : tip == other.entry;
    });
  }

  bool at_folder() const { return name_->is_tree(); }
  std::string path() const {
    return path_.empty() ? std::string(name_->name) : path_ + "/" + std::string(name_->name);
  }
  std::span<const Side> sides() const { return sides_; }

 private:
  const TreeEntry* Peek(size_t side) const {
    const auto entries = trees_[side].entries();
    return next_[side] < entries.size() ? &entries[next_[side]] : nullptr;
  }

  std::vector<Tree> trees_;
  std::vector<size_t> next_;
  std::vector<Side> sides_;
  const TreeEntry* name_ = nullptr;
  std::string path_;
};

/// Walks without recursion: the depth of a hostile tree must not be ours.
class Walker {
 public:
  Walker(TreeReader& reader, std::vector<ObjectId> commits, const Visitor& visitor)
      : reader_(reader), commits_(std::move(commits)), visitor_(visitor) {}

  Walk Run(const std::vector<ObjectId>& roots) {
    Open(roots, "");
    while (!open_.empty()) {
      if (!open_.back()->Next())
        open_.pop_back();
      else if (++names_ > visitor_.most_names)
        GiveUp(open_.back()->path(), fmt::format("more than {} names", visitor_.most_names));
      else if (!open_.back()->TipIsLikeAnother() && Look(*open_.back()) == Walk::kStop)
        return Walk::kStop;
    }
    return Walk::kOn;
  }

 private:
  void GiveUp(const std::string& path, std::string why) {
    reader_.GiveUp(path.substr(0, kPathBytesShown), commits_[0], std::move(why));
    open_.clear();
  }

  Walk Look(const Folder& folder) {
    if (!folder.at_folder())
      return visitor_.visit({folder.path(), folder.sides()[0], folder.sides().subspan(1)});
    if (visitor_.enter && !visitor_.enter(folder.path())) return Walk::kOn;
    std::vector<ObjectId> subtrees;
    for (const Side& side : folder.sides())
      subtrees.push_back(side.entry ? side.entry->id : ObjectId{});
    Open(subtrees, folder.path());
    return Walk::kOn;
  }

  void Open(const std::vector<ObjectId>& ids, const std::string& path) {
    if (path.size() > kPathBytes)
      return GiveUp(path, fmt::format("a path of more than {} bytes", kPathBytes));
    std::vector<Tree> trees;
    for (size_t i = 0; i < ids.size(); ++i)
      trees.push_back(reader_.Open(ids[i], path, commits_[i]));
    open_.push_back(std::make_unique<Folder>(std::move(trees), path));
  }

  TreeReader& reader_;
  std::vector<ObjectId> commits_;
  const Visitor& visitor_;
  std::vector<std::unique_ptr<Folder>> open_;
  size_t names_ = 0;
};

}  // namespace

Walk WalkDifferences(TreeReader& reader, const Root& tip, std::span<const Root> others,
                     const Visitor& visitor) {
  std::vector<ObjectId> trees{tip.tree};
  std::vector<ObjectId> commits{tip.commit};
  for (const Root& other : others) {
    if (other.tree == tip.tree) return Walk::kOn;
    trees.push_back(other.tree);
    commits.push_back(other.commit);
  }
  return Walker(reader, std::move(commits), visitor).Run(trees);
}

}  // namespace gates
