#pragma once

#include <unordered_map>
#include <vector>

#include "gates/core/world.h"

namespace gates {

/// Which files are like which, for merging: git calls a file moved when a new
/// one is at least half like it.
class Likeness {
 public:
  explicit Likeness(const Objects& objects) : objects_(objects) {}

  /// Whether at least half of the larger blob stands, in lines or pieces of 64
  /// bytes, in the other. Giants are alike when their sizes are; nothing is
  /// like an empty file.
  bool AreHalfAlike(const ObjectId& a, const ObjectId& b);

 private:
  struct Pieces {
    std::uint64_t size = 0;
    bool is_read = false;
    std::vector<std::pair<size_t, size_t>> sizes_by_hash;  // sorted
  };

  Pieces& PiecesOf(const ObjectId& id);
  const Pieces& ReadPieces(const ObjectId& id);

  const Objects& objects_;
  std::unordered_map<ObjectId, Pieces, ObjectIdHash> known_;
};

}  // namespace gates
