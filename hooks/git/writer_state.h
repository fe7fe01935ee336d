#pragma once

#include "hooks/git/handle.h"
#include "hooks/git/writer.h"

namespace git {

using CommitHandle = Handle<git_commit, git_commit_free>;
using SignatureHandle = Handle<git_signature, git_signature_free>;
using TreeEntryHandle = Handle<git_tree_entry, git_tree_entry_free>;
using TreeHandle = Handle<git_tree, git_tree_free>;

/// Check, for a call that takes a lock file: one that is there is no damage.
void CheckWritten(int code, const std::string& attempt);

/// The libgit2 side of a Writer.
struct Writer::State {
  RepositoryHandle repository;

  CommitHandle CommitOf(const gates::ObjectId& id) const;
  TreeHandle TreeOf(const CommitHandle& commit) const;
};

}  // namespace git
