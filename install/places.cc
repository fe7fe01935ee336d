#include "install/places.h"

#include <fmt/format.h>

#include <filesystem>

#include "gates/core/shell_word.h"
#include "hooks/command.h"
#include "install/git_process.h"
#include "install/scene.h"

namespace install {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOurFile = "git-verdict";  // in a folder of hooks

/// The absolute path of a folder, without a slash at its end.
fs::path Canonical(const std::string& directory) {
  std::error_code fault;
  const fs::path path = fs::canonical(directory, fault);
  if (fault) throw hooks::UsageError(fmt::format("--server: {}: {}", directory, fault.message()));
  return path;
}

bool IsGitolitesAdmin(const fs::path& folder) { return fs::exists(folder / "conf/gitolite.conf"); }

/// gitolite runs hooks of single repositories from a folder of its own.
std::optional<fs::path> GitoliteFolder(const fs::path& folder) {
  if (folder.filename() == "repo-specific") return folder;
  if (IsGitolitesAdmin(folder)) return folder / "local/hooks/repo-specific";
  return std::nullopt;
}

Place InGitolite(const std::string& hook, const fs::path& folder) {
  const std::string path = folder / kOurFile;
  if (hook == "pre-receive") return {path, Runner::kFolder, ""};
  return {path, Runner::kTaken,
          fmt::format("cannot be the {} hook, which gitolite has for itself: install pre-receive",
                      hook)};
}

Place InFolderOfOneHook(const std::string& hook, const fs::path& folder) {
  const std::string path = folder / kOurFile;
  if (folder.filename() == hook + ".d") return {path, Runner::kFolder, ""};
  return {path, Runner::kTaken,
          fmt::format("would not be a {} hook: this folder is for others; name them with --hooks",
                      hook)};
}

/// Whether the hook at `path` runs the folder beside it, as Gitea's and Forgejo's do.
bool RunsAFolder(const std::string& path) {
  return fs::is_directory(path + ".d") && fs::exists(path) &&
         ReadWhole(path).find(".d") != std::string::npos;
}

/// Whether gitolite put this hook there: a link into its own folders.
bool IsGitolites(const fs::path& path) {
  std::error_code fault;
  const std::string target = fs::read_symlink(path, fault);
  return !fault && (target.find("gitolite") != std::string::npos ||
                    fs::path(target).filename() == "multi-hook-driver");
}

/// The place of gitolite's own hook; ours beside it, which gitolite's runs, where it is there.
Place BesideGitolites(const std::string& path) {
  const std::string beside = fs::path(path).filename().string() + ".h";
  Place place{path, Runner::kTaken,
              "is gitolite's: what it runs is named in gitolite-admin's conf/gitolite.conf, and "
              "installed in a clone of that"};
  for (const auto& entry : fs::directory_iterator(fs::path(path).parent_path())) {
    const std::string name = entry.path().filename();
    if (name.starts_with(beside) && ReadHook(ReadWhole(entry.path()))) place.path = entry.path();
  }
  return place;
}

/// The git directory where `folder` is one, or the hooks folder of one; a work tree's .git.
std::optional<fs::path> GitDirectoryAt(const fs::path& folder) {
  const GitAnswer said = AskGit({"rev-parse", "--absolute-git-dir"}, folder);
  if (!said.Succeeded()) return std::nullopt;
  const fs::path found = Canonical(said.output);
  if (found == folder || found == folder / ".git" || found / "hooks" == folder) return found;
  return std::nullopt;
}

}  // namespace

std::string GitDirectoryOf(const std::string& directory) {
  const GitAnswer said = AskGit({"rev-parse", "--absolute-git-dir"}, directory);
  if (!said.Succeeded() || said.output.empty())
    throw hooks::UsageError("this is no git repository (or not ours); go to one, or use -C DIR");
  return said.output;
}

std::string HooksFolder(const std::string& directory) {
  GitDirectoryOf(directory);
  const GitAnswer folder = AskGit({"rev-parse", "--git-path", "hooks"}, directory);
  const fs::path path = fs::absolute(directory.empty() ? "." : directory) / folder.output;
  return path.lexically_normal();
}

Place PlaceInRepository(const std::string& hook, const std::string& directory) {
  const std::string path = HooksFolder(directory) + "/" + hook;
  return {path, Runner::kGit, ""};
}

std::optional<std::string> RepositoryOfServer(const std::string& directory) {
  const fs::path folder = Canonical(directory);
  for (const fs::path& at : {folder, folder.parent_path(), folder.parent_path().parent_path()})
    if (const auto found = GitDirectoryAt(at)) return found->string();
  return std::nullopt;
}

Place PlaceOnServer(const std::string& hook, const std::string& directory) {
  const fs::path folder = Canonical(directory);
  if (folder.extension() == ".d") return InFolderOfOneHook(hook, folder);
  if (folder.filename() == "custom_hooks")
    return {folder / (hook + ".d") / kOurFile, Runner::kFolder, ""};
  if (const auto gitolite = GitoliteFolder(folder)) return InGitolite(hook, *gitolite);
  const auto git_directory = GitDirectoryAt(folder);
  if (!git_directory)
    throw hooks::UsageError(
        fmt::format("--server: {} is no repository of ours, and no folder of hooks that is known "
                    "(hooks/pre-receive.d, custom_hooks, a clone of gitolite-admin)",
                    folder.string()));
  if (fs::is_directory(*git_directory / "custom_hooks"))
    return {*git_directory / "custom_hooks" / (hook + ".d") / kOurFile, Runner::kFolder, ""};
  Place place = PlaceInRepository(hook, *git_directory);
  if (RunsAFolder(place.path)) return {place.path + ".d/" + kOurFile, Runner::kFolder, ""};
  if (IsGitolites(place.path)) return BesideGitolites(place.path);
  return place;
}

std::string HowToKnowDefaultBranch(const std::string& remote, const std::string& directory) {
  const std::string key = fmt::format("remote.{}.fetch", remote);
  const std::string ask = fmt::format("`git remote set-head {} --auto`", gates::ShellWord(remote));
  if (AskGit({"config", "--get-all", key}, directory).Succeeded()) return ask;
  const std::string branches = fmt::format("+refs/heads/*:refs/remotes/{}/*", remote);
  return fmt::format("`git config {} {}`, `git fetch {}` and {}", gates::ShellWord(key),
                     gates::ShellWord(branches), gates::ShellWord(remote), ask);
}

std::optional<ConfigOrigin> FindConfig(const std::string& key, const std::string& directory) {
  const GitAnswer said =
      AskGit({"config", "--null", "--show-scope", "--show-origin", "--get", key}, directory);
  if (!said.Succeeded()) return std::nullopt;
  ConfigOrigin found;
  std::string* parts[] = {&found.scope, &found.origin, &found.value};
  size_t begin = 0;
  for (std::string* part : parts) {
    const size_t end = said.output.find('\0', begin);
    *part = said.output.substr(begin, end - begin);
    begin = end == std::string::npos ? said.output.size() : end + 1;
  }
  return found;
}

}  // namespace install
