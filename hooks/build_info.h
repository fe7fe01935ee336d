#pragma once

#include <string>
#include <string_view>

namespace hooks {

/// The version of git-verdict, "0.1.0".
std::string_view Version();

/// How this program is linked with libgit2: "static" (without its network half) or "shared".
std::string_view LinkKind();

/// What --version prints: the program, its libraries, the kind of link.
std::string VersionText();

}  // namespace hooks
