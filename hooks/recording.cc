#include "hooks/recording.h"

#include <algorithm>

#include "hooks/git/merging.h"
#include "hooks/held_signals.h"
#include "hooks/work_file.h"

namespace hooks {
namespace {

WorkPath PathOf(const EvidenceFile& file, const git::Writer& writer) {
  return {writer.work_tree().value_or(""), file.path};
}

bool IsUpToDate(const EvidenceFile& file, const git::Writer& writer, const git::WorkTree& tree) {
  const OnDisk disk = LookAt(PathOf(file, writer));
  const git::Staged staged = tree.At(file.path);
  if (!file.text)
    return disk.kind == OnDisk::Kind::kNothing && staged.kind == git::Staged::Kind::kNothing;
  return disk.kind == OnDisk::Kind::kFile && disk.text == *file.text &&
         staged.kind == git::Staged::Kind::kFile &&
         staged.blob == git::Merging().NameBlob(*file.text);
}

/// New versions beside the files they are for. What is not put in place by the end is removed.
class Prepared {
 public:
  Prepared(const std::vector<EvidenceFile>& files, const git::Writer& writer)
      : files_(files), writer_(writer) {
    for (const EvidenceFile& file : files_)
      if (file.text) PrepareFile(PathOf(file, writer_), *file.text);
  }
  ~Prepared() {
    for (const EvidenceFile& file : files_) DropPrepared(PathOf(file, writer_));
  }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  void Place(git::WorkTree& tree) const {
    tree.Reload();
    for (const EvidenceFile& file : files_) PlaceOne(file, tree);
    tree.Save();
  }

 private:
  void PlaceOne(const EvidenceFile& file, git::WorkTree& tree) const {
    if (!file.text) {
      RemoveFile(PathOf(file, writer_));
      return tree.Unstage(file.path);
    }
    PlaceFile(PathOf(file, writer_));
    tree.Stage(file.path, git::Merging().NameBlob(*file.text));
  }

  const std::vector<EvidenceFile>& files_;
  const git::Writer& writer_;
};

}  // namespace

std::string RefOfValidated(const std::string& work_item, const gates::ObjectId& validated) {
  return "refs/verdicts/" + work_item + "/" + validated.hex();
}

gates::ObjectId WriteEvidence(const Recording& recording, const git::Writer& writer) {
  const HeldSignals held;
  git::NewCommit commit{.parent = recording.tip,
                        .changes = {},
                        .author = recording.author,
                        .committer = recording.committer,
                        .message = recording.message};
  for (const EvidenceFile& file : recording.files) {
    std::optional<gates::ObjectId> blob;
    if (file.text) blob = writer.WriteBlob(*file.text);
    commit.changes.push_back({file.path, blob});
  }
  return writer.WriteCommit(commit);
}

git::RefMove Land(const Recording& recording, const gates::ObjectId& commit,
                  const git::Writer& writer, git::WorkTree* tree) {
  const HeldSignals held;
  writer.PutRef(RefOfValidated(recording.work_item, recording.validated), recording.validated);
  std::optional<Prepared> prepared;
  if (tree) {
    tree->RequireUnlocked();
    prepared.emplace(recording.files, writer);
  }
  const std::string reason = "commit: " + recording.message.substr(0, recording.message.find('\n'));
  const git::RefMove move =
      writer.MoveRef(recording.ref, recording.tip, commit, recording.committer, reason);
  if (move == git::RefMove::kMoved && tree) prepared->Place(*tree);
  return move;
}

void BringUpToDate(const std::vector<EvidenceFile>& files, const git::Writer& writer,
                   git::WorkTree& tree) {
  const HeldSignals held;
  if (std::ranges::all_of(files,
                          [&](const auto& file) { return IsUpToDate(file, writer, tree); })) {
    for (const EvidenceFile& file : files) DropPrepared(PathOf(file, writer));
    return;
  }
  tree.RequireUnlocked();
  Prepared(files, writer).Place(tree);
}

}  // namespace hooks
