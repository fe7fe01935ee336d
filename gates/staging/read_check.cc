// What a suite says that a check does: a request, or a program to run.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gates/staging/suite_values.h"

namespace gates {

using frontmatter::Field;
using frontmatter::Node;

namespace {

bool IsMethod(const std::string& text) {
  constexpr std::array kMethods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  return std::ranges::find(kMethods, text) != kMethods.end();
}

// What a request line can hold as it is. A secret does not belong here: servers
// write paths down.
bool IsRequestPath(const std::string& text) {
  return MatchesRegex(text, "/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");
}

bool IsHeaderName(const std::string& text) {
  return MatchesRegex(text, "[A-Za-z0-9!#$%&'*+.^_`|~-]+");
}

// What says where a message ends is the client's business alone.
bool IsFraming(const std::string& name) {
  return MatchesRegex(name, "(?i)content-length|transfer-encoding|connection|expect");
}

Checked ReadRequestHeaders(const Node& node, std::vector<RequestHeader>& headers) {
  if (node.kind != Node::Kind::kMapping) return Refuse(node.place, "headers must be a mapping");
  for (const Field& field : node.fields) {
    if (!IsHeaderName(field.key) || IsFraming(field.key))
      return Refuse(field.key_place, "no header of this name can be sent", field.key);
    auto value = ReadTemplate(field.value, "a header");
    if (!value) return tl::unexpected(value.error());
    if (field.value.text.find_first_of("\r\n") != std::string::npos)
      return Refuse(field.value.place, "a header must be text on one line");
    headers.push_back({field.key, *std::move(value)});
  }
  return {};
}

Checked ReadExpectedHeaders(const Node& node, std::vector<ExpectedHeader>& headers) {
  if (node.kind != Node::Kind::kMapping || node.fields.empty())
    return Refuse(node.place, "response_headers must be a mapping");
  for (const Field& field : node.fields) {
    if (!IsHeaderName(field.key))
      return Refuse(field.key_place, "no header has such a name", field.key);
    ExpectedHeader& header = headers.emplace_back(ExpectedHeader{field.key, {}});
    if (Checked read = ReadTextExpectation(field.value, header.value, "a header"); !read)
      return read;
  }
  return {};
}

Checked ReadStatuses(const Node& node, std::vector<int>& statuses) {
  const auto read_one = [&](const Node& status) {
    return SetsNumber(statuses.emplace_back(), "a status", 200, 599)(status);
  };
  if (node.kind != Node::Kind::kSequence) return read_one(node);
  for (const Node& item : node.items)
    if (Checked read = read_one(item); !read) return read;
  return {};
}

Checked ReadBody(const Node& node, std::optional<Template>& body) {
  auto text = ReadTemplate(node, "body");
  if (!text) return tl::unexpected(text.error());
  body = *std::move(text);
  return {};
}

Checked ReadBodyExpectation(const Node& node, TextExpectation& body) {
  return ReadTextExpectation(node, body, "response_body");
}

}  // namespace

Checked ReadHttpCheck(const Node& node, HttpCheck& check) {
  HttpExpectation& expected = check.expected;
  const MappingKey keys[] = {
      {"method", SetsText(check.method, "method",
                          {IsMethod,
                           "must be GET, HEAD, POST, PUT, PATCH, "
                           "DELETE or OPTIONS"})},
      {"path", SetsText(check.path, "path",
                        {IsRequestPath, "must start with a slash and be ready to be sent"})},
      {"headers", [&](const Node& value) { return ReadRequestHeaders(value, check.headers); }},
      {"body", [&](const Node& value) { return ReadBody(value, check.body); }},
      {"status", [&](const Node& value) { return ReadStatuses(value, expected.statuses); }},
      {"response_headers",
       [&](const Node& value) { return ReadExpectedHeaders(value, expected.headers); }},
      {"json", [&](const Node& value) { return ReadJsonExpectations(value, expected.json); }},
      {"response_body",
       [&](const Node& value) { return ReadBodyExpectation(value, expected.body); }}};
  if (Checked read = ReadKeys(node, keys, "http"); !read) return read;
  if (check.path.empty()) return Refuse(node.place, "http must name its path");
  if (expected.statuses.empty()) return Refuse(node.place, "http must say which status it expects");
  if (check.body && (check.method == "GET" || check.method == "HEAD"))
    return Refuse(node.place, "a request with a body needs another method, as POST");
  return {};
}

Checked ReadArguments(const Node& node, RunCheck& check) {
  if (node.kind != Node::Kind::kSequence || node.items.empty())
    return Refuse(node.place, "run must be a list: the program and its arguments");
  for (const Node& item : node.items) {
    auto argument = ReadTemplate(item, "an argument");
    if (!argument) return tl::unexpected(argument.error());
    check.arguments.push_back(*std::move(argument));
  }
  const std::string& program = node.items[0].text;
  if (program.empty() || program.starts_with('-') || program.find("${") != std::string::npos)
    return Refuse(node.items[0].place, "the program must stand here as it is", program);
  return {};
}

}  // namespace gates
