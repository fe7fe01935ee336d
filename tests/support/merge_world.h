#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/proof/replay.h"
#include "hooks/git/merging.h"
#include "hooks/git/repository.h"
#include "tests/support/git_fixture.h"
#include "tests/support/no_signatures.h"

namespace test {

/// A file of a tree by literal; the text of a gitlink is the commit in hex.
struct File {
  std::string path;
  std::string text;
  std::string mode = "100644";
};
using Files = std::vector<File>;

/// Trees and commits in a real bare repository, and merges of them by the gates.
class MergeWorld : public gates::Refs {
 public:
  gates::Root Tree(const Files& files) const;
  gates::Commit Commit(const Files& files, const std::vector<gates::Commit>& parents) const;

  /// The hex of the tree that a clean merge gives, or `conflict at PATH`.
  std::string Merge(const gates::MergeSides& sides, const gates::MergeOptions& options = {}) const;
  std::string MergeAgain(const gates::Commit& ours, const gates::Commit& theirs,
                         const gates::MergeOptions& options = kAsProof) const;

  /// Exempts paths from here on.
  void Exempt(const std::string& glob);

  const GitRepo& repo() const { return repo_; }
  const git::Repository& repository() const { return repository_; }

  std::optional<gates::ObjectId> Find(std::string_view) const override { return std::nullopt; }
  std::vector<gates::Ref> Under(std::string_view) const override { return {}; }
  std::string MovedBy(std::string_view name) const override { return std::string(name); }
  bool AreAll() const override { return true; }

  inline static const gates::MergeOptions kAsProof{.evidence = gates::EvidenceIn::kProof,
                                                   .witness = {}};

 private:
  git::Library library_;
  Sandbox sandbox_;
  GitRepo repo_ = GitRepo::InitBare(sandbox_);
  git::Repository repository_ = git::Repository::OpenGitDirectory(repo_.git_directory());
  git::Merging merging_;
  NoSignatures signatures_;
  gates::World world_{repository_, repository_, *this, merging_, signatures_};
  std::optional<gates::Rules> rules_{gates::Rules(gates::BuiltInPolicy(), "")};
  mutable long clock_ = 1'700'000'000;
};

/// What Merge says of a clean merge with this result.
inline std::string Clean(const gates::Root& result) { return result.tree.hex(); }

/// The numbers 1 to 20, a line each, and in their place what `changes` says.
std::string Numbers(const std::vector<std::pair<int, std::string>>& changes = {});

}  // namespace test
