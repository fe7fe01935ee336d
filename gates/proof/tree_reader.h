#pragma once

#include <span>
#include <string>
#include <string_view>
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

/// Opens trees for one judgement and remembers the malformed ones (the first
/// hundred): a change in which one was met is refused, whatever else was seen.
class TreeReader {
 public:
  explicit TreeReader(const Objects& objects) : objects_(objects) {}

  /// The tree at `path` ("" is the root); empty where it is malformed or `id` is zero.
  Tree Open(const ObjectId& id, const std::string& path, const ObjectId& commit);

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

 private:
  void RememberTwin(std::string_view twin, std::string_view name, const std::string& folder,
                    const ObjectId& commit);
  void Remember(Finding finding);

  const Objects& objects_;
  std::vector<Finding> malformed_;
  bool gave_up_ = false;
};

}  // namespace gates
