#pragma once

#include <string>
#include <string_view>

namespace hooks {

/// `sha256:` and the SHA-256 of these bytes in lower-case hex.
std::string DigestOf(std::string_view bytes);

}  // namespace hooks
