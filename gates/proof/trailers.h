#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gates {

/// The words of every `<name>: a, b` line (name in any case) in the last
/// paragraph of a commit message that has more than one paragraph.
std::vector<std::string> ReadTrailer(std::string_view message, std::string_view name);

}  // namespace gates
