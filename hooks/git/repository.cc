#include "hooks/git/repository.h"

#include "hooks/git/config.h"
#include "hooks/git/embedded.h"
#include "hooks/git/format.h"
#include "hooks/git/object_database.h"
#include "hooks/git/ownership.h"
#include "hooks/git/state.h"

namespace git {
namespace {

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

gates::WorldError NotARepository(const std::string& message) {
  return gates::WorldError(gates::Code::kRepositoryUnreadable, message,
                           "run it inside a git repository, or name one with -C DIR");
}

}  // namespace

Repository::Repository(std::unique_ptr<State> state) : state_(std::move(state)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository::~Repository() = default;

Repository Repository::Discover(const std::string& directory) {
  if (auto repository = DiscoverIfAny(directory)) return *std::move(repository);
  throw NotARepository("there is no git repository at or above '" + directory + "'");
}

std::optional<Repository> Repository::DiscoverIfAny(const std::string& directory) {
  const auto git_directory = FindGitDirectory(directory);
  if (!git_directory) return std::nullopt;
  RequireNotCheckedOut(*git_directory);
  return OpenGitDirectory(*git_directory);
}

std::optional<std::string> Repository::FindGitDirectory(const std::string& directory) {
  Buffer found;
  constexpr int kSameFileSystem = 0;
  const char* const no_ceiling = nullptr;
  const int code =
      Watch(git_repository_discover, found.get(), directory.c_str(), kSameFileSystem, no_ceiling);
  if (code == GIT_ENOTFOUND) return std::nullopt;
  Check(code, "look for a repository at or above '" + directory + "'");
  std::string git_directory = WithoutSlash(found.text());
  RequireOwnership(git_directory);
  return git_directory;
}

Repository Repository::OpenGitDirectory(const std::string& git_directory,
                                        const std::vector<std::string>& more_objects) {
  RequireSupportedFormat(CommonDirectoryOf(git_directory));
  auto state = std::make_unique<State>();
  // As a bare one: a core.worktree that is not there must do no harm.
  constexpr unsigned kFlags = GIT_REPOSITORY_OPEN_BARE | GIT_REPOSITORY_OPEN_NO_SEARCH;
  const char* const no_ceiling = nullptr;
  auto [code, repository] =
      Try<RepositoryHandle>(git_repository_open_ext, git_directory.c_str(), kFlags, no_ceiling);
  if (code == GIT_ENOTFOUND) throw NotARepository("'" + git_directory + "' is no git directory");
  Check(code, "open the repository '" + git_directory + "'");
  state->repository = std::move(repository);
  state->common_directory = WithoutSlash(git_repository_commondir(state->repository.get()));
  state->odb = OpenObjectDatabase(state->common_directory, more_objects);
  return Repository(std::move(state));
}

// Not what that file includes: a file of the work tree may be included, and a change
// may hold another one.
std::vector<std::string> Repository::OwnConfigValues(const std::string& key) const {
  const ConfigHandle config = OpenOwnConfig(state_->common_directory);
  const char* const any_value = nullptr;
  const auto values = Own<ConfigIteratorHandle>("look for the config value " + key,
                                                git_config_multivar_iterator_new, config.get(),
                                                key.c_str(), any_value);
  std::vector<std::string> found;
  while (true) {
    git_config_entry* entry = nullptr;  // the iterator's
    const int code = Watch(git_config_next, &entry, values.get());
    if (code == GIT_ITEROVER) return found;
    Check(code, "read the config value " + key);
    if (entry->include_depth == 0) found.emplace_back(entry->value ? entry->value : "true");
  }
}

std::optional<std::string> Repository::OwnConfig(const std::string& key) const {
  const std::vector<std::string> values = OwnConfigValues(key);
  return values.empty() ? std::nullopt : std::optional(values.back());
}

std::optional<std::string> Repository::AnyConfig(const std::string& key) const {
  if (auto own = OwnConfig(key)) return own;
  return FindValue(key, OpenUsersConfig());
}

bool Repository::IsInTheMiddle() const {
  const int state = Watch(git_repository_state, state_->repository.get());
  return state != GIT_REPOSITORY_STATE_NONE && state != GIT_REPOSITORY_STATE_BISECT;
}

std::string Repository::common_directory() const { return state_->common_directory; }

std::string Repository::git_directory() const {
  return WithoutSlash(git_repository_path(state_->repository.get()));
}

}  // namespace git
