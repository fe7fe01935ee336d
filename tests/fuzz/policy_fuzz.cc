// libFuzzer: any bytes as a policy file, read as a mapping and as a policy.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "frontmatter/document.h"
#include "gates/core/policy.h"

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

// A policy guards something, and reads back as it was written.
void RequireSensible(const gates::Policy& policy) {
  Require(!policy.protected_refs.empty() && !policy.gates.empty());
  const std::string written = gates::WritePolicy(policy);
  const auto again = gates::ReadPolicy(written);
  Require(again && gates::WritePolicy(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto policy = gates::ReadPolicy(text);
  if (policy) RequireSensible(*policy);
  const auto mapping = frontmatter::ReadMapping(text);
  Require(mapping || !policy);
  if (!mapping) {
    Require(!mapping.error().message.empty());
    Require(mapping.error().message != "the YAML reader gave up");
    return 0;
  }
  Require(!mapping->fields.empty());
  RequireStrict(*mapping, 1);
  return 0;
}
