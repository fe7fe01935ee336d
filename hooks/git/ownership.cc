#include "hooks/git/ownership.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "gates/core/shell_word.h"
#include "hooks/git/config.h"

namespace git {
namespace {

namespace fs = std::filesystem;

// Who sits at the keyboard: root under sudo may read what its user owns.
bool IsOurs(uid_t owner) {
  if (owner == ::geteuid()) return true;
  const char* sudo_uid = ::geteuid() == 0 ? std::getenv("SUDO_UID") : nullptr;
  return sudo_uid && std::to_string(owner) == sudo_uid;
}

bool IsOursOrAbsent(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) != 0 || IsOurs(status.st_uid);
}

// The `.git` of the work tree that belongs to the git directory: itself where
// it is called so, the file that a linked worktree's `gitdir` names, or nothing.
fs::path DotGitOf(const fs::path& git_directory) {
  if (git_directory.filename() == ".git") return git_directory;
  std::ifstream file(git_directory / "gitdir");
  std::string named;
  std::getline(file, named);
  return named;
}

bool Names(std::string_view safe, const fs::path& path) {
  if (path.empty()) return false;
  const std::string text = path.string();
  if (safe.ends_with("/*")) return text.starts_with(safe.substr(0, safe.size() - 1));
  while (safe.size() > 1 && safe.ends_with('/')) safe.remove_suffix(1);
  return safe == text;
}

// The values of safe.directory in the system's and the user's config; an empty one starts afresh.
bool IsNamedSafe(const fs::path& work_tree, const fs::path& git_directory) {
  const ConfigHandle config = OpenUsersConfig();
  const char* const any_value = nullptr;
  const auto [code, values] = Try<ConfigIteratorHandle>(git_config_multivar_iterator_new,
                                                        config.get(), "safe.directory", any_value);
  bool safe = false;
  git_config_entry* entry = nullptr;
  while (code == 0 && Watch(git_config_next, &entry, values.get()) == 0) {
    const std::string_view value(entry->value ? entry->value : "");
    if (value.empty()) safe = false;
    if (value == "*" || Names(value, work_tree) || Names(value, git_directory)) safe = true;
  }
  return safe;
}

}  // namespace

void RequireOwnership(const std::string& git_directory) {
  const fs::path dot_git = DotGitOf(git_directory);
  const fs::path work_tree = dot_git.parent_path();
  const bool ours = IsOursOrAbsent(git_directory) &&
                    (dot_git.empty() || (IsOursOrAbsent(dot_git) && IsOursOrAbsent(work_tree)));
  if (ours || IsNamedSafe(work_tree, git_directory)) return;
  const std::string path = work_tree.empty() ? git_directory : work_tree.string();
  throw gates::WorldError(gates::Code::kRepositoryUnreadable,
                          "the repository '" + path + "' belongs to another user",
                          "`git config --global --add safe.directory " + gates::ShellWord(path) + "`");
}

}  // namespace git
