#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/object_id.h"

namespace git {

/// What stands in a commit object. Its texts point into the parsed bytes.
struct ParsedCommit {
  gates::ObjectId tree;
  std::vector<gates::ObjectId> parents;
  std::optional<std::int64_t> committed_at;  // nothing where git would not find a date either
  std::string_view message;
  std::string_view author_email;  // as written; empty where git would find none either
};

/// Reads the bytes of a commit object as git does: strict about tree and
/// parents, lenient about the rest. Gives why it is malformed.
tl::expected<ParsedCommit, std::string> ParseCommit(std::string_view bytes);

/// The object a tag object's bytes lead to; nothing where they are malformed.
std::optional<gates::ObjectId> ParseTagTarget(std::string_view bytes);

}  // namespace git
