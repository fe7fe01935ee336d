#pragma once

#include <string>

namespace git {

/// Throws REPOSITORY_UNREADABLE where a bare repository lies among the files of another
/// repository's HEAD: who wrote that commit wrote its refs and objects as well.
void RequireNotCheckedOut(const std::string& git_directory);

}  // namespace git
