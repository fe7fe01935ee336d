#pragma once

#include <optional>
#include <string>

namespace git {

/// The folder of the work tree in which the branch (its full name) is checked out,
/// is being rebased or bisected; nothing where it is in none. `core_bare` as in the config.
std::optional<std::string> FindCheckout(const std::string& branch,
                                        const std::string& common_directory,
                                        const std::optional<std::string>& core_bare);

}  // namespace git
