#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/proof/merge_again.h"

namespace gates {

/// A file that one side changed and the other took away, perhaps to another place.
struct MovedFile {
  std::string path;
  NewEntry base;
  NewEntry changed;  // as the side has it that kept the path
  Root mover;        // the side that took it away
  Root keeper;
};

/// Where a moved file went, and what stands there after the merge.
struct FoundMove {
  std::string path;
  NewEntry entry;
};

/// The one place that the mover brought a file to which is at least half the
/// base's, and onto which the other side's change merges cleanly (and as the
/// witness has it, where there is one). None or several: nothing.
std::optional<FoundMove> FindMove(const MovedFile& moved, const Root& base,
                                  const MergeOptions& options, TreeReader& reader,
                                  Overlay& overlay, const Merging& merging);

/// Whether a file that both sides took away was moved by one of them: the other
/// deleted it or moved it elsewhere. `dropped` are paths (files or folders) that both took away.
bool IsMoveLost(const std::vector<std::string>& dropped, const MergeSides& sides,
                TreeReader& reader);

/// A text that may be merged: a regular file of bearable size without NUL.
std::optional<std::string> ReadMergeable(const ObjectId& id, const Objects& objects);

/// The clean merge of three blobs; where a witness blob is given, the clean
/// result that equals it, if one does.
std::optional<ObjectId> MergeBlobs(const ObjectId& base, const ObjectId& ours,
                                   const ObjectId& theirs, const std::optional<ObjectId>& witness,
                                   Overlay& overlay, const Merging& merging);

}  // namespace gates
