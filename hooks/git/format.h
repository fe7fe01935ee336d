#pragma once

#include <string>

namespace git {

/// The directory that holds config, objects and refs of `git_directory`: itself,
/// or what its `commondir` file names (a linked worktree).
std::string CommonDirectoryOf(const std::string& git_directory);

/// Throws REPOSITORY_UNSUPPORTED, naming it, where the config asks for something
/// that we would read wrongly (SHA-256, reftable, an unknown extension).
void RequireSupportedFormat(const std::string& common_directory);

}  // namespace git
