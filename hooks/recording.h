#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/core/object_id.h"
#include "hooks/git/work_tree.h"
#include "hooks/git/writer.h"

namespace hooks {

/// A file of evidence as the next commit holds it: its text, or nothing to have it
/// removed.
struct EvidenceFile {
  std::string path;
  std::optional<std::string> text;
};

// Each step that writes holds signals back: what is begun is brought to its end.

/// Evidence that is to become a commit on top of `tip`, where `ref` points.
struct Recording {
  std::string ref;  // in full; HEAD where it is detached
  gates::ObjectId tip;
  std::string work_item;
  gates::ObjectId validated;  // V
  std::vector<EvidenceFile> files;
  std::string message;
  git::Signature author;
  git::Signature committer;
};

/// The ref under which V stays reachable: refs/verdicts/<ID>/<V>.
std::string RefOfValidated(const std::string& work_item, const gates::ObjectId& validated);

/// Writes the commit's objects; nothing points at them yet.
gates::ObjectId WriteEvidence(const Recording& recording, const git::Writer& writer);

/// Lets V stay reachable, then moves the ref to `commit` if it still points at the tip,
/// then brings the work tree (null: none is touched) up to date. Whatever ends this early:
/// the ref holds the whole log or the old one, and the next run mends the rest.
git::RefMove Land(const Recording& recording, const gates::ObjectId& commit,
                  const git::Writer& writer, git::WorkTree* tree);

/// Makes disk and index hold the files as the ref does, where they do not: the end of Land, and
/// what is left to do where another run did not come that far.
void BringUpToDate(const std::vector<EvidenceFile>& files, const git::Writer& writer,
                   git::WorkTree& tree);

}  // namespace hooks
