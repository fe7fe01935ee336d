#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace gates {

/// The text that XML means: its references decoded, as strictly as XML asks.
/// pugixml does not do it: it cuts a text off at `&#0;`.
tl::expected<std::string, std::string> DecodeXml(std::string_view raw);

}  // namespace gates
