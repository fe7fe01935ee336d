#pragma once

#include <map>
#include <string>
#include <utility>

#include "gates/core/world.h"
#include "gates/proof/overlay.h"
#include "gates/proof/tree_reader.h"

namespace gates {

/// Who signed the logs that were asked for, by the blobs of log and signature.
using SignersByLog = std::map<std::pair<ObjectId, ObjectId>, tl::expected<Signers, std::string>>;

/// Where one ref update is judged: the world, what merges in memory add to it,
/// the reader that remembers malformed trees, and who signed what.
struct Workbench {
  explicit Workbench(const World& seen)
      : world(seen), overlay(seen.objects, seen.merging), reader(overlay) {}

  const World& world;
  Overlay overlay;
  TreeReader reader;
  SignersByLog signers;
};

}  // namespace gates
