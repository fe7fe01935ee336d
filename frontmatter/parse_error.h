#pragma once

#include <string>

#include "frontmatter/node.h"

namespace frontmatter {

/// What is wrong with a text, coarse enough to be a public reason.
enum class Fault {
  kFrontmatter,   // fences missing, unclosed, ambiguous, empty, over a limit
  kEncoding,      // bytes that are not allowed
  kYaml,          // not a block mapping of the strict subset
  kKeyMissing,    // the status key is not there
  kKeyDuplicate,  // a key twice, or beside a look-alike
  kToken,         // the status key is there, its value is no token
};

/// One fault. `expected` and `found` may be empty; `found` holds raw bytes of
/// the text, so whoever prints it escapes it.
struct ParseError {
  Fault fault = Fault::kYaml;
  Place place;
  std::string message;
  std::string expected;
  std::string found;
};

}  // namespace frontmatter
