#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gates/core/rules.h"
#include "gates/proof/overlay.h"
#include "gates/proof/tree_reader.h"

namespace gates {

/// What two sides are merged on. All three are roots of trees.
struct MergeSides {
  Root base;
  Root ours;    // B
  Root theirs;  // V, or the head of a pull request
};

/// How logs and exempt paths fare. In the proof they count for nothing, so
/// they never conflict; in a merge that is to land they must come from one side.
enum class EvidenceIn { kProof, kLanding };

struct MergeOptions {
  EvidenceIn evidence = EvidenceIn::kLanding;
  /// A landing to go by where more than one clean result is right (another
  /// diff algorithm, a file that was moved); nothing: the plain result.
  std::optional<Root> witness;
};

/// Merges two trees on a third, on contents alone: no config, no attributes,
/// no drivers, no names of branches. Gives the root of the result, whose new
/// trees stand in `overlay`; else the first path that does not merge cleanly.
/// Whatever is in doubt is not clean.
tl::expected<Root, std::string> MergeTrees(const MergeSides& sides, const MergeOptions& options,
                                           const Rules& rules, TreeReader& reader, Overlay& overlay,
                                           const Merging& merging);

}  // namespace gates
