#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace frontmatter {

/// A place in a text: 1-based, columns count bytes. Line 0 is the text as a whole.
struct Place {
  int line = 0;
  int column = 0;

  bool operator==(const Place&) const = default;
};

struct Field;

/// One value of a strict YAML mapping. Scalars stay text: whoever asks for a
/// date or a flag converts it and can say what was wrong with it, and where.
struct Node {
  enum class Kind { kNull, kScalar, kSequence, kMapping };
  enum class Style { kPlain, kQuoted };  // kQuoted: in quotes or a block scalar

  Kind kind = Kind::kNull;
  Style style = Style::kPlain;
  std::string text;           // kScalar
  std::vector<Node> items;    // kSequence
  std::vector<Field> fields;  // kMapping, in file order, every key once
  Place place;

  /// The field called `key`, or null: absence is ordinary, not an error.
  const Field* Find(std::string_view key) const;
};

struct Field {
  std::string key;
  Place key_place;
  Node value;
};

}  // namespace frontmatter
