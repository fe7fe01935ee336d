#include "gates/core/values.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontmatter/document.h"
#include "gates/core/pattern.h"
#include "gates/core/policy.h"

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

tl::unexpected<Misfit> Refuse(Place place, std::string message, std::string found) {
  return tl::unexpected(Misfit{place, std::move(message), std::move(found)});
}

Checked ReadKeys(const Node& mapping, std::span<const MappingKey> keys, std::string_view what) {
  if (mapping.kind != Node::Kind::kMapping)
    return Refuse(mapping.place, std::string(what) + " must be a mapping");
  for (const Field& field : mapping.fields) {
    const auto key = std::ranges::find(keys, field.key, &MappingKey::name);
    if (key == keys.end())
      return Refuse(field.key_place, "unknown key in " + std::string(what), field.key);
    if (Checked read = key->read(field.value); !read) return read;
  }
  return {};
}

bool IsPlain(const Node& node, std::string_view text) {
  return node.kind == Node::Kind::kScalar && node.style == Node::Style::kPlain && node.text == text;
}

tl::expected<std::string, Misfit> ReadText(const Node& node, std::string_view what) {
  if (node.kind != Node::Kind::kScalar || node.text.empty() || !ReadsBack(node.text))
    return Refuse(node.place, std::string(what) + " must be text on one line", node.text);
  return node.text;
}

tl::expected<std::vector<std::string>, Misfit> ReadTexts(const Node& node, std::string_view what) {
  if (node.kind != Node::Kind::kSequence)
    return Refuse(node.place, std::string(what) + " must be a list");
  std::vector<std::string> list;
  for (const Node& item : node.items) {
    auto text = ReadText(item, "an entry of " + std::string(what));
    if (!text) return tl::unexpected(text.error());
    list.push_back(*std::move(text));
  }
  return list;
}

std::function<Checked(const Node&)> SetsText(std::string& value, std::string_view what,
                                             Demand demand) {
  return [=, &value](const Node& node) -> Checked {
    auto text = ReadText(node, what);
    if (!text) return tl::unexpected(text.error());
    if (!demand.holds(*text))
      return Refuse(node.place, fmt::format("{} {}", what, demand.otherwise), *text);
    value = *std::move(text);
    return {};
  };
}

bool MatchesRegex(std::string_view text, std::string_view regex) {
  const auto pattern = Pattern::Regex(regex);
  return pattern && pattern->Matches(text);
}

bool IsCheckId(const std::string& text) { return MatchesRegex(text, "[A-Z][0-9]+[a-z]?"); }

}  // namespace gates
