#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "frontmatter/document.h"

namespace frontmatter {

/// The key of a verdict and its two tokens, as a policy names them.
struct StatusRule {
  std::string key;
  std::string pass;
  std::string fail;
};

/// A verdict's token (one of the rule's two) and where it stands.
struct Status {
  std::string token;
  Place place;
};

/// Reads the status line twice, as raw bytes and as YAML; both views must show
/// the same token. Faults: kKeyMissing, kKeyDuplicate (look-alikes), kToken.
tl::expected<Status, ParseError> ReadStatus(const Document& document, const StatusRule& rule);

/// Whether two keys read alike: equal after lower-casing and dropping `_ - .`
/// and blanks.
bool LookAlike(std::string_view a, std::string_view b);

}  // namespace frontmatter
