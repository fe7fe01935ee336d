#include "hooks/git/checkouts.h"

#include <filesystem>
#include <fstream>

namespace git {
namespace {

namespace fs = std::filesystem;

std::string FirstLineOf(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// A git directory of one work tree: its HEAD, and what a rebase or a bisection will return to.
bool Holds(const fs::path& git_directory, const std::string& branch) {
  if (FirstLineOf(git_directory / "HEAD") == "ref: " + branch) return true;
  for (const char* file : {"rebase-merge/head-name", "rebase-apply/head-name"})
    if (FirstLineOf(git_directory / file) == branch) return true;
  const std::string bisected = FirstLineOf(git_directory / "BISECT_START");
  return !bisected.empty() && "refs/heads/" + bisected == branch;
}

}  // namespace

std::optional<std::string> FindCheckout(const std::string& branch,
                                        const std::string& common_directory,
                                        const std::optional<std::string>& core_bare) {
  const fs::path common(common_directory);
  if (core_bare != "true" && Holds(common, branch))
    return common.filename() == ".git" ? common.parent_path().string() : common_directory;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(common / "worktrees", absent))
    if (Holds(entry.path(), branch))
      return fs::path(FirstLineOf(entry.path() / "gitdir")).parent_path().string();
  return std::nullopt;
}

}  // namespace git
