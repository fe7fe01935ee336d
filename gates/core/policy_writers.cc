// The policy's section `writers`: whose signature makes a verdict log count.

#include "gates/core/policy_values.h"

namespace gates {

Checked ReadWritersSection(const frontmatter::Node& node, Policy& policy) {
  WritersRule rule;
  const MappingKey keys[] = {
      {"allowed_signers", SetsText(rule.allowed_signers, "allowed_signers",
                                   {IsPath, "must be a relative path without . or .."})},
      {"unsigned",
       SetsOneOf(rule.unsigned_logs, "allow", Unsigned::kAllow, "deny", Unsigned::kDeny)},
      {"must_not_be_author", SetsOneOf(rule.must_not_be_author, "true", true, "false", false)}};
  if (Checked read = ReadKeys(node, keys, "writers"); !read) return read;
  if (rule.allowed_signers.empty())
    return Refuse(node.place, "writers must name the file allowed_signers");
  policy.writers = std::move(rule);
  return {};
}

}  // namespace gates
