#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/object_id.h"

namespace git {

/// Who made a commit, and when.
struct Signature {
  std::string name;
  std::string email;
  std::int64_t seconds = 0;  // since 1970
  int offset_minutes = 0;    // east of UTC
};

/// What stands at a path from now on: a regular file with this blob, or nothing.
struct PathChange {
  std::string path;
  std::optional<gates::ObjectId> blob;
};

/// A commit on top of one parent.
struct NewCommit {
  gates::ObjectId parent;
  std::vector<PathChange> changes;
  Signature author;
  Signature committer;
  std::string message;
};

/// What became of a ref that was to be moved.
enum class RefMove { kLost, kMoved };

/// The repository that Repository::Discover finds, for writing. Unlike that one it
/// obeys git's config, the user's too. Everything written is flushed to disk. Throws
/// gates::WorldError where something cannot be written.
class Writer {
 public:
  static Writer Open(const std::string& directory);
  Writer(Writer&&) noexcept;
  ~Writer();

  /// With a slash at its end; nothing in a bare repository.
  std::optional<std::string> work_tree() const;

  /// That of this work tree: a linked one has its own. With a slash at its end.
  std::string git_directory() const;

  std::optional<std::string> ConfigValue(const std::string& key) const;

  gates::ObjectId WriteBlob(std::string_view bytes) const;

  /// The commit object and its trees; no ref moves. Runs no hooks and signs nothing.
  gates::ObjectId WriteCommit(const NewCommit& commit) const;

  /// Makes a ref that is no branch point at `target`, whatever it pointed at.
  void PutRef(const std::string& name, const gates::ObjectId& target) const;

  /// Moves the ref, in one step with a look whether it still points at `from`.
  /// `who` and `reason` go to the reflog.
  RefMove MoveRef(const std::string& name, const gates::ObjectId& from, const gates::ObjectId& to,
                  const Signature& who, const std::string& reason) const;

 private:
  friend class WorkTree;
  struct State;
  explicit Writer(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace git
