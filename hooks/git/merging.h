#pragma once

#include "gates/core/world.h"

namespace git {

/// gates::Merging by libgit2, on buffers: no repository is asked.
class Merging final : public gates::Merging {
 public:
  std::optional<std::string> MergeTexts(const std::string& base, const std::string& ours,
                                        const std::string& theirs, gates::Diff diff) const override;
  gates::ObjectId NameBlob(const std::string& text) const override;
  gates::ObjectId NameTree(const std::string& bytes) const override;
};

}  // namespace git
