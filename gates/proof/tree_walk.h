#pragma once

#include <functional>
#include <span>
#include <string>

#include "gates/proof/tree_reader.h"

namespace gates {

/// A file as one side of a comparison has it.
struct Side {
  const TreeEntry* entry = nullptr;  // null: not there
  const Tree* folder = nullptr;      // the tree around it; null: no such folder
};

/// One file path that `tip` has otherwise than every one of `others`.
struct Difference {
  std::string path;
  Side tip;
  std::span<const Side> others;
};

enum class Walk { kOn, kStop };

struct Visitor {
  /// Called for each difference, in git's order.
  std::function<Walk(const Difference&)> visit;
  /// Whether to look into the folder at `path`; not set: all of them.
  std::function<bool(const std::string& path)> enter = nullptr;
  /// How many names to look at; a few small trees can unfold to more than anybody can visit.
  size_t most_names = 4'000'000;
};

/// Walks the trees side by side; subtrees that `tip` shares with one of
/// `others` are not opened. With one other this is the plain difference, with
/// the parents of a merge it is what the merge itself contributes.
/// Gives kStop where a visit stopped the walk. Trees that go on for too long
/// count as malformed.
Walk WalkDifferences(TreeReader& reader, const Root& tip, std::span<const Root> others,
                     const Visitor& visitor);

}  // namespace gates
