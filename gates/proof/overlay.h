#pragma once

#include <map>
#include <string>
#include <vector>

#include "gates/core/world.h"

namespace gates {

/// One name of a tree that is being made.
struct NewEntry {
  std::string name;
  std::uint32_t mode = 0;
  ObjectId id;

  bool is_tree() const { return mode == Mode::kTree; }
};

/// The objects of a repository, and above them those that a merge in memory
/// has made. Nothing is ever written.
class Overlay final : public Objects {
 public:
  Overlay(const Objects& below, const Merging& merging) : below_(below), merging_(merging) {}

  /// Keeps a tree of these entries; an empty one is the zero id.
  ObjectId AddTree(std::vector<NewEntry> entries);
  ObjectId AddBlob(std::string text);

  /// The ids of all trees that were made.
  std::vector<ObjectId> MadeTrees() const;

  tl::expected<Tree, MalformedTree> ReadTree(const ObjectId& id) const override;
  std::uint64_t BlobSize(const ObjectId& id) const override;
  std::string ReadBlob(const ObjectId& id) const override;

 private:
  const Objects& below_;
  const Merging& merging_;
  std::map<ObjectId, std::vector<NewEntry>> trees_;
  std::map<ObjectId, std::string> blobs_;
};

}  // namespace gates
