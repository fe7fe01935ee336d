#include "gates/proof/tree_walk.h"

#include <fmt/format.h>

#include <memory>

#include "gates/proof/folder.h"

namespace gates {
namespace {

// Every folder on the way to the deepest one holds its own path: no system that
// checks files out takes paths a quarter as long.
constexpr size_t kPathBytes = 16 * 1024;
constexpr size_t kPathBytesShown = 200;

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
      else if (!open_.back()->FirstIsLikeAnother() && Look(*open_.back()) == Walk::kStop)
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
    std::vector<OpenTree> trees;
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
