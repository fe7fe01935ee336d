#pragma once

#include <span>
#include <string>
#include <vector>

#include "gates/proof/tree_walk.h"

namespace gates {

/// The same folder on several sides, with a cursor that goes over all names of
/// all of them in git's order. A file and a folder of one name are two names.
class Folder {
 public:
  Folder(std::vector<OpenTree> trees, std::string path);

  /// Moves to the next name; false at the end.
  bool Next();

  /// Whether the first side has here what one of the others has.
  bool FirstIsLikeAnother() const;

  bool at_folder() const { return name_->is_tree(); }
  std::string path() const;
  std::string_view name() const { return name_->name; }
  std::span<const Side> sides() const { return sides_; }

 private:
  const TreeEntry* Peek(size_t side) const;
  bool NextOfAll();

  std::vector<OpenTree> trees_;
  std::vector<size_t> next_;
  std::vector<Side> sides_;
  const TreeEntry* name_ = nullptr;
  std::string path_;
};

/// Whether two sides have the same object, or both nothing.
bool SameOn(const Side& a, const Side& b);

}  // namespace gates
