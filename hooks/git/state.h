#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "hooks/git/handle.h"
#include "hooks/git/painting.h"
#include "hooks/git/repository.h"

namespace git {

/// The libgit2 side of a Repository, and the one door to its objects.
struct Repository::State {
  RepositoryHandle repository;
  OdbHandle odb;
  std::string common_directory;
  /// How commits hang together, as far as walks have read it: each walk of a push
  /// goes over the newest ones again.
  mutable std::unordered_map<gates::ObjectId, Links, gates::ObjectIdHash> known_links;

  /// The commits that were read last, each verified: a push asks for one again and again.
  mutable std::unordered_map<gates::ObjectId, gates::Commit, gates::ObjectIdHash> known_commits;

  struct Header {
    git_object_t type;
    std::uint64_t size;
  };

  /// From the object's header: nothing is inflated, and nothing is verified.
  Header HeaderOf(const gates::ObjectId& id) const;

  /// The same, but believed only after the whole object was verified, where it is
  /// no giant and no commit (which whoever asked is going to read).
  git_object_t TypeOf(const gates::ObjectId& id) const;

  /// The whole object, its hash verified; throws where it is not a `type`.
  OdbObjectHandle Read(const gates::ObjectId& id, git_object_t type) const;

  /// Keeps a commit for whoever asks next; a bounded number of small ones.
  void Know(const gates::Commit& commit) const;

  /// How the walks see a commit.
  ReadLinks LinksReader() const;

  /// Why libgit2 could not read the object `id`, in our words.
  gates::WorldError FaultOf(int code, const gates::ObjectId& id) const;
  gates::WorldError MissingObject(const gates::ObjectId& id) const;

 private:
  std::string PromisorRemote() const;
};

/// What is in an object. Valid as long as the handle.
inline std::string_view BytesOf(const OdbObjectHandle& object) {
  return {static_cast<const char*>(git_odb_object_data(object.get())),
          git_odb_object_size(object.get())};
}

git_oid ToOid(const gates::ObjectId& id);
gates::ObjectId FromOid(const git_oid& oid);

}  // namespace git
