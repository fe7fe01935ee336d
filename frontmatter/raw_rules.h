#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "frontmatter/parse_error.h"

namespace frontmatter {

/// A block of YAML as it stands in its file.
struct RawBlock {
  std::string_view bytes;
  int first_line = 1;
  const char* name = "front matter";  // what messages call it

  /// The place in the file of the byte at `offset`.
  Place PlaceOf(size_t offset) const;

  /// The bytes from `offset` on; none behind the block, where our own last line stands.
  std::string_view From(size_t offset) const;

  /// The rest of the line from `offset` on.
  std::string_view LineFrom(size_t offset) const;
};

/// A value whose text must be looked at where it stands, since YAML readers differ on
/// it: it begins at `offset`, and lines that it goes on over are indented by more than
/// `indent` blanks.
struct RawValue {
  enum class Shape { kQuoted, kBlockScalar, kFlow };

  Shape shape = Shape::kQuoted;
  size_t offset = 0;
  int indent = 0;
};

/// The rules below look at raw bytes only, whatever the YAML reader made of them.
/// Each gives the first fault it finds.

/// A root key is plain ASCII in column 1, its colon right behind it, and then a blank or
/// the line's end; so that a reader of single lines sees the same key.
std::optional<ParseError> CheckRootKey(const RawBlock& block, size_t offset, std::string_view key);

/// Every line with a byte in column 1 is a comment, an item of a list, or one of `key_lines`.
std::optional<ParseError> CheckColumnOne(const RawBlock& block, const std::vector<int>& key_lines);

/// What YAML readers differ on in quoted scalars, block scalars and flow collections.
/// `values` in the order of the text; flow collections that lie in another are left out.
std::optional<ParseError> CheckValues(const RawBlock& block, std::span<const RawValue> values);

}  // namespace frontmatter
