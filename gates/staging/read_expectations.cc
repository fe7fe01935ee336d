// What a suite says that an answer has to be.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gates/staging/suite_values.h"

namespace gates {

using frontmatter::Field;
using frontmatter::Node;

namespace {

Checked CheckRegex(const Node& node, const std::string& regex) {
  if (regex.empty()) return Refuse(node.place, "an empty expression is found in every text");
  const std::string fault = FaultOfRegex(regex);
  if (fault.empty()) return {};
  return Refuse(node.place, "no regular expression of RE2: " + fault, regex);
}

NodeReader SetsLines(std::optional<std::string>& value, std::string_view what) {
  return [=, &value](const Node& node) -> Checked {
    auto text = ReadLines(node, what);
    if (!text) return tl::unexpected(text.error());
    value = *std::move(text);
    return {};
  };
}

// Every text contains the empty one: such an expectation would hold always.
NodeReader SetsPart(std::optional<std::string>& value) {
  return [&value](const Node& node) -> Checked {
    if (Checked read = SetsLines(value, "contains")(node); !read) return read;
    if (value->empty()) return Refuse(node.place, "an empty text is part of every text");
    return {};
  };
}

NodeReader SetsRegex(std::optional<std::string>& value) {
  return [&value](const Node& node) -> Checked {
    if (Checked read = SetsLines(value, "matches")(node); !read) return read;
    return CheckRegex(node, *value);
  };
}

using Kind = JsonExpectation::Kind;

std::string TextOf(const Node& node) { return node.text; }
std::string JsonOf(const Node& node) { return ReadAsJson(node).value_or(""); }

Checked ReadSet(const Node& node, std::string& value) {
  if (node.kind != Node::Kind::kSequence) return Refuse(node.place, "set must be a list");
  auto list = ReadAsJson(node);
  if (!list) return tl::unexpected(list.error());
  value = *std::move(list);
  return RefuseRepeats(node, JsonOf);
}

// Keys are text, whatever they look like.
Checked ReadObjectKeys(const Node& node, std::string& value) {
  if (node.kind != Node::Kind::kSequence) return Refuse(node.place, "keys must be a list");
  nlohmann::json list = nlohmann::json::array();
  for (const Node& item : node.items) {
    auto key = ReadLines(item, "a key");
    if (!key) return tl::unexpected(key.error());
    list.push_back(*std::move(key));
  }
  value = list.dump();
  return RefuseRepeats(node, TextOf);
}

Checked ReadTextPart(const Node& node, Kind kind, std::string& value) {
  std::optional<std::string> text;
  const NodeReader read = kind == Kind::kMatches ? SetsRegex(text) : SetsPart(text);
  if (Checked done = read(node); !done) return done;
  value = *std::move(text);
  return {};
}

Checked ReadDemandedValue(const Node& node, Kind kind, std::string& value) {
  switch (kind) {
    case Kind::kSet: return ReadSet(node, value);
    case Kind::kKeys: return ReadObjectKeys(node, value);
    case Kind::kContains:
    case Kind::kMatches: return ReadTextPart(node, kind, value);
    case Kind::kAbsent:
      return IsPlain(node, "true") ? Checked()
                                   : Refuse(node.place, "absent must be true", node.text);
    case Kind::kEquals: break;
  }
  auto json = ReadAsJson(node);
  if (!json) return tl::unexpected(json.error());
  value = *std::move(json);
  return {};
}

Checked ReadPointer(const Node& node, std::string& pointer) {
  if (node.kind != Node::Kind::kScalar || !IsJsonPointer(node.text))
    return Refuse(node.place, "this must be a JSON pointer, as /status", node.text);
  pointer = node.text;
  return {};
}

// `{set: [...], of: /name}` and the like.
Checked ReadJsonDemand(const Node& node, JsonExpectation& expected) {
  int asked = 0;
  const auto sets = [&](Kind kind) -> NodeReader {
    return [&expected, &asked, kind](const Node& value) {
      ++asked;
      expected.kind = kind;
      return ReadDemandedValue(value, kind, expected.value);
    };
  };
  const MappingKey keys[] = {
      {"equals", sets(Kind::kEquals)},
      {"set", sets(Kind::kSet)},
      {"of", [&](const Node& value) { return ReadPointer(value, expected.of); }},
      {"keys", sets(Kind::kKeys)},
      {"contains", sets(Kind::kContains)},
      {"matches", sets(Kind::kMatches)},
      {"absent", sets(Kind::kAbsent)}};
  if (Checked read = ReadKeys(node, keys, "an expectation of JSON"); !read) return read;
  if (asked != 1)
    return Refuse(node.place,
                  "one of equals, set, keys, contains, matches and absent has to stand here");
  if (!expected.of.empty() && expected.kind != Kind::kSet)
    return Refuse(node.place, "of goes with set");
  return {};
}

Checked ReadJsonExpectation(const Field& field, JsonExpectation& expected) {
  if (!IsJsonPointer(field.key))
    return Refuse(field.key_place, "this must be a JSON pointer, as /status", field.key);
  expected.pointer = field.key;
  if (field.value.kind == Node::Kind::kMapping) return ReadJsonDemand(field.value, expected);
  auto value = ReadAsJson(field.value);
  if (!value) return tl::unexpected(value.error());
  expected.value = *std::move(value);
  return {};
}

}  // namespace

std::vector<MappingKey> TextKeys(TextExpectation& expected) {
  return {{"equals", SetsLines(expected.equals, "equals")},
          {"contains", SetsPart(expected.contains)},
          {"matches", SetsRegex(expected.matches)}};
}

Checked ReadTextExpectation(const Node& node, TextExpectation& expected, std::string_view what) {
  if (node.kind == Node::Kind::kScalar) return SetsLines(expected.equals, what)(node);
  if (Checked read = ReadKeys(node, TextKeys(expected), what); !read) return read;
  if (expected.IsEmpty()) return Refuse(node.place, fmt::format("{} expects nothing", what));
  return {};
}

Checked ReadJsonExpectations(const Node& node, std::vector<JsonExpectation>& expected) {
  if (node.kind != Node::Kind::kMapping || node.fields.empty())
    return Refuse(node.place, "json must be a mapping of JSON pointers");
  for (const Field& field : node.fields)
    if (Checked read = ReadJsonExpectation(field, expected.emplace_back()); !read) return read;
  return {};
}

Checked ReadOutputExpectation(const Node& node, RunExpectation& expected) {
  const auto read_lines = [&](const Node& value) -> Checked {
    auto lines = ReadTexts(value, "lines_equal_set");
    if (!lines) return tl::unexpected(lines.error());
    expected.lines = *std::move(lines);
    return RefuseRepeats(value, TextOf);
  };
  std::vector<MappingKey> keys = TextKeys(expected.output);
  keys.push_back(
      {"json", [&](const Node& value) { return ReadJsonExpectations(value, expected.json); }});
  keys.push_back({"lines_equal_set", read_lines});
  if (Checked read = ReadKeys(node, keys, "stdout"); !read) return read;
  if (node.fields.empty()) return Refuse(node.place, "stdout expects nothing");
  return {};
}

}  // namespace gates
