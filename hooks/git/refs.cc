// Refs by their full names, and the one place where revisions are parsed.

#include <algorithm>

#include "hooks/git/state.h"

namespace git {
namespace {

using gates::ObjectId;

// A name that is no ref name names no ref, which is no fault.
ReferenceHandle Lookup(git_repository* repository, const std::string& name) {
  if (!IsRefName(name)) return nullptr;
  auto [code, ref] = Try<ReferenceHandle>(git_reference_lookup, repository, name.c_str());
  if (code == GIT_ENOTFOUND) return nullptr;
  Check(code, "read the ref " + name);
  return std::move(ref);
}

}  // namespace

bool IsRefName(const std::string& name) {
  int valid = 0;
  return name.find('\0') == std::string::npos &&
         git_reference_name_is_valid(&valid, name.c_str()) == 0 && valid == 1;
}

std::optional<ObjectId> Repository::FindRef(std::string_view name) const {
  const ReferenceHandle ref = Lookup(state_->repository.get(), std::string(name));
  if (!ref) return std::nullopt;
  const auto [code, direct] = Try<ReferenceHandle>(git_reference_resolve, ref.get());
  if (code == GIT_ENOTFOUND) return std::nullopt;
  Check(code, "resolve the ref " + std::string(name));
  return FromOid(*git_reference_target(direct.get()));
}

std::optional<std::string> Repository::SymbolicTarget(std::string_view name) const {
  const ReferenceHandle ref = Lookup(state_->repository.get(), std::string(name));
  if (!ref || git_reference_type(ref.get()) != GIT_REFERENCE_SYMBOLIC) return std::nullopt;
  return git_reference_symbolic_target(ref.get());
}

std::vector<gates::Ref> Repository::RefsUnder(std::string_view prefix) const {
  const std::string glob = std::string(prefix) + "*";
  if (prefix.find_first_of("*?[\\") != std::string_view::npos) return {};  // in no ref's name
  const auto refs = Own<ReferenceIteratorHandle>("list the refs", git_reference_iterator_glob_new,
                                                 state_->repository.get(), glob.c_str());
  std::vector<gates::Ref> found;
  while (true) {
    const auto [code, ref] = Try<ReferenceHandle>(git_reference_next, refs.get());
    if (code == GIT_ITEROVER) break;
    Check(code, "list the refs under " + std::string(prefix));
    if (git_reference_type(ref.get()) != GIT_REFERENCE_DIRECT) continue;
    found.push_back({git_reference_name(ref.get()), FromOid(*git_reference_target(ref.get()))});
  }
  std::ranges::sort(found, {}, &gates::Ref::name);
  return found;
}

std::optional<ObjectId> Repository::ResolveTyped(const std::string& revision) const {
  // A full id that is absent is a missing object, not a misspelt name.
  if (const auto id = ObjectId::FromHex(revision)) return Peel(*id);
  const auto [code, object] =
      Try<ObjectHandle>(git_revparse_single, state_->repository.get(), revision.c_str());
  if (code == GIT_ENOTFOUND || code == GIT_EAMBIGUOUS || code == GIT_EINVALIDSPEC)
    return std::nullopt;
  Check(code, "resolve " + revision);
  return Peel(FromOid(*git_object_id(object.get())));
}

}  // namespace git
