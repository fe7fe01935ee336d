#include "gates/proof/folder.h"

#include <algorithm>

namespace gates {

bool SameOn(const Side& a, const Side& b) {
  return a.entry && b.entry ? a.entry->SameObject(*b.entry) : a.entry == b.entry;
}

Folder::Folder(std::vector<OpenTree> trees, std::string path)
    : trees_(std::move(trees)),
      next_(trees_.size(), 0),
      sides_(trees_.size()),
      path_(std::move(path)) {
  for (size_t i = 0; i < trees_.size(); ++i)
    sides_[i].folder = trees_[i]->entries().empty() ? nullptr : &*trees_[i];
}

const TreeEntry* Folder::Peek(size_t side) const {
  const auto entries = trees_[side]->entries();
  return next_[side] < entries.size() ? &entries[next_[side]] : nullptr;
}

// Where all sides stand at one name that is the least of all: each side's own names grow.
bool Folder::NextOfAll() {
  const TreeEntry* const first = Peek(0);
  if (!first) return false;
  for (size_t i = 1; i < trees_.size(); ++i) {
    const TreeEntry* const other = Peek(i);
    if (!other || other->name != first->name || other->is_tree() != first->is_tree()) return false;
  }
  name_ = first;
  for (size_t i = 0; i < trees_.size(); ++i) {
    sides_[i].entry = Peek(i);
    ++next_[i];
  }
  return true;
}

bool Folder::Next() {
  if (NextOfAll()) return true;  // most names of most folders
  name_ = nullptr;
  size_t first_with_name = 0;
  for (size_t i = 0; i < trees_.size(); ++i) {
    sides_[i].entry = nullptr;
    const TreeEntry* entry = Peek(i);
    const int order = !entry ? 1 : (name_ ? CompareInTree(*entry, *name_) : -1);
    if (order > 0) continue;
    if (order < 0) {
      name_ = entry;
      first_with_name = i;
    }
    sides_[i].entry = entry;
  }
  // Sides before the first one with the least name stand at a later name.
  for (size_t i = 0; i < trees_.size(); ++i) {
    if (i < first_with_name) sides_[i].entry = nullptr;
    if (sides_[i].entry) ++next_[i];
  }
  return name_ != nullptr;
}

bool Folder::FirstIsLikeAnother() const {
  return std::any_of(sides_.begin() + 1, sides_.end(),
                     [this](const Side& other) { return SameOn(sides_[0], other); });
}

std::string Folder::path() const {
  return path_.empty() ? std::string(name_->name) : path_ + "/" + std::string(name_->name);
}

}  // namespace gates
