#include "hooks/git/index.h"

#include "hooks/git/state.h"

namespace git {
namespace {

using gates::StagedFile;

bool IsOnlyMeantToBeAdded(const git_index_entry& entry) {
  return (entry.flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
}

StagedFile FileOf(const git_index_entry& entry) {
  constexpr int kNoConflict = 0;
  const bool is_file = git_index_entry_stage(&entry) == kNoConflict;
  return {.path = entry.path,
          .mode = entry.mode,
          .id = FromOid(entry.id),
          .kind = is_file ? StagedFile::Kind::kFile : StagedFile::Kind::kConflict};
}

/// Whether git would write it so: no empty name in a path, each path once and in order.
bool MayFollow(const std::vector<StagedFile>& files, const git_index_entry& entry) {
  const std::string_view path = entry.path;
  if (path.empty() || path.front() == '/' || path.back() == '/' || path.find("//") != path.npos)
    return false;
  return files.empty() || files.back().path < path ||
         (files.back().path == path && git_index_entry_stage(&entry) > 0);
}

gates::WorldError Damaged(const std::string& path) {
  return {gates::Code::kRepositoryUnreadable,
          "the index has '" + path + "' where git would not put it",
          "remove the index and make it anew with `git reset`"};
}

}  // namespace

gates::WorldError UnreadableIndex() {
  const std::string why = Libgit2Message();
  const std::string message = "cannot read the index: " + why;
  if (why.find("mandatory extension") != why.npos)
    return {gates::Code::kRepositoryUnsupported, message,
            "`git update-index --no-split-index`, or "
            "`git sparse-checkout reapply --no-sparse-index`"};
  return {gates::Code::kRepositoryUnreadable, message,
          "`git config index.skipHash false` and `git update-index --force-write-index`, or make "
          "it anew with `git reset`"};
}

std::vector<StagedFile> ReadIndex(const std::string& path) {
  const auto [code, index] = Try<IndexHandle>(git_index_open, path.c_str());
  if (code < 0) throw UnreadableIndex();
  std::vector<StagedFile> files;
  const size_t count = git_index_entrycount(index.get());
  files.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const git_index_entry& entry = *git_index_get_byindex(index.get(), i);
    if (IsOnlyMeantToBeAdded(entry)) continue;
    if (!MayFollow(files, entry)) throw Damaged(entry.path);
    files.push_back(FileOf(entry));
  }
  return files;
}

}  // namespace git
