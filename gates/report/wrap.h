#pragma once

#include <string>
#include <string_view>

namespace gates {

/// How prose is laid out. 72 columns leave room for git's `remote: ` on a
/// terminal of 80.
struct Layout {
  size_t indent = 0;  // blanks before each line
  size_t hang = 0;    // blanks more before each line but the first
  size_t width = 72;  // columns
};

/// Breaks prose into lines, each ended by LF. Breaks stand at blanks only and
/// never inside `backticks`: a path or a command stays whole, however long.
std::string Wrap(std::string_view prose, const Layout& layout);

}  // namespace gates
