#pragma once

#include "gates/core/world.h"
#include "gates/proof/overlay.h"
#include "gates/proof/tree_reader.h"

namespace gates {

/// Where one ref update is judged: the world, what merges in memory add to it,
/// and the reader that remembers malformed trees.
struct Workbench {
  explicit Workbench(const World& seen)
      : world(seen), overlay(seen.objects, seen.merging), reader(overlay) {}

  const World& world;
  Overlay overlay;
  TreeReader reader;
};

}  // namespace gates
