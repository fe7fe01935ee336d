#include "gates/core/policy_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontmatter/document.h"
#include "gates/core/pattern.h"

namespace gates {

using frontmatter::Field;
using frontmatter::Node;
using frontmatter::Place;

namespace {

// What an escape can spell and nobody can read (a line break, a bidi control)
// has no place in a rule.
bool ReadsBack(const std::string& text) {
  const auto mapping = frontmatter::ReadMapping("text: " + QuotedScalar(text) + "\n");
  return mapping && mapping->fields[0].value.text == text;
}

}  // namespace

tl::unexpected<Finding> PolicyInvalid(Place place, std::string message, std::string found) {
  Finding finding = MakeFinding(Code::kPolicyInvalid, std::move(message),
                                "mend the policy file; `git verdict policy check FILE` tries it");
  finding.path = Policy::kPath;
  finding.line = place.line;
  finding.column = place.column;
  finding.found = std::move(found);
  return tl::unexpected(std::move(finding));
}

Checked ReadKeys(const Node& mapping, std::span<const PolicyKey> keys, std::string_view what) {
  if (mapping.kind != Node::Kind::kMapping)
    return PolicyInvalid(mapping.place, std::string(what) + " must be a mapping");
  for (const Field& field : mapping.fields) {
    const auto key = std::ranges::find(keys, field.key, &PolicyKey::name);
    if (key == keys.end())
      return PolicyInvalid(field.key_place, "unknown key in " + std::string(what), field.key);
    if (Checked read = key->read(field.value); !read) return read;
  }
  return {};
}

bool IsPlain(const Node& node, std::string_view text) {
  return node.kind == Node::Kind::kScalar && node.style == Node::Style::kPlain && node.text == text;
}

tl::expected<std::string, Finding> PolicyText(const Node& node, std::string_view what) {
  if (node.kind != Node::Kind::kScalar || node.text.empty() || !ReadsBack(node.text))
    return PolicyInvalid(node.place, std::string(what) + " must be text on one line", node.text);
  return node.text;
}

tl::expected<std::vector<std::string>, Finding> PolicyList(const Node& node,
                                                           std::string_view what) {
  if (node.kind != Node::Kind::kSequence)
    return PolicyInvalid(node.place, std::string(what) + " must be a list");
  std::vector<std::string> list;
  for (const Node& item : node.items) {
    auto text = PolicyText(item, "an entry of " + std::string(what));
    if (!text) return tl::unexpected(text.error());
    list.push_back(*std::move(text));
  }
  return list;
}

std::function<Checked(const Node&)> SetsText(std::string& value, std::string_view what,
                                             Demand demand) {
  return [=, &value](const Node& node) -> Checked {
    auto text = PolicyText(node, what);
    if (!text) return tl::unexpected(text.error());
    if (!demand.holds(*text))
      return PolicyInvalid(node.place, fmt::format("{} {}", what, demand.otherwise), *text);
    value = *std::move(text);
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

bool MatchesRegex(std::string_view text, std::string_view regex) {
  const auto pattern = Pattern::Regex(regex);
  return pattern && pattern->Matches(text);
}

}  // namespace gates
