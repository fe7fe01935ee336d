#include "gates/staging/suite_values.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace gates {

using frontmatter::Field;
using frontmatter::Node;
using nlohmann::json;

namespace {

std::optional<int> NumberIn(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

// Numbers to some YAML readers, and words that some of them resolve.
bool IsReadInTwoWays(std::string_view text) {
  constexpr std::string_view kWords = "(?i)y|n|yes|no|on|off|true|false|null|~|[-+]?\\.inf|\\.nan";
  constexpr std::string_view kNumbers =
      "[-+]?(0[xXob][0-9A-Fa-f_]+|[0-9][0-9_]*(:[0-5]?[0-9])*\\.?[0-9_]*([eE][-+]?[0-9]+)?"
      "|\\.[0-9][0-9_]*([eE][-+]?[0-9]+)?)";
  return MatchesRegex(text, kWords) || MatchesRegex(text, kNumbers);
}

bool IsJsonLiteral(std::string_view text) {
  return text == "true" || text == "false" || text == "null" ||
         (MatchesRegex(text, "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?") &&
          json::accept(text));
}

tl::expected<json, Misfit> ToJson(const Node& node);

tl::expected<json, Misfit> ScalarToJson(const Node& node) {
  if (node.style != Node::Style::kPlain) return json(node.text);
  if (IsJsonLiteral(node.text)) return json::parse(node.text);
  if (!IsReadInTwoWays(node.text)) return json(node.text);
  return Refuse(node.place, "YAML readers differ on this value: write it as JSON does, or quote it",
                node.text);
}

tl::expected<json, Misfit> ListToJson(const Node& node) {
  json list = json::array();
  for (const Node& item : node.items) {
    auto value = ToJson(item);
    if (!value) return value;
    list.push_back(*std::move(value));
  }
  return list;
}

tl::expected<json, Misfit> MappingToJson(const Node& node) {
  json object = json::object();
  for (const Field& field : node.fields) {
    auto value = ToJson(field.value);
    if (!value) return value;
    object[field.key] = *std::move(value);
  }
  return object;
}

tl::expected<json, Misfit> ToJson(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull: return json(nullptr);
    case Node::Kind::kScalar: return ScalarToJson(node);
    case Node::Kind::kSequence: return ListToJson(node);
    case Node::Kind::kMapping: return MappingToJson(node);
  }
  return Refuse(node.place, "no value");
}

}  // namespace

NodeReader SetsNumber(int& value, std::string_view what, int least, int most) {
  return [=, &value](const Node& node) -> Checked {
    const auto number = IsPlain(node, node.text) ? NumberIn(node.text) : std::nullopt;
    if (!number || *number < least || *number > most)
      return Refuse(node.place, fmt::format("{} must be a number from {} to {}", what, least, most),
                    node.text);
    value = *number;
    return {};
  };
}

NodeReader SetsDuration(std::chrono::milliseconds& value, std::string_view what) {
  return [=, &value](const Node& node) -> Checked {
    const auto duration = IsPlain(node, node.text) ? ReadDuration(node.text) : std::nullopt;
    if (!duration || *duration > std::chrono::hours(1))
      return Refuse(node.place,
                    fmt::format("{} must be a time of at most an hour, as 500ms, 5s or 2m", what),
                    node.text);
    value = *duration;
    return {};
  };
}

std::optional<std::chrono::milliseconds> ReadDuration(std::string_view text) {
  const size_t unit = text.find_first_not_of("0123456789");
  if (unit == text.npos) return std::nullopt;
  const auto number = NumberIn(text.substr(0, unit));
  if (!number || *number <= 0 || *number > 3'600'000) return std::nullopt;
  if (text.substr(unit) == "ms") return std::chrono::milliseconds(*number);
  if (text.substr(unit) == "s") return std::chrono::seconds(*number);
  if (text.substr(unit) == "m") return std::chrono::minutes(*number);
  return std::nullopt;
}

tl::expected<std::string, Misfit> ReadLines(const Node& node, std::string_view what) {
  if (node.kind != Node::Kind::kScalar || node.text.find('\0') != std::string::npos)
    return Refuse(node.place, fmt::format("{} must be text", what));
  return node.text;
}

tl::expected<Template, Misfit> ReadTemplate(const Node& node, std::string_view what) {
  const auto text = ReadLines(node, what);
  if (!text) return tl::unexpected(text.error());
  auto parsed = Template::Parse(*text);
  if (!parsed) return Refuse(node.place, parsed.error(), *text);
  return *std::move(parsed);
}

tl::expected<std::string, Misfit> ReadAsJson(const Node& node) {
  const auto value = ToJson(node);
  if (!value) return tl::unexpected(value.error());
  return value->dump(-1, ' ', false, json::error_handler_t::replace);
}

Checked RefuseRepeats(const Node& list, std::string (*told)(const Node&)) {
  std::set<std::string> seen;
  for (const Node& item : list.items)
    if (!seen.insert(told(item)).second)
      return Refuse(item.place, "this stands in the list twice", item.text);
  return {};
}

}  // namespace gates
