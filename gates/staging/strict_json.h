#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gates {

/// What is wrong with a text that is no JSON, holds a key twice, or is deeper
/// or larger than anything sensible; nothing for JSON that can be parsed.
std::optional<std::string> FindJsonFault(std::string_view text);

}  // namespace gates
