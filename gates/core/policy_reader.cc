// Reads .verdict.yml. Everything that is not plainly allowed is POLICY_INVALID:
// a policy that says something else than its author meant guards nothing.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "frontmatter/document.h"
#include "frontmatter/status.h"
#include "gates/core/pattern.h"
#include "gates/core/policy_values.h"

namespace gates {
namespace {

using frontmatter::Field;
using frontmatter::Node;

bool IsRegex(const std::string& text) { return Pattern::Regex(text).has_value(); }

bool IsTrailer(const std::string& text) { return MatchesRegex(text, "[A-Za-z][A-Za-z0-9-]*"); }

// A token must be the same text to every YAML reader, so no word that some of
// them turn into a boolean or a null.
bool IsToken(const std::string& token) {
  constexpr std::array kResolved = {"NULL", "TRUE", "FALSE", "YES", "NO", "ON", "OFF", "Y", "N"};
  return MatchesRegex(token, "[A-Z][A-Z0-9_]*") &&
         std::ranges::find(kResolved, token) == kResolved.end();
}

bool IsLogFile(const std::string& file) {
  return IsPathComponent(file) && !file.ends_with(".sig") && file != Policy::kPath;
}

bool IsStatusKey(const std::string& key) {
  constexpr std::array kTaken = {"validated_sha", "work_item", "timestamp", "base_url"};
  return MatchesRegex(key, "[A-Za-z_][A-Za-z0-9_.-]*") &&
         std::ranges::none_of(kTaken,
                              [&](auto taken) { return frontmatter::LookAlike(key, taken); });
}

Checked ReadGate(const Field& field, Policy& policy) {
  if (!MatchesRegex(field.key, "[a-z][a-z0-9_-]*") || field.key == "docs")
    return Refuse(field.key_place, "a gate's name must be a lower-case word", field.key);
  auto gate = std::ranges::find(policy.gates, field.key, &GateRule::id);
  if (gate == policy.gates.end())
    gate = policy.gates.insert(gate, GateRule{.id = field.key, .file = "", .key = ""});
  constexpr Demand kToken{IsToken, "must be an upper-case word that no YAML reader resolves"};
  const MappingKey keys[] = {
      {"file", SetsText(gate->file, "file", {IsLogFile, "must be one path component, no .sig"})},
      {"key", SetsText(gate->key, "key", {IsStatusKey, "must be a plain key with no other use"})},
      {"pass", SetsText(gate->pass, "pass", kToken)},
      {"fail", SetsText(gate->fail, "fail", kToken)},
      {"required", SetsOneOf(gate->required, "true", true, "false", false)}};
  if (Checked read = ReadKeys(field.value, keys, "a gate"); !read) return read;
  if (gate->file.empty() || gate->key.empty())
    return Refuse(field.key_place, "a further gate must name its file and its key", field.key);
  if (gate->pass == gate->fail)
    return Refuse(field.key_place, "pass and fail must differ", gate->pass);
  return {};
}

Checked ReadGates(const Node& node, Policy& policy) {
  if (node.kind != Node::Kind::kMapping) return Refuse(node.place, "gates must be a mapping");
  for (const Field& field : node.fields)
    if (Checked read = ReadGate(field, policy); !read) return read;
  for (auto gate = policy.gates.begin(); gate != policy.gates.end(); ++gate)
    if (std::ranges::find(gate + 1, policy.gates.end(), gate->file, &GateRule::file) !=
        policy.gates.end())
      return Refuse(node.place, "two gates read one file", gate->file);
  if (std::ranges::none_of(policy.gates, &GateRule::required))
    return Refuse(node.place, "no gate is required, so nothing would be asked");
  return {};
}

Checked ReadWorkItems(const Node& node, Policy& policy) {
  const MappingKey keys[] = {
      {"root", SetsText(policy.root, "root", {IsPath, "must be a relative path without . or .."})},
      {"id", SetsText(policy.id, "id", {IsRegex, "must be an RE2 expression"})},
      {"trailer", SetsText(policy.trailer, "trailer", {IsTrailer, "must be letters, digits or -"})},
      {"require_trailer", SetsOneOf(policy.require_trailer, "true", true, "false", false)}};
  return ReadKeys(node, keys, "work_items");
}

// Whether some ref can match: git allows none of these in a name, so that a
// glob with a set or a blank in it would guard nothing.
bool IsRefGlob(std::string_view glob) {
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
  return std::ranges::none_of(glob, is_odd) && glob.find_first_of("~^:[\\") == glob.npos &&
         !glob.starts_with('/') && !glob.ends_with('/') && glob.find("//") == glob.npos &&
         glob.find("..") == glob.npos;
}

Checked ReadProtected(const Node& node, Policy& policy) {
  auto globs = ReadTexts(node, "protected");
  if (!globs) return tl::unexpected(globs.error());
  for (const Node& item : node.items)
    if (!IsRefGlob(item.text))
      return Refuse(item.place, "no ref can match this, so it would guard nothing", item.text);
  if (globs->empty()) return Refuse(node.place, "protected is empty, so nothing would be guarded");
  policy.protected_refs = *std::move(globs);
  return {};
}

Checked ReadExempt(const Node& node, Policy& policy) {
  auto globs = ReadTexts(node, "exempt");
  if (!globs) return tl::unexpected(globs.error());
  policy.exempt = *std::move(globs);
  return {};
}

Finding PolicyInvalid(const Misfit& misfit) {
  Finding finding = MakeFinding(Code::kPolicyInvalid, misfit.message,
                                "mend the policy file; `git verdict policy check FILE` tries it");
  finding.path = Policy::kPath;
  finding.line = misfit.place.line;
  finding.column = misfit.place.column;
  finding.found = misfit.found;
  return finding;
}

// A signed log says which gate it is for by its status key alone.
Checked TellGatesApart(const Policy& policy) {
  if (!policy.writers) return {};
  for (auto gate = policy.gates.begin(); gate != policy.gates.end(); ++gate)
    if (std::ranges::find(gate + 1, policy.gates.end(), gate->key, &GateRule::key) !=
        policy.gates.end())
      return Refuse({}, "with writers, each gate must have a status key of its own", gate->key);
  return {};
}

Finding FromParseError(const frontmatter::ParseError& error) {
  Finding finding = PolicyInvalid({error.place, error.message, error.found});
  finding.expected = error.expected;
  return finding;
}

}  // namespace

tl::expected<Policy, Finding> ReadPolicy(std::string_view text) {
  const auto mapping = frontmatter::ReadMapping(text);
  if (!mapping) return tl::unexpected(FromParseError(mapping.error()));
  Policy policy = BuiltInPolicy();
  const MappingKey keys[] = {
      {"version",
       [](const Node& node) -> Checked {
         if (IsPlain(node, "1")) return {};
         return Refuse(node.place, "this program reads version 1", node.text);
       }},
      {"protected", [&](const Node& node) { return ReadProtected(node, policy); }},
      {"work_items", [&](const Node& node) { return ReadWorkItems(node, policy); }},
      {"gates", [&](const Node& node) { return ReadGates(node, policy); }},
      {"validated_sha", SetsOneOf(policy.validated_sha, "required", ValidatedSha::kRequired,
                                  "inferred", ValidatedSha::kInferred)},
      {"landing", SetsOneOf(policy.landing, "exact", Landing::kExact, "replay", Landing::kReplay)},
      {"exempt", [&](const Node& node) { return ReadExempt(node, policy); }},
      {"staging", [&](const Node& node) { return ReadStagingSection(node, policy); }},
      {"writers", [&](const Node& node) { return ReadWritersSection(node, policy); }},
      {"docs", [&](const Node& node) { return ReadDocsSection(node, policy); }}};
  if (Checked read = ReadKeys(*mapping, keys, "the policy"); !read)
    return tl::unexpected(PolicyInvalid(read.error()));
  for (const auto& tell_apart : {TellGatesApart, TellDocsFromLogs})
    if (Checked apart = tell_apart(policy); !apart)
      return tl::unexpected(PolicyInvalid(apart.error()));
  return policy;
}

}  // namespace gates
