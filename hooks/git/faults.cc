#include "hooks/git/faults.h"

#include <git2.h>

namespace git {

gates::WorldError Unreadable(const std::string& message, const std::string& sha) {
  return gates::WorldError(gates::Code::kRepositoryUnreadable, message, "git fsck --full", sha);
}

std::string Libgit2Message() {
  const git_error* error = git_error_last();
  return error && error->message ? error->message : "libgit2 does not say why";
}

}  // namespace git
