#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "frontmatter/node.h"
#include "frontmatter/parse_error.h"

namespace frontmatter {

/// The limits of CONTRACT 3, in bytes, levels and parser events.
struct Limits {
  static constexpr size_t kBlockBytes = 64 * 1024;
  static constexpr size_t kLineBytes = 4096;
  static constexpr int kDepth = 16;
  static constexpr int kEvents = 20'000;
};

/// What stands between the fences: the mapping, and the same lines as raw
/// bytes, so that two independent views of the status line can be compared.
struct Document {
  Node fields;        // kMapping; places count from the start of the file
  std::string block;  // the bytes between the fences, line ends kept

  /// The raw line `line` of the file, without its line end; empty outside the block.
  std::string_view Line(int line) const;
};

/// Splits `text` at its `---` fences and reads the strict YAML between them.
/// Total: any bytes give a Document or a ParseError, never an exception.
tl::expected<Document, ParseError> ReadFrontmatter(std::string_view text);

/// Reads a whole text (a policy file) as one block mapping under the same
/// rules, an opening `---` line allowed. Total, like ReadFrontmatter.
tl::expected<Node, ParseError> ReadMapping(std::string_view text);

}  // namespace frontmatter
