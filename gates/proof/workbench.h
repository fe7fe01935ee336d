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
  explicit Workbench(const World& seen)
      : world(seen), overlay(seen.objects, seen.merging), reader(overlay) {}

  const World& world;
  Overlay overlay;
  TreeReader reader;
  SignersByLog signers;
  SearchedTexts searched;
};

}  // namespace gates
