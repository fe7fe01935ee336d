#include "hooks/git/work_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "hooks/git/index.h"
#include "hooks/git/state.h"
#include "hooks/git/writer_state.h"

namespace git {
namespace {

using gates::ObjectId;
using DiffHandle = Handle<git_diff, git_diff_free>;

constexpr int kNoConflictStage = 0;

git_diff_options OptionsForPaths() {
  git_diff_options options{};
  Check(git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION), "prepare a comparison");
  options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_SKIP_BINARY_CHECK;
  return options;
}

// A sparse checkout leaves files out, and nobody could have staged them otherwise.
bool IsLeftOut(const char* path, git_index* index) {
  const git_index_entry* entry = git_index_get_bypath(index, path, kNoConflictStage);
  return entry && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) != 0;
}

std::vector<std::string> PathsIn(const DiffHandle& diff) {
  std::vector<std::string> paths;
  for (size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i)
    paths.emplace_back(git_diff_get_delta(diff.get(), i)->new_file.path);
  return paths;
}

IndexHandle OpenIndex(git_repository* repository) {
  auto [code, index] = Try<IndexHandle>(git_repository_index, repository);
  if (code < 0) throw UnreadableIndex();
  return std::move(index);
}

git_index_time TimeOf(const timespec& time) {
  return {static_cast<std::int32_t>(time.tv_sec), static_cast<std::uint32_t>(time.tv_nsec)};
}

// What git looks at to see, without opening it, that a file did not change.
git_index_entry EntryFor(const struct stat& status) {
  git_index_entry entry{};
  entry.ctime = TimeOf(status.st_ctim);
  entry.mtime = TimeOf(status.st_mtim);
  entry.dev = static_cast<std::uint32_t>(status.st_dev);
  entry.ino = static_cast<std::uint32_t>(status.st_ino);
  entry.mode = GIT_FILEMODE_BLOB;
  entry.uid = status.st_uid;
  entry.gid = status.st_gid;
  entry.file_size = static_cast<std::uint32_t>(status.st_size);
  return entry;
}

void Flush(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = file >= 0 && ::fsync(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (flushed) return;
  throw gates::WorldError(gates::Code::kRepositoryUnreadable,
                          "cannot flush " + path + ": " + std::strerror(error),
                          "see to the disk and run it again");
}

// What may have changed in the second in which the index was written, or since.
std::vector<char*> PathsNotOlderThan(const std::string& index_path, git_index* index) {
  struct stat status {};
  std::vector<char*> paths;
  if (::stat(index_path.c_str(), &status) != 0) return paths;
  for (size_t i = 0; i < git_index_entrycount(index); ++i) {
    const git_index_entry* entry = git_index_get_byindex(index, i);
    if (entry->mtime.seconds >= TimeOf(status.st_mtim).seconds)
      paths.push_back(const_cast<char*>(entry->path));
  }
  return paths;
}

}  // namespace

struct WorkTree::State {
  git_repository* repository;  // the Writer's
  const Writer::State& writer;
  std::string directory;
  IndexHandle index;
};

WorkTree::WorkTree(const Writer& writer) {
  git_repository* const repository = writer.state_->repository.get();
  state_ = std::make_unique<State>(
      State{repository, *writer.state_, writer.work_tree().value_or(""), OpenIndex(repository)});
}

WorkTree::WorkTree(WorkTree&&) noexcept = default;
WorkTree::~WorkTree() = default;

std::vector<std::string> WorkTree::PathsUnlike(const ObjectId& commit) const {
  const TreeHandle tree = state_->writer.TreeOf(state_->writer.CommitOf(commit));
  const git_diff_options options = OptionsForPaths();
  git_index* const index = state_->index.get();
  const auto staged = Own<DiffHandle>("compare the index", git_diff_tree_to_index,
                                      state_->repository, tree.get(), index, &options);
  // Not under the eyes of the watchdog: all files may have to be read, which takes as long as it
  // takes, and no object is read that could be damaged.
  git_diff* compared = nullptr;
  const int code = git_diff_index_to_workdir(&compared, state_->repository, index, &options);
  const DiffHandle unstaged(compared);
  Check(code, "compare the work tree");
  std::vector<std::string> paths = PathsIn(staged);
  for (const std::string& path : PathsIn(unstaged))
    if (!IsLeftOut(path.c_str(), index)) paths.push_back(path);
  std::ranges::sort(paths);
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

Staged WorkTree::At(const std::string& path) const {
  git_index* const index = state_->index.get();
  if (const git_index_entry* entry = git_index_get_bypath(index, path.c_str(), kNoConflictStage))
    return entry->mode == GIT_FILEMODE_BLOB ? Staged{Staged::Kind::kFile, FromOid(entry->id)}
                                            : Staged{};
  for (const int stage : {1, 2, 3})
    if (git_index_get_bypath(index, path.c_str(), stage)) return {};
  return {Staged::Kind::kNothing, {}};
}

void WorkTree::RequireUnlocked() const {
  const std::string lock = std::string(git_index_path(state_->index.get())) + ".lock";
  struct stat status {};
  if (::lstat(lock.c_str(), &status) == 0) throw LockedBy("write the index", lock + " is there");
}

void WorkTree::Reload() {
  constexpr int kOnlyWhereChanged = 0;
  Check(Watch(git_index_read, state_->index.get(), kOnlyWhereChanged), "read the index again");
}

void WorkTree::Stage(const std::string& path, const ObjectId& blob) {
  struct stat status {};
  if (::lstat((state_->directory + path).c_str(), &status) != 0)
    throw Unreadable("cannot look at " + path);
  git_index_entry entry = EntryFor(status);
  entry.id = ToOid(blob);
  entry.path = path.c_str();
  Check(Watch(git_index_add, state_->index.get(), static_cast<const git_index_entry*>(&entry)),
        "put " + path + " into the index");
}

void WorkTree::Unstage(const std::string& path) {
  const int code = Watch(git_index_remove, state_->index.get(), path.c_str(), kNoConflictStage);
  if (code != GIT_ENOTFOUND) Check(code, "take " + path + " out of the index");
}

// Git takes a file for unchanged by its size and the second of its change, unless the index is of
// the same second. So what changed within it would look clean beside a newer index: such an entry
// gets no size, as git itself does it, and the file is read. (libgit2 does it too, but it sees
// parts of seconds and thinks that git does.)
void WorkTree::SmudgeRacilyClean(const std::string& index_path) {
  git_index* const index = state_->index.get();
  std::vector<char*> paths = PathsNotOlderThan(index_path, index);
  if (paths.empty()) return;
  git_diff_options options = OptionsForPaths();
  options.flags |= GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_IGNORE_SUBMODULES;
  options.pathspec = {paths.data(), paths.size()};
  git_diff* compared = nullptr;
  const int code = git_diff_index_to_workdir(&compared, state_->repository, index, &options);
  const DiffHandle changed(compared);
  Check(code, "compare the work tree");
  for (const std::string& path : PathsIn(changed))
    if (const auto* entry = git_index_get_bypath(index, path.c_str(), kNoConflictStage))
      const_cast<git_index_entry*>(entry)->file_size = 0;
}

void WorkTree::Save() {
  git_index* const index = state_->index.get();
  const std::string path = git_index_path(index);
  SmudgeRacilyClean(path);
  CheckWritten(Watch(git_index_write, index), "write " + path);
  Flush(path);
  Flush(path.substr(0, path.rfind('/')));
}

}  // namespace git
