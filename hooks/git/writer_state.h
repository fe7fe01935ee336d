#pragma once

#include "hooks/git/handle.h"
#include "hooks/git/writer.h"

namespace git {

using CommitHandle = Handle<git_commit, git_commit_free>;
using SignatureHandle = Handle<git_signature, git_signature_free>;
using TreeEntryHandle = Handle<git_tree_entry, git_tree_entry_free>;
using TreeHandle = Handle<git_tree, git_tree_free>;

/// The fault of a lock file that is there: of a git at work, or of one that was ended.
gates::WorldError LockedBy(const std::string& attempt, const std::string& what);

/// Check, for a call that writes.
void CheckWritten(int code, const std::string& attempt);

/// The libgit2 side of a Writer.
struct Writer::State {
  RepositoryHandle repository;

  CommitHandle CommitOf(const gates::ObjectId& id) const;
  TreeHandle TreeOf(const CommitHandle& commit) const;
  gates::ObjectId WriteCommitObject(const std::string& bytes) const;
};

}  // namespace git
