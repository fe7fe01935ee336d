// Refs by their full names.

#include "hooks/git/ref_files.h"
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
  return ListRefFiles(state_->common_directory, prefix);
}

}  // namespace git
