// gates::Objects over libgit2's object database, and how its faults are told.

#include <cstring>

#include "hooks/git/config.h"
#include "hooks/git/state.h"
#include "hooks/git/tree_parser.h"

namespace git {

using gates::ObjectId;
using gates::WorldError;

git_oid ToOid(const ObjectId& id) {
  git_oid oid;
  std::memcpy(oid.id, id.bytes.data(), id.bytes.size());
  return oid;
}

ObjectId FromOid(const git_oid& oid) {
  ObjectId id;
  std::memcpy(id.bytes.data(), oid.id, id.bytes.size());
  return id;
}

std::string Repository::State::PromisorRemote() const {
  constexpr std::string_view kRemote = "remote.", kPromisor = ".promisor";
  const ConfigHandle config = OpenOwnConfig(common_directory);
  for (const ConfigEntry& entry : EntriesUnder("extensions.partialclone", config.get()))
    return entry.value;
  for (const ConfigEntry& entry : EntriesUnder(kRemote, config.get()))
    if (entry.name.ends_with(kPromisor) && entry.value == "true")
      return entry.name.substr(kRemote.size(),
                               entry.name.size() - kRemote.size() - kPromisor.size());
  return "";
}

WorldError Repository::State::MissingObject(const ObjectId& id) const {
  const std::string message = "object " + id.hex() + " is not in the repository";
  const std::string remote = PromisorRemote();
  if (!remote.empty())
    return WorldError(gates::Code::kObjectMissing, message + ", which is a partial clone",
                      "git fetch " + remote + " " + id.hex(), id.hex());
  return WorldError(gates::Code::kObjectMissing, message,
                    "git fetch the history that holds it; if it should be here, git fsck --full",
                    id.hex());
}

WorldError Repository::State::FaultOf(int code, const ObjectId& id) const {
  if (code == GIT_ENOTFOUND) return MissingObject(id);
  return Unreadable("cannot read object " + id.hex() + ": " + Libgit2Message(), id.hex());
}

Repository::State::Header Repository::State::HeaderOf(const ObjectId& id) const {
  const git_oid oid = ToOid(id);
  size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const int code = Watch(git_odb_read_header, &size, &type, odb.get(), &oid);
  if (code < 0) throw FaultOf(code, id);
  return {type, size};
}

namespace {

WorldError WrongType(const ObjectId& id, git_object_t is, git_object_t promised) {
  return Unreadable("object " + id.hex() + " is a " + git_object_type2string(is) + " where a " +
                        git_object_type2string(promised) + " was promised",
                    id.hex());
}

}  // namespace

OdbObjectHandle Repository::State::Read(const ObjectId& id, git_object_t type) const {
  // First the header: a blob of gigabytes must not be inflated to learn that it is no tree.
  if (const Header header = HeaderOf(id); header.type != type)
    throw WrongType(id, header.type, type);
  const git_oid oid = ToOid(id);
  auto [code, object] = Try<OdbObjectHandle>(git_odb_read, odb.get(), &oid);
  if (code < 0) throw FaultOf(code, id);
  if (git_odb_object_type(object.get()) != type)
    throw WrongType(id, git_odb_object_type(object.get()), type);
  return std::move(object);
}

git_object_t Repository::State::TypeOf(const ObjectId& id) const {
  constexpr std::uint64_t kGiant = std::uint64_t{16} << 20;
  const Header header = HeaderOf(id);
  if (header.type != GIT_OBJECT_COMMIT && header.size <= kGiant) (void)Read(id, header.type);
  return header.type;
}

tl::expected<gates::Tree, gates::MalformedTree> Repository::ReadTree(const ObjectId& id) const {
  const OdbObjectHandle object = state_->Read(id, GIT_OBJECT_TREE);
  const std::string_view bytes = BytesOf(object);
  auto tree = ParseTree(std::vector<char>(bytes.begin(), bytes.end()));
  if (!tree) return tl::unexpected(gates::MalformedTree{id, std::move(tree.error())});
  return std::move(*tree);
}

std::uint64_t Repository::BlobSize(const ObjectId& id) const {
  const State::Header header = state_->HeaderOf(id);
  if (header.type != GIT_OBJECT_BLOB) throw WrongType(id, header.type, GIT_OBJECT_BLOB);
  return header.size;
}

bool Repository::Has(const ObjectId& id) const {
  const git_oid oid = ToOid(id);
  return Watch(git_odb_exists, state_->odb.get(), &oid) == 1;
}

std::string Repository::ReadBlob(const ObjectId& id) const {
  return std::string(BytesOf(state_->Read(id, GIT_OBJECT_BLOB)));
}

}  // namespace git
