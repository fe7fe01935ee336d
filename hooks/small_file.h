#pragma once

#include <optional>
#include <string>

namespace hooks {

/// The first bytes of a regular file, one more than `most` of them where it is larger; nothing
/// where it cannot be read.
std::optional<std::string> ReadSmallFile(const std::string& path, size_t most);

}  // namespace hooks
