#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gates/core/finding.h"
#include "gates/core/world.h"

namespace gates {

/// The root tree of a commit. A zero tree holds nothing.
struct Root {
  ObjectId tree;
  ObjectId commit;  // for messages
};

inline Root RootOf(const Commit& commit) { return {commit.tree, commit.id}; }

/// Where a search for one path ended.
struct Found {
  enum class Kind { kAbsent, kEntry, kBlocked };  // kBlocked: no folder where one is needed

  Kind kind = Kind::kBlocked;
  std::uint32_t mode = 0;
  ObjectId id;
  std::string at;  // kBlocked: the path that is no folder
};

/// A tree for reading: the reader's own copy, or one that nobody keeps.
class OpenTree {
 public:
  explicit OpenTree(const Tree* kept) : kept_(kept) {}
  explicit OpenTree(Tree own) : own_(std::make_unique<Tree>(std::move(own))), kept_(own_.get()) {}

  const Tree& operator*() const { return *kept_; }
  const Tree* operator->() const { return kept_; }

 private:
  std::unique_ptr<Tree> own_;
  const Tree* kept_;
};

/// Well-formed trees of one repository, each under its id. A few megabytes at most.
class KeptTrees {
 public:
  /// The tree, or null where it is not kept.
  const Tree* Find(const ObjectId& id) const;

  /// Keeps a tree as long as this lives, or gives it back where there is no room for it.
  OpenTree Keep(const ObjectId& id, Tree tree);

  void Forget(const ObjectId& id);

  /// Whether there is still room for more.
  bool is_roomy() const;

 private:
  std::unordered_map<ObjectId, Tree, ObjectIdHash> trees_;
  size_t bytes_ = 0;
};

/// Opens trees for one judgement and remembers the malformed ones (the first
/// hundred): a change in which one was met is refused, whatever else was seen.
class TreeReader {
 public:
  /// `kept`: what another reader of the same objects has left.
  explicit TreeReader(const Objects& objects, KeptTrees kept = {})
      : objects_(objects), kept_(std::move(kept)) {}

  /// The tree at `path` ("" is the root); empty where it is malformed or `id` is zero.
  OpenTree Open(const ObjectId& id, const std::string& path, const ObjectId& commit);

  /// Walks to `path`. On the way no entry may be a case-fold twin of a path
  /// component, and nothing but a folder may stand where one is needed.
  Found Find(const Root& root, std::string_view path);

  /// Remembers every entry of `tree` that is a case-fold twin of one of `names`.
  void CheckTwinsOf(std::span<const std::string_view> names, const Tree& tree,
                    const std::string& folder, const ObjectId& commit);

  /// Refuses trees that are too large to be read to their end; from now on all
  /// trees are empty, so that whoever walks them comes to an end.
  void GiveUp(const std::string& path, const ObjectId& commit, std::string why);

  const Objects& objects() const { return objects_; }
  const std::vector<Finding>& malformed() const { return malformed_; }

  /// What it has read, for another reader; whatever it has opened is not to be used any more.
  KeptTrees ReleaseKept() { return std::exchange(kept_, {}); }

 private:
  void CheckTwins(const Tree& tree, std::string_view name, const std::string& folder,
                  const ObjectId& commit);
  void RememberTwin(std::string_view twin, std::string_view name, const std::string& folder,
                    const ObjectId& commit);
  void Remember(Finding finding);

  const Objects& objects_;
  KeptTrees kept_;
  std::vector<Finding> malformed_;
  bool gave_up_ = false;
};

}  // namespace gates
