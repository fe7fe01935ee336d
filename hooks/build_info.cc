#include "hooks/build_info.h"

namespace hooks {

std::string_view Version() { return VERDICT_VERSION; }

std::string_view LinkKind() { return VERDICT_LINK_KIND; }

}  // namespace hooks
