#include "gates/core/policy.h"

#include <fmt/format.h>

#include "gates/core/timestamp.h"

namespace gates {
namespace {

std::string List(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ", ") + QuotedScalar(item);
  return "[" + list + "]";
}

std::string InfraList(const std::vector<InfraCheck>& infra) {
  std::string list;
  for (const InfraCheck& entry : infra) {
    list += fmt::format("\n    - {{check: {}", QuotedScalar(entry.check));
    if (!entry.reason.empty()) list += ", reason: " + QuotedScalar(entry.reason);
    if (!entry.approver.empty()) list += ", approver: " + QuotedScalar(entry.approver);
    if (entry.expires) list += ", expires: " + QuotedScalar(WriteTimestamp(*entry.expires));
    list += "}";
  }
  return list.empty() ? " []" : list;
}

std::string StagingSection(const StagingRule& staging) {
  return fmt::format("staging:\n  infra:{}\n  infra_tolerance: {}\n", InfraList(staging.infra),
                     staging.infra_tolerance);
}

std::string WritersSection(const WritersRule& writers) {
  return fmt::format("writers:\n  allowed_signers: {}\n  unsigned: {}\n  must_not_be_author: {}\n",
                     QuotedScalar(writers.allowed_signers),
                     writers.unsigned_logs == Unsigned::kAllow ? "allow" : "deny",
                     writers.must_not_be_author);
}

std::string DocsSection(const DocsRule& docs) {
  std::string text = "docs:\n";
  if (!docs.rules.empty()) text += "  rules:\n";
  for (const UpdateRule& rule : docs.rules) {
    text += fmt::format("    - {{when: {}, update: {}", List(rule.when), List(rule.update));
    text += rule.why.empty() ? "}\n" : ", why: " + QuotedScalar(rule.why) + "}\n";
  }
  if (!docs.require.empty()) text += fmt::format("  require: {}\n", List(docs.require));
  if (docs.placeholders)
    text += fmt::format("  placeholders:\n    paths: {}\n    pattern: {}\n",
                        List(docs.placeholders->paths), QuotedScalar(docs.placeholders->pattern));
  return text;
}

}  // namespace

// The one YAML form that needs only its quote doubled.
std::string QuotedScalar(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::string DocsRule::PathFor(std::string required, std::string_view work_item) {
  for (size_t at = 0; (at = required.find(kItem, at)) != required.npos; at += work_item.size())
    required.replace(at, kItem.size(), work_item);
  return required;
}

const GateRule* Policy::FindGate(std::string_view gate) const {
  for (const GateRule& rule : gates)
    if (rule.id == gate) return &rule;
  return nullptr;
}

Policy BuiltInPolicy() {
  Policy policy;
  policy.protected_refs = {"HEAD", "main", "master", "release/*"};
  policy.root = "docs/work-items";
  policy.id = "[A-Z][A-Z0-9]*-[0-9]+";
  policy.trailer = "Refs";
  policy.gates = {
      {"staging", "15-staging-log.md", "staging_status", "SUCCESS", "FAILED", true},
      {"deploy", "14-deploy-log.md", "deploy_status", "SUCCESS", "FAILED", false},
      {"review", "12-review.md", "review_status", "APPROVED", "REQUEST_CHANGES", false},
  };
  policy.validated_sha = ValidatedSha::kInferred;
  policy.landing = Landing::kReplay;
  return policy;
}

std::string WritePolicy(const Policy& policy) {
  std::string text = fmt::format(
      "version: 1\n"
      "protected: {}\n"
      "work_items:\n"
      "  root: {}\n"
      "  id: {}\n"
      "  trailer: {}\n"
      "  require_trailer: {}\n"
      "gates:\n",
      List(policy.protected_refs), QuotedScalar(policy.root), QuotedScalar(policy.id),
      QuotedScalar(policy.trailer), policy.require_trailer);
  for (const GateRule& gate : policy.gates)
    text += fmt::format("  {}: {{file: {}, key: {}, pass: {}, fail: {}, required: {}}}\n", gate.id,
                        QuotedScalar(gate.file), QuotedScalar(gate.key), gate.pass, gate.fail,
                        gate.required);
  text += fmt::format("validated_sha: {}\nlanding: {}\nexempt: {}\n",
                      policy.validated_sha == ValidatedSha::kRequired ? "required" : "inferred",
                      policy.landing == Landing::kExact ? "exact" : "replay", List(policy.exempt));
  text += StagingSection(policy.staging);
  if (policy.writers) text += WritersSection(*policy.writers);
  if (policy.docs) text += DocsSection(*policy.docs);
  return text;
}

}  // namespace gates
