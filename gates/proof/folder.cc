#include "gates/proof/folder.h"

#include <algorithm>

namespace gates {

bool SameOn(const Side& a, const Side& b) {
  return a.entry && b.entry ? a.entry->SameObject(*b.entry) : a.entry == b.entry;
}

Folder::Folder(std::vector<Tree> trees, std::string path)
    : trees_(std::move(trees)), next_(trees_.size(), 0), path_(std::move(path)) {}

const TreeEntry* Folder::Peek(size_t side) const {
  const auto entries = trees_[side].entries();
  return next_[side] < entries.size() ? &entries[next_[side]] : nullptr;
}

bool Folder::Next() {
  name_ = nullptr;
  for (size_t i = 0; i < trees_.size(); ++i)
    if (const TreeEntry* entry = Peek(i); entry && (!name_ || CompareInTree(*entry, *name_) < 0))
      name_ = entry;
  if (!name_) return false;
  sides_.assign(trees_.size(), {});
  for (size_t i = 0; i < trees_.size(); ++i) {
    sides_[i].folder = trees_[i].entries().empty() ? nullptr : &trees_[i];
    const TreeEntry* entry = Peek(i);
    if (!entry || CompareInTree(*entry, *name_) != 0) continue;
    sides_[i].entry = entry;
    ++next_[i];
  }
  return true;
}

bool Folder::FirstIsLikeAnother() const {
  return std::any_of(sides_.begin() + 1, sides_.end(),
                     [this](const Side& other) { return SameOn(sides_[0], other); });
}

std::string Folder::path() const {
  return path_.empty() ? std::string(name_->name) : path_ + "/" + std::string(name_->name);
}

}  // namespace gates
