// libFuzzer: any bytes as a policy file.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "frontmatter/document.h"

namespace {

void Require(bool claim) {
  if (!claim) std::abort();
}

// Every mapping holds a key once, no level lies deeper than allowed, places are real.
void RequireStrict(const frontmatter::Node& node, int depth) {
  using Kind = frontmatter::Node::Kind;
  Require(depth <= frontmatter::Limits::kDepth + 1);
  Require(node.place.line > 0 && node.place.column > 0);
  Require(node.kind == Kind::kMapping || node.fields.empty());
  Require(node.kind == Kind::kSequence || node.items.empty());
  for (const frontmatter::Node& item : node.items) RequireStrict(item, depth + 1);
  for (const frontmatter::Field& field : node.fields) {
    Require(node.Find(field.key) == &field);
    RequireStrict(field.value, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto mapping = frontmatter::ReadMapping(text);
  if (!mapping) {
    Require(!mapping.error().message.empty());
    Require(mapping.error().message != "the YAML reader gave up");
    return 0;
  }
  Require(!mapping->fields.empty());
  RequireStrict(*mapping, 1);
  return 0;
}
