#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/world.h"

namespace git {

/// Starts libgit2 with the options a gate needs (strict hash verification,
/// known extensions, no network) and stops it again; main() owns the only one.
class Library {
 public:
  Library();
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

/// Whether git allows a ref of this full name.
bool IsRefName(const std::string& name);

/// One repository on disk, read-only, as bare object database and refs: no
/// config, attributes, index or work tree of the clone is obeyed. Every call
/// throws gates::WorldError where the repository cannot answer.
class Repository final : public gates::Objects, public gates::History {
 public:
  /// The repository at or above `directory`; the environment is ignored. It has to
  /// be ours, or named by safe.directory, and no part of what another one has checked out.
  static Repository Discover(const std::string& directory);

  /// The same, or nothing where there is no repository at all.
  static std::optional<Repository> DiscoverIfAny(const std::string& directory);

  /// The git directory at or above `directory`, which has to be ours; whose files it lies among is
  /// not looked at.
  static std::optional<std::string> FindGitDirectory(const std::string& directory);

  /// Exactly the repository whose git directory this is (GIT_DIR of a hook), whoever
  /// owns it, as git does. `more_objects`: object directories besides (GIT_QUARANTINE_PATH).
  static Repository OpenGitDirectory(const std::string& git_directory,
                                     const std::vector<std::string>& more_objects = {});

  Repository(Repository&&) noexcept;
  ~Repository() override;

  // gates::Objects
  tl::expected<gates::Tree, gates::MalformedTree> ReadTree(
      const gates::ObjectId& id) const override;
  std::uint64_t BlobSize(const gates::ObjectId& id) const override;
  std::string ReadBlob(const gates::ObjectId& id) const override;

  // gates::History
  std::optional<gates::Commit> FindCommit(const gates::ObjectId& id) const override;
  std::optional<gates::ObjectId> Peel(const gates::ObjectId& id) const override;
  bool Contains(const gates::ObjectId& tip, const gates::ObjectId& ancestor) const override;
  std::unique_ptr<gates::Ancestry> AncestryOf(std::vector<gates::ObjectId> tips) const override;
  std::vector<gates::ObjectId> Range(const gates::ObjectId& tip,
                                     const gates::ObjectId& excluded) const override;
  std::vector<gates::ObjectId> MergeBases(const gates::ObjectId& a,
                                          const gates::ObjectId& b) const override;
  bool IsShallow() const override;

  /// Whether the object is here; it may be damaged.
  bool Has(const gates::ObjectId& id) const;

  /// What the full ref name points at, symbolic refs followed; nothing where it does not exist.
  std::optional<gates::ObjectId> FindRef(std::string_view name) const;

  /// The full name a symbolic ref (HEAD, refs/remotes/origin/HEAD) leads to, born
  /// or not; nothing where `name` is no symbolic ref.
  std::optional<std::string> SymbolicTarget(std::string_view name) const;

  /// All direct refs whose full name starts with `prefix`, in name order.
  std::vector<gates::Ref> RefsUnder(std::string_view prefix) const;

  /// The commit that text typed on the command line means (revparse, peeled); nothing where
  /// there is no such revision. Throws INPUT_MALFORMED where it may mean two. Never for text
  /// from a repository or a push.
  std::optional<gates::ObjectId> ResolveTyped(const std::string& revision) const;

  /// A value from the repository's own config file only, never one from the user's, the system's
  /// or an included one.
  std::optional<std::string> OwnConfig(const std::string& key) const;

  /// All of them, in file order, where a key may stand more than once.
  std::vector<std::string> OwnConfigValues(const std::string& key) const;

  /// A value as git itself would find it: from the repository's config, else the user's, else
  /// the system's. Never for what decides.
  std::optional<std::string> AnyConfig(const std::string& key) const;

  /// Whether a merge, rebase, cherry-pick or revert is under way in this work tree.
  bool IsInTheMiddle() const;

  /// The directory that all work trees of this repository share, no trailing slash.
  std::string common_directory() const;

  /// That of this work tree alone: where its HEAD and its index are. No trailing slash.
  std::string git_directory() const;

 private:
  struct State;
  void RequireOneMeaning(const std::string& name, std::vector<gates::Ref> meanings) const;
  explicit Repository(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace git
