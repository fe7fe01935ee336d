#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/object_id.h"

namespace gates {

/// Git's file modes, as they stand in a tree.
struct Mode {
  static constexpr std::uint32_t kTree = 040000;
  static constexpr std::uint32_t kRegular = 0100644;
  static constexpr std::uint32_t kExecutable = 0100755;
  static constexpr std::uint32_t kSymlink = 0120000;
  static constexpr std::uint32_t kGitlink = 0160000;
};

/// One name in a tree. `name` points into the tree that holds the entry.
struct TreeEntry {
  std::string_view name;
  std::uint32_t mode = 0;
  ObjectId id;

  bool is_tree() const { return mode == Mode::kTree; }
  bool SameObject(const TreeEntry& other) const { return mode == other.mode && id == other.id; }
};

/// One folder of a commit. Its entries are strictly increasing in git's order
/// (a folder sorts as `name/`); whoever makes a Tree has checked that.
class Tree {
 public:
  Tree() = default;
  Tree(std::vector<char> bytes, std::vector<TreeEntry> entries)
      : bytes_(std::move(bytes)), entries_(std::move(entries)) {}
  Tree(Tree&&) noexcept = default;
  Tree& operator=(Tree&&) noexcept = default;

  std::span<const TreeEntry> entries() const { return entries_; }

  /// What it holds in memory, about.
  size_t bytes() const { return bytes_.size() + entries_.size() * sizeof(TreeEntry); }

  /// The entry called `name`, or null.
  const TreeEntry* Find(std::string_view name) const {
    for (const TreeEntry& entry : entries_)
      if (entry.name == name) return &entry;
    return nullptr;
  }

 private:
  std::vector<char> bytes_;  // what the names point into; moving a vector keeps its bytes in place
  std::vector<TreeEntry> entries_;
};

/// Git's order of two names: bytes, a folder as if its name ended in `/`.
/// Negative, zero or positive; zero only for equal names of equal kind.
int CompareInTree(const TreeEntry& a, const TreeEntry& b);

/// Why a tree object is not to be trusted: git and libgit2 read such trees differently.
struct MalformedTree {
  ObjectId id;
  std::string why;  // raw bytes of names may be in it
};

}  // namespace gates
