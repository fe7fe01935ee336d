#include "hooks/build_info.h"

namespace hooks {

std::string_view Version() { return VERDICT_VERSION; }

std::string_view LinkKind() { return VERDICT_LINK_KIND; }

std::string VersionText() {
  return "git-verdict " VERDICT_VERSION
         "\n"
         "libgit2 " VERDICT_LIBGIT2 ", yaml-cpp " VERDICT_YAML_CPP ", re2 " VERDICT_RE2
         "\n"
         "link: " VERDICT_LINK_KIND "\n";
}

}  // namespace hooks
