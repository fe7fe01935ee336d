#include <array>

#include "hooks/git/handle.h"
#include "hooks/git/repository.h"

namespace git {
namespace {

// Extensions that change nothing about how objects and refs are read. In lower
// case, as libgit2 compares them. Never objectformat or refstorage.
constexpr std::array<const char*, 4> kHarmlessExtensions{"worktreeconfig", "partialclone",
                                                         "preciousobjects", "noop-v1"};

constexpr size_t kCachedTreeLimit = size_t{1} << 20;  // the default, 4096, misses every wide folder
constexpr ssize_t kCacheLimit = ssize_t{8} << 20;

void SetOptions() {
  // The user's config says nothing that a gate may obey, and costs time to look for.
  for (const git_config_level_t level : {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                         GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL})
    Check(git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, ""), "forget where configs are");
  Check(git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, kHarmlessExtensions.data(),
                         kHarmlessExtensions.size()),
        "set the known extensions");
  Check(git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1), "set hash verification");
  Check(git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, kCachedTreeLimit),
        "set the cache limit of trees");
  // A walk reads each commit once and would only push trees out; State::known_commits is for us.
  Check(git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_COMMIT, size_t{0}),
        "set the cache limit of commits");
  Check(git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, kCacheLimit), "set the cache limit");
  // hooks/git/ownership.cc checks as git does; libgit2 knows no safe.directory=*.
  Check(git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0), "set the owner validation");
}

}  // namespace

Library::Library() {
  Check(git_libgit2_init(), "start libgit2");
  SetOptions();
}

Library::~Library() { git_libgit2_shutdown(); }

}  // namespace git
