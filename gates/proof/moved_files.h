#pragma once

#include <optional>
#include <string>

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

/// A file and where it stands.
struct PlacedFile {
  std::string path;
  NewEntry entry;
};

/// The one place that the mover brought a file to which is at least half the
/// base's, and onto which the other side's change merges cleanly; of several the
/// one that is as the witness has it, where there is one. Else nothing.
std::optional<PlacedFile> FindMove(const MovedFile& moved, const Root& base,
                                   const MergeOptions& options, TreeReader& reader,
                                   Overlay& overlay, const Merging& merging);

/// A file that both sides took away and that one of them moved, by its old path: the
/// other deleted it or moved it elsewhere. Nothing where there is none; a doubt counts as one.
std::optional<std::string> FindLostMove(const MergeSides& sides, TreeReader& reader);

/// A text that may be merged: a regular file of bearable size without NUL.
std::optional<std::string> ReadMergeable(const ObjectId& id, const Objects& objects);

/// The clean merge of three blobs; where a witness blob is given, the clean
/// result that equals it, if one does.
std::optional<ObjectId> MergeBlobs(const ObjectId& base, const ObjectId& ours,
                                   const ObjectId& theirs, const std::optional<ObjectId>& witness,
                                   Overlay& overlay, const Merging& merging);

/// The mode of a regular file after a merge: there are two, so at most one side changed it or both alike.
std::uint32_t MergeModes(std::uint32_t base, std::uint32_t ours, std::uint32_t theirs);

}  // namespace gates
