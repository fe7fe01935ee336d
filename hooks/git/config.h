#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hooks/git/handle.h"

namespace git {

/// The repository's own config file and nothing else.
ConfigHandle OpenOwnConfig(const std::string& common_directory);

/// Ends Library's blindness for the configs of the system and of the user.
void SearchConfigsWhereGitDoes();

/// The user's and the system's configs together, as git finds them.
ConfigHandle OpenUsersConfig();

/// The value that counts of those that `key` has.
std::optional<std::string> FindValue(const std::string& key, const ConfigHandle& config);

/// One line of a config: section and key in lower case. "true" where a key stands alone.
struct ConfigEntry {
  std::string name;
  std::string value;
};

/// The entries whose names start with `prefix`, in file order. Without libgit2's
/// search by pattern, which leaks 20 KiB for every entry that does not match.
std::vector<ConfigEntry> EntriesUnder(std::string_view prefix, const git_config* config);

}  // namespace git
