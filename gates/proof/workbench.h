#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gates/core/world.h"
#include "gates/proof/overlay.h"
#include "gates/proof/tree_reader.h"

namespace gates {

/// Who signed the logs that were asked for, by the blobs of log and signature.
using SignersByLog = std::map<std::pair<ObjectId, ObjectId>, tl::expected<Signers, std::string>>;

/// What nobody has filled in yet, and where in its text.
struct Placeholder {
  int line = 0;
  int column = 0;
  std::string text;
};

/// The texts that were searched, and how many bytes of them: many steps of a push may hold one
/// text.
struct SearchedTexts {
  std::map<ObjectId, std::vector<Placeholder>> found;
  std::uint64_t bytes = 0;
};

/// Where one ref update is judged: the world, what merges in memory add to it,
/// the reader that remembers malformed trees, who signed what, and what texts hold.
struct Workbench {
  /// `kept`: trees of this world that another workbench has left.
  explicit Workbench(const World& seen, KeptTrees kept = {})
      : world(seen), overlay(seen.objects, seen.merging), reader(overlay, std::move(kept)) {}

  /// The trees that were read, for the next one; none where that would leave no room for its own.
  /// What merges have made here is in none of them: elsewhere it is not there.
  KeptTrees ReleaseTrees();

  const World& world;
  Overlay overlay;
  TreeReader reader;
  SignersByLog signers;
  SearchedTexts searched;
};

}  // namespace gates
