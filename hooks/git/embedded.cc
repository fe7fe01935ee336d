#include "hooks/git/embedded.h"

#include <filesystem>

#include "hooks/git/faults.h"
#include "hooks/git/repository.h"

namespace git {
namespace {

namespace fs = std::filesystem;

// The next folder above that has a `.git`, which no commit can hold.
fs::path FindWorkTreeAbove(const fs::path& path) {
  fs::path above = path;
  while (above != above.root_path()) {
    above = above.parent_path();
    std::error_code unreadable;
    if (fs::exists(above / ".git", unreadable)) return above;
  }
  return {};
}

// Whether the commit that HEAD names has a file at `path`; so it is said of a tree that
// nobody can be sure of.
bool HeadHolds(const Repository& repository, const fs::path& path) {
  const auto head = repository.FindRef("HEAD");
  const auto commit = head ? repository.Peel(*head) : std::nullopt;
  if (!commit) return false;
  gates::ObjectId folder = repository.FindCommit(*commit)->tree;
  for (const fs::path& name : path.parent_path()) {
    const auto tree = repository.ReadTree(folder);
    if (!tree) return true;
    const gates::TreeEntry* entry = tree->Find(name.string());
    if (!entry || !entry->is_tree()) return false;
    folder = entry->id;
  }
  const auto tree = repository.ReadTree(folder);
  return !tree || tree->Find(path.filename().string());
}

}  // namespace

void RequireNotCheckedOut(const std::string& git_directory) {
  const fs::path bare = fs::canonical(git_directory);
  const fs::path work_tree = FindWorkTreeAbove(bare);
  if (work_tree.empty()) return;
  const fs::path path = bare.lexically_relative(work_tree);
  if (*path.begin() == ".git") return;
  // Where `.git` is a file, it may lead to this very directory. No commit brought that file.
  const auto outer = Repository::FindGitDirectory(work_tree.string());
  if (!outer || !HeadHolds(Repository::OpenGitDirectory(*outer), path / "HEAD")) return;
  throw gates::WorldError(gates::Code::kRepositoryUnreadable,
                          "'" + bare.string() +
                              "' is no repository of yours: it lies among the files of '" +
                              work_tree.string() + "'",
                          "run it at the top of the work tree, or name the repository with -C DIR");
}

}  // namespace git
