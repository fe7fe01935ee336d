#include "hooks/git/config.h"

namespace git {

ConfigHandle OpenOwnConfig(const std::string& common_directory) {
  const std::string file = common_directory + "/config";
  return Own<ConfigHandle>("read " + file, git_config_open_ondisk, file.c_str());
}

void SearchConfigsWhereGitDoes() {
  const char* const where_git_looks = nullptr;
  for (const git_config_level_t level :
       {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL})
    Check(git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, where_git_looks), "find git's configs");
}

ConfigHandle OpenUsersConfig() {
  SearchConfigsWhereGitDoes();
  return Own<ConfigHandle>("read the user's git config", git_config_open_default);
}

std::optional<std::string> FindValue(const std::string& key, const ConfigHandle& config) {
  Buffer value;
  const int code = Watch(git_config_get_string_buf, value.get(),
                         static_cast<const git_config*>(config.get()), key.c_str());
  if (code == GIT_ENOTFOUND) return std::nullopt;
  Check(code, "read the config value " + key);
  return value.text();
}

std::vector<ConfigEntry> EntriesUnder(std::string_view prefix, const git_config* config) {
  const auto all = Own<ConfigIteratorHandle>("list the config", git_config_iterator_new, config);
  std::vector<ConfigEntry> found;
  while (true) {
    git_config_entry* entry = nullptr;  // the iterator's
    const int code = Watch(git_config_next, &entry, all.get());
    if (code == GIT_ITEROVER) return found;
    Check(code, "list the config");
    if (std::string_view(entry->name).starts_with(prefix))
      found.push_back({entry->name, entry->value ? entry->value : "true"});
  }
}

}  // namespace git
