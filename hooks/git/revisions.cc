// The one place where revisions are parsed: what a person or a script typed.

#include <algorithm>
#include <array>

#include "hooks/git/state.h"

namespace git {
namespace {

using gates::ObjectId;
using gates::Ref;

constexpr std::string_view kRemotes = "refs/remotes/";
constexpr size_t kShortest = 7;  // what git shortens an id to

/// The name of a ref that a revision starts with: `origin/main` of `origin/main~2`.
std::string NameIn(std::string_view revision) {
  return std::string(
      revision.substr(0, std::min(revision.find_first_of("^~:"), revision.find("@{"))));
}

/// The refs that git would take for what was typed, in its order. What stands in the
/// git directory itself (HEAD) or is written in full means nothing else.
std::vector<Ref> MeaningsOf(const std::string& name, const Repository& repository) {
  if (name.empty()) return {};
  if (const auto target = repository.FindRef(name)) return {{name, *target}};
  if (name.starts_with("refs/")) return {};
  std::vector<Ref> meanings;
  for (const std::string& full :
       {"refs/" + name, "refs/tags/" + name, "refs/heads/" + name, std::string(kRemotes) + name,
        std::string(kRemotes) + name + "/HEAD"})
    if (const auto target = repository.FindRef(full)) meanings.push_back({full, *target});
  return meanings;
}

/// An object whose id starts with `name`, where that reads like a short id.
std::optional<ObjectId> FindShortId(const std::string& name, git_repository* repository) {
  if (name.size() < kShortest || name.size() > GIT_OID_HEXSZ) return std::nullopt;
  git_oid start, found;
  if (git_oid_fromstrn(&start, name.c_str(), name.size()) != 0) return std::nullopt;
  const auto odb = Own<OdbHandle>("open the objects", git_repository_odb, repository);
  const int code = Watch(git_odb_exists_prefix, &found, odb.get(),
                         static_cast<const git_oid*>(&start), name.size());
  return code == 0 ? std::optional(FromOid(found)) : std::nullopt;
}

/// Whether a name that starts with a remote's means something else than its branch.
bool PosesAsTracking(const Ref& meaning, const std::string& name, const Repository& repository) {
  const size_t slash = name.find('/');
  return slash != std::string::npos && !meaning.name.starts_with(kRemotes) &&
         !repository.RefsUnder(std::string(kRemotes) + name.substr(0, slash + 1)).empty();
}

gates::WorldError Ambiguous(const std::string& name, const std::vector<Ref>& meanings) {
  std::string all;
  for (const Ref& meaning : meanings) all += (all.empty() ? "" : " or ") + meaning.name;
  return gates::WorldError(gates::Code::kInputMalformed,
                           "'" + name + "' is ambiguous here: it may mean " + all,
                           "give the full name (`refs/...`) or the full id");
}

}  // namespace

std::optional<ObjectId> Repository::ResolveTyped(const std::string& revision) const {
  // A full id that is absent is a missing object, not a misspelt name.
  if (const auto id = ObjectId::FromHex(revision)) return Peel(*id);
  const std::string name = NameIn(revision);
  std::vector<Ref> meanings = MeaningsOf(name, *this);
  if (name.starts_with("refs/") && meanings.empty()) return std::nullopt;
  RequireOneMeaning(name, std::move(meanings));
  const auto [code, object] =
      Try<ObjectHandle>(git_revparse_single, state_->repository.get(), revision.c_str());
  if (code == GIT_ENOTFOUND || code == GIT_EAMBIGUOUS || code == GIT_EINVALIDSPEC)
    return std::nullopt;
  Check(code, "resolve " + revision);
  return Peel(FromOid(*git_object_id(object.get())));
}

// Who may push chooses the names of tags: one called `origin/main`, or like the short
// id of a base, must not pass for what was meant.
void Repository::RequireOneMeaning(const std::string& name, std::vector<Ref> meanings) const {
  if (meanings.empty()) return;
  if (meanings.front().name != name)
    if (const auto id = FindShortId(name, state_->repository.get()))
      meanings.push_back({"object " + id->hex(), *id});
  // A ref whose object is gone is a missing object as well.
  const auto commit = Peel(meanings.front().target);
  const bool agree = std::ranges::all_of(
      meanings, [&](const Ref& meaning) { return Peel(meaning.target) == commit; });
  if (!agree || (meanings.front().name != name && PosesAsTracking(meanings.front(), name, *this)))
    throw Ambiguous(name, meanings);
}

}  // namespace git
