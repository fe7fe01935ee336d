// The policy's section `staging`: which checks may be waived.

#include <algorithm>

#include "gates/core/policy_values.h"
#include "gates/core/timestamp.h"

namespace gates {
namespace {

using frontmatter::Node;

bool IsAnyText(const std::string&) { return true; }
constexpr Demand kAnyText{IsAnyText, ""};

// Only such a word is the id of a label; another entry could never apply.
constexpr Demand kCheckId{IsCheckId, "must be the id of a check, as C9a"};

// `until when` must not depend on where the machine stands: an instant of the
// day, in UTC.
Checked ReadExpires(const Node& node, InfraCheck& entry) {
  auto text = ReadText(node, "expires");
  if (!text) return tl::unexpected(text.error());
  if (text->ends_with('Z')) entry.expires = ReadTimestamp(*text);
  if (entry.expires) return {};
  return Refuse(node.place, "expires must be an instant in UTC, as 2027-01-31T00:00:00Z", *text);
}

Checked ReadInfraCheck(const Node& node, InfraCheck& entry) {
  if (node.kind == Node::Kind::kScalar) return SetsText(entry.check, "a check", kCheckId)(node);
  const MappingKey keys[] = {
      {"check", SetsText(entry.check, "check", kCheckId)},
      {"reason", SetsText(entry.reason, "reason", kAnyText)},
      {"approver", SetsText(entry.approver, "approver", kAnyText)},
      {"expires", [&](const Node& value) { return ReadExpires(value, entry); }}};
  if (Checked read = ReadKeys(node, keys, "an infra check"); !read) return read;
  if (entry.check.empty()) return Refuse(node.place, "an infra check must name its check");
  return {};
}

Checked ReadInfra(const Node& node, StagingRule& rule) {
  if (node.kind != Node::Kind::kSequence) return Refuse(node.place, "infra must be a list");
  rule.infra.clear();
  for (const Node& item : node.items) {
    InfraCheck entry;
    if (Checked read = ReadInfraCheck(item, entry); !read) return read;
    if (std::ranges::find(rule.infra, entry.check, &InfraCheck::check) != rule.infra.end())
      return Refuse(item.place, "this check stands in the list twice", entry.check);
    rule.infra.push_back(std::move(entry));
  }
  return {};
}

}  // namespace

Checked ReadStagingSection(const Node& node, Policy& policy) {
  const MappingKey keys[] = {
      {"infra", [&](const Node& value) { return ReadInfra(value, policy.staging); }},
      {"infra_tolerance", SetsOneOf(policy.staging.infra_tolerance, "true", true, "false", false)}};
  return ReadKeys(node, keys, "staging");
}

}  // namespace gates
