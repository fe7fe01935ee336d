#include "hooks/git/format.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "hooks/git/config.h"

namespace git {
namespace {

constexpr std::string_view kPrefix = "extensions.";

// What a repository of version 1 may ask for, in lower case; library.cc tells libgit2.
constexpr std::array<std::string_view, 5> kSupported{"noop", "noop-v1", "partialclone",
                                                     "preciousobjects", "worktreeconfig"};

// What git refuses in a repository of version 0, where it ignores unknown ones.
constexpr std::array<std::string_view, 5> kNeedVersion1{
    "noop-v1", "objectformat", "compatobjectformat", "refstorage", "relativeworktrees"};

template <class Names>
bool Has(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

gates::WorldError Unsupported(const std::string& what) {
  return gates::WorldError(gates::Code::kRepositoryUnsupported,
                           "the repository needs " + what + ", which git-verdict cannot read",
                           "judge a clone that does without: SHA-1, refs in files, version 0 or 1");
}

int VersionIn(const git_config* config) {
  int version = 0;
  const int code = Watch(git_config_get_int32, &version, config, "core.repositoryformatversion");
  if (code == GIT_ENOTFOUND) return 0;
  Check(code, "read core.repositoryformatversion");
  return version;
}

void RequireSupportedExtensions(const git_config* config, int version) {
  for (const ConfigEntry& entry : EntriesUnder(kPrefix, config)) {
    const std::string_view name = std::string_view(entry.name).substr(kPrefix.size());
    const bool refused = version == 0 ? Has(kNeedVersion1, name) : !Has(kSupported, name);
    if (refused) throw Unsupported(entry.name + " = " + entry.value);
  }
}

}  // namespace

std::string CommonDirectoryOf(const std::string& git_directory) {
  std::ifstream file(git_directory + "/commondir");
  std::string named;
  if (!std::getline(file, named)) return git_directory;
  return (std::filesystem::path(git_directory) / named).lexically_normal().string();
}

void RequireSupportedFormat(const std::string& common_directory) {
  const ConfigHandle config = OpenOwnConfig(common_directory);
  const int version = VersionIn(config.get());
  if (version < 0 || version > 1)
    throw Unsupported("core.repositoryformatversion = " + std::to_string(version));
  RequireSupportedExtensions(config.get(), version);
}

}  // namespace git
