#include "hooks/git/writer.h"

#include "hooks/git/config.h"
#include "hooks/git/state.h"
#include "hooks/git/writer_state.h"

namespace git {
namespace {

using gates::ObjectId;

SignatureHandle MakeSignature(const Signature& who) {
  return Own<SignatureHandle>("use the name " + who.name, git_signature_new, who.name.c_str(),
                              who.email.c_str(), git_time_t{who.seconds}, who.offset_minutes);
}

bool Holds(const TreeHandle& tree, const std::string& path) {
  const auto [code, entry] = Try<TreeEntryHandle>(
      git_tree_entry_bypath, static_cast<const git_tree*>(tree.get()), path.c_str());
  if (code != GIT_ENOTFOUND) Check(code, "look for " + path);
  return entry != nullptr;
}

std::vector<git_tree_update> UpdatesFor(const std::vector<PathChange>& changes,
                                        const TreeHandle& base) {
  std::vector<git_tree_update> updates;
  for (const PathChange& change : changes)
    if (change.blob || Holds(base, change.path))
      updates.push_back({.action = change.blob ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE,
                         .id = ToOid(change.blob.value_or(ObjectId{})),
                         .filemode = GIT_FILEMODE_BLOB,
                         .path = change.path.c_str()});
  return updates;
}

}  // namespace

gates::WorldError LockedBy(const std::string& attempt, const std::string& what) {
  return {gates::Code::kRepositoryUnreadable, "cannot " + attempt + ": " + what,
          "let the other git end and run it again; where none runs, remove its lock file"};
}

void CheckWritten(int code, const std::string& attempt) {
  if (code == GIT_ELOCKED) throw LockedBy(attempt, Libgit2Message());
  if (code < 0)
    throw gates::WorldError(gates::Code::kRepositoryUnreadable,
                            "cannot " + attempt + ": " + Libgit2Message(),
                            "see that the disk has space and may be written to, and run it again");
}

CommitHandle Writer::State::CommitOf(const ObjectId& id) const {
  const git_oid oid = ToOid(id);
  return Own<CommitHandle>("read commit " + id.hex(), git_commit_lookup, repository.get(), &oid);
}

TreeHandle Writer::State::TreeOf(const CommitHandle& commit) const {
  return Own<TreeHandle>("read the tree of a commit", git_commit_tree, commit.get());
}

// git_commit_create forgets when it could not write (libgit2 1.5).
ObjectId Writer::State::WriteCommitObject(const std::string& bytes) const {
  const auto odb = Own<OdbHandle>("open the objects", git_repository_odb, repository.get());
  git_oid id;
  CheckWritten(Watch(git_odb_write, &id, odb.get(), static_cast<const void*>(bytes.data()),
                     bytes.size(), GIT_OBJECT_COMMIT),
               "write a commit");
  return FromOid(id);
}

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer::~Writer() = default;

Writer Writer::Open(const std::string& directory) {
  SearchConfigsWhereGitDoes();
  Check(git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1), "have all that is written flushed");
  auto state = std::make_unique<State>();
  constexpr unsigned kNoFlags = 0;
  const char* const no_ceiling = nullptr;
  state->repository =
      Own<RepositoryHandle>("open the repository for writing", git_repository_open_ext,
                            directory.c_str(), kNoFlags, no_ceiling);
  return Writer(std::move(state));
}

std::optional<std::string> Writer::work_tree() const {
  const char* path = git_repository_workdir(state_->repository.get());
  return path ? std::optional<std::string>(path) : std::nullopt;
}

std::string Writer::git_directory() const { return git_repository_path(state_->repository.get()); }

std::optional<std::string> Writer::ConfigValue(const std::string& key) const {
  return FindValue(
      key, Own<ConfigHandle>("read git's config", git_repository_config, state_->repository.get()));
}

ObjectId Writer::WriteBlob(std::string_view bytes) const {
  git_oid id;
  CheckWritten(Watch(git_blob_create_from_buffer, &id, state_->repository.get(),
                     static_cast<const void*>(bytes.data()), bytes.size()),
               "write a blob");
  return FromOid(id);
}

ObjectId Writer::WriteCommit(const NewCommit& commit) const {
  git_repository* const repository = state_->repository.get();
  const CommitHandle parent = state_->CommitOf(commit.parent);
  const TreeHandle base = state_->TreeOf(parent);
  const auto updates = UpdatesFor(commit.changes, base);
  git_oid tree_id;
  CheckWritten(Watch(git_tree_create_updated, &tree_id, repository, base.get(), updates.size(),
                     updates.data()),
               "write the trees of a commit");
  const auto tree = Own<TreeHandle>("read back a tree", git_tree_lookup, repository,
                                    static_cast<const git_oid*>(&tree_id));
  const SignatureHandle author = MakeSignature(commit.author);
  const SignatureHandle committer = MakeSignature(commit.committer);
  const git_commit* parents[] = {parent.get()};
  const char* const utf8 = nullptr;
  Buffer bytes;
  Check(Watch(git_commit_create_buffer, bytes.get(), repository,
              static_cast<const git_signature*>(author.get()),
              static_cast<const git_signature*>(committer.get()), utf8, commit.message.c_str(),
              static_cast<const git_tree*>(tree.get()), std::size(parents),
              static_cast<const git_commit**>(parents)),
        "make a commit");
  return state_->WriteCommitObject(bytes.text());
}

void Writer::PutRef(const std::string& name, const ObjectId& target) const {
  const git_oid oid = ToOid(target);
  constexpr int kOverwrite = 1;
  const char* const no_reflog = nullptr;
  auto [code, ref] = Try<ReferenceHandle>(git_reference_create, state_->repository.get(),
                                          name.c_str(), &oid, kOverwrite, no_reflog);
  CheckWritten(code, "write the ref " + name);
}

RefMove Writer::MoveRef(const std::string& name, const ObjectId& from, const ObjectId& to,
                        const Signature& who, const std::string& reason) const {
  git_repository* const repository = state_->repository.get();
  Check(git_repository_set_ident(repository, who.name.c_str(), who.email.c_str()),
        "name who moves a ref");
  const git_oid old_id = ToOid(from);
  const git_oid new_id = ToOid(to);
  constexpr int kOverwrite = 1;
  auto [code, ref] = Try<ReferenceHandle>(git_reference_create_matching, repository, name.c_str(),
                                          &new_id, kOverwrite, &old_id, reason.c_str());
  if (code == GIT_EMODIFIED || code == GIT_ENOTFOUND) return RefMove::kLost;
  CheckWritten(code, "move the ref " + name);
  return RefMove::kMoved;
}

}  // namespace git
