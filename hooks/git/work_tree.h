#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hooks/git/writer.h"

namespace git {

/// What the index holds at one path.
struct Staged {
  enum class Kind { kConflict, kNothing, kFile };

  Kind kind = Kind::kConflict;
  gates::ObjectId blob;  // of a file
};

/// The index of a work tree, and how its tracked files stand. Throws gates::WorldError
/// where the index is of a kind that libgit2 cannot read (split, sparse).
class WorkTree {
 public:
  explicit WorkTree(const Writer& writer);  // which has to outlive it
  explicit WorkTree(Writer&&) = delete;
  WorkTree(WorkTree&&) noexcept;
  ~WorkTree();

  /// The tracked paths that are not as in `commit`, in the index or on disk.
  std::vector<std::string> PathsUnlike(const gates::ObjectId& commit) const;

  Staged At(const std::string& path) const;

  /// Throws where another git has locked the index, so that Save would not work now.
  void RequireUnlocked() const;

  /// Reads the index again where somebody else has written it.
  void Reload();

  /// Puts the file at `path` as it stands on disk into the index, as this blob.
  void Stage(const std::string& path, const gates::ObjectId& blob);

  /// Takes the path out of the index.
  void Unstage(const std::string& path);

  /// Writes the index to disk, in one step, and flushes it. What git sees as changed before, it
  /// sees as changed afterwards.
  void Save();

 private:
  void SmudgeRacilyClean(const std::string& index_path);

  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace git
