// Reads .verdict.yml. Everything that is not plainly allowed is POLICY_INVALID:
// a policy that says something else than its author meant guards nothing.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <span>

#include "frontmatter/document.h"
#include "frontmatter/status.h"
#include "gates/core/pattern.h"
#include "gates/core/policy.h"

namespace gates {
namespace {

using frontmatter::Field;
using frontmatter::Node;
using frontmatter::Place;

using Checked = tl::expected<void, Finding>;

tl::unexpected<Finding> Invalid(Place place, std::string message, std::string found = "") {
  Finding finding = MakeFinding(Code::kPolicyInvalid, std::move(message),
                                "mend the policy file; `git verdict policy check FILE` tries it");
  finding.path = Policy::kPath;
  finding.line = place.line;
  finding.column = place.column;
  finding.found = std::move(found);
  return tl::unexpected(std::move(finding));
}

/// One key that a mapping may hold, and what reads its value.
struct Key {
  std::string_view name;
  std::function<Checked(const Node&)> read;
};

Checked ReadKeys(const Node& mapping, std::span<const Key> keys, std::string_view what) {
  if (mapping.kind != Node::Kind::kMapping)
    return Invalid(mapping.place, std::string(what) + " must be a mapping");
  for (const Field& field : mapping.fields) {
    const auto key = std::ranges::find(keys, field.key, &Key::name);
    if (key == keys.end())
      return Invalid(field.key_place, "unknown key in " + std::string(what), field.key);
    if (Checked read = key->read(field.value); !read) return read;
  }
  return {};
}

bool IsPlain(const Node& node, std::string_view text) {
  return node.kind == Node::Kind::kScalar && node.style == Node::Style::kPlain && node.text == text;
}

// What an escape can spell and nobody can read (a line break, a bidi control)
// has no place in a rule.
bool ReadsBack(const std::string& text) {
  const auto mapping = frontmatter::ReadMapping("text: " + QuotedScalar(text) + "\n");
  return mapping && mapping->fields[0].value.text == text;
}

tl::expected<std::string, Finding> Text(const Node& node, std::string_view what) {
  if (node.kind != Node::Kind::kScalar || node.text.empty() || !ReadsBack(node.text))
    return Invalid(node.place, std::string(what) + " must be text on one line", node.text);
  return node.text;
}

tl::expected<std::vector<std::string>, Finding> List(const Node& node, std::string_view what) {
  if (node.kind != Node::Kind::kSequence)
    return Invalid(node.place, std::string(what) + " must be a list");
  std::vector<std::string> list;
  for (const Node& item : node.items) {
    auto text = Text(item, "an entry of " + std::string(what));
    if (!text) return tl::unexpected(text.error());
    list.push_back(*std::move(text));
  }
  return list;
}

/// What a text must be besides text: a predicate, and the words for its absence.
struct Demand {
  bool (*holds)(const std::string&);
  std::string_view otherwise;
};

/// Binds a key to the text that it sets.
std::function<Checked(const Node&)> SetsText(std::string& value, std::string_view what,
                                             Demand demand) {
  return [=, &value](const Node& node) -> Checked {
    auto text = Text(node, what);
    if (!text) return tl::unexpected(text.error());
    if (!demand.holds(*text))
      return Invalid(node.place, fmt::format("{} {}", what, demand.otherwise), *text);
    value = *std::move(text);
    return {};
  };
}

/// Binds a key to the enum or flag that one of two words sets.
template <class T>
std::function<Checked(const Node&)> SetsOneOf(T& value, std::string_view a, T if_a,
                                              std::string_view b, T if_b) {
  return [=, &value](const Node& node) -> Checked {
    if (!IsPlain(node, a) && !IsPlain(node, b))
      return Invalid(node.place, "must be " + std::string(a) + " or " + std::string(b), node.text);
    value = node.text == a ? if_a : if_b;
    return {};
  };
}

bool IsPathComponent(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !name.empty() && name != "." && name != ".." && name != ".git" &&
         name.find('/') == std::string_view::npos && std::ranges::none_of(name, is_control);
}

bool IsPath(const std::string& text) {
  std::string_view path = text;
  while (true) {
    const size_t slash = path.find('/');
    if (!IsPathComponent(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

bool Matches(std::string_view text, std::string_view regex) {
  const auto pattern = Pattern::Regex(regex);
  return pattern && pattern->Matches(text);
}

bool IsRegex(const std::string& text) { return Pattern::Regex(text).has_value(); }

bool IsTrailer(const std::string& text) { return Matches(text, "[A-Za-z][A-Za-z0-9-]*"); }

// A token must be the same text to every YAML reader, so no word that some of
// them turn into a boolean or a null.
bool IsToken(const std::string& token) {
  constexpr std::array kResolved = {"NULL", "TRUE", "FALSE", "YES", "NO", "ON", "OFF", "Y", "N"};
  return Matches(token, "[A-Z][A-Z0-9_]*") &&
         std::ranges::find(kResolved, token) == kResolved.end();
}

bool IsLogFile(const std::string& file) {
  return IsPathComponent(file) && !file.ends_with(".sig") && file != Policy::kPath;
}

bool IsStatusKey(const std::string& key) {
  constexpr std::array kTaken = {"validated_sha", "work_item", "timestamp", "base_url"};
  return Matches(key, "[A-Za-z_][A-Za-z0-9_.-]*") && std::ranges::none_of(kTaken, [&](auto taken) {
           return frontmatter::LookAlike(key, taken);
         });
}

Checked ReadGate(const Field& field, Policy& policy) {
  if (!Matches(field.key, "[a-z][a-z0-9_-]*") || field.key == "docs")
    return Invalid(field.key_place, "a gate's name must be a lower-case word", field.key);
  auto gate = std::ranges::find(policy.gates, field.key, &GateRule::id);
  if (gate == policy.gates.end())
    gate = policy.gates.insert(gate, GateRule{.id = field.key, .file = "", .key = ""});
  constexpr Demand kToken{IsToken, "must be an upper-case word that no YAML reader resolves"};
  const Key keys[] = {
      {"file", SetsText(gate->file, "file", {IsLogFile, "must be one path component, no .sig"})},
      {"key", SetsText(gate->key, "key", {IsStatusKey, "must be a plain key with no other use"})},
      {"pass", SetsText(gate->pass, "pass", kToken)},
      {"fail", SetsText(gate->fail, "fail", kToken)},
      {"required", SetsOneOf(gate->required, "true", true, "false", false)}};
  if (Checked read = ReadKeys(field.value, keys, "a gate"); !read) return read;
  if (gate->file.empty() || gate->key.empty())
    return Invalid(field.key_place, "a further gate must name its file and its key", field.key);
  if (gate->pass == gate->fail)
    return Invalid(field.key_place, "pass and fail must differ", gate->pass);
  return {};
}

Checked ReadGates(const Node& node, Policy& policy) {
  if (node.kind != Node::Kind::kMapping) return Invalid(node.place, "gates must be a mapping");
  for (const Field& field : node.fields)
    if (Checked read = ReadGate(field, policy); !read) return read;
  for (auto gate = policy.gates.begin(); gate != policy.gates.end(); ++gate)
    if (std::ranges::find(gate + 1, policy.gates.end(), gate->file, &GateRule::file) !=
        policy.gates.end())
      return Invalid(node.place, "two gates read one file", gate->file);
  if (std::ranges::none_of(policy.gates, &GateRule::required))
    return Invalid(node.place, "no gate is required, so nothing would be asked");
  return {};
}

Checked ReadWorkItems(const Node& node, Policy& policy) {
  const Key keys[] = {
      {"root", SetsText(policy.root, "root", {IsPath, "must be a relative path without . or .."})},
      {"id", SetsText(policy.id, "id", {IsRegex, "must be an RE2 expression"})},
      {"trailer",
       SetsText(policy.trailer, "trailer", {IsTrailer, "must be letters, digits or -"})}};
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
  auto globs = List(node, "protected");
  if (!globs) return tl::unexpected(globs.error());
  for (const Node& item : node.items)
    if (!IsRefGlob(item.text))
      return Invalid(item.place, "no ref can match this, so it would guard nothing", item.text);
  if (globs->empty()) return Invalid(node.place, "protected is empty, so nothing would be guarded");
  policy.protected_refs = *std::move(globs);
  return {};
}

Checked ReadExempt(const Node& node, Policy& policy) {
  auto globs = List(node, "exempt");
  if (!globs) return tl::unexpected(globs.error());
  policy.exempt = *std::move(globs);
  return {};
}

Finding FromParseError(const frontmatter::ParseError& error) {
  Finding finding = Invalid(error.place, error.message, error.found).value();
  finding.expected = error.expected;
  return finding;
}

}  // namespace

tl::expected<Policy, Finding> ReadPolicy(std::string_view text) {
  const auto mapping = frontmatter::ReadMapping(text);
  if (!mapping) return tl::unexpected(FromParseError(mapping.error()));
  Policy policy = BuiltInPolicy();
  const Key keys[] = {
      {"version",
       [](const Node& node) -> Checked {
         if (IsPlain(node, "1")) return {};
         return Invalid(node.place, "this program reads version 1", node.text);
       }},
      {"protected", [&](const Node& node) { return ReadProtected(node, policy); }},
      {"work_items", [&](const Node& node) { return ReadWorkItems(node, policy); }},
      {"gates", [&](const Node& node) { return ReadGates(node, policy); }},
      {"validated_sha", SetsOneOf(policy.validated_sha, "required", ValidatedSha::kRequired,
                                  "inferred", ValidatedSha::kInferred)},
      {"landing", SetsOneOf(policy.landing, "exact", Landing::kExact, "replay", Landing::kReplay)},
      {"exempt", [&](const Node& node) { return ReadExempt(node, policy); }}};
  if (Checked read = ReadKeys(*mapping, keys, "the policy"); !read)
    return tl::unexpected(read.error());
  return policy;
}

}  // namespace gates
