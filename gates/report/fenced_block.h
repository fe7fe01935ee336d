#pragma once

#include <string>
#include <string_view>

namespace gates {

/// Text of many lines as a fenced block of Markdown that nothing in it can end,
/// each line escaped, with about `limit` bytes of them. Empty for blank text.
std::string FencedBlock(std::string_view raw, size_t limit);

}  // namespace gates
