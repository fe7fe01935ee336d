#include "frontmatter/status.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <string>

#include "frontmatter/lines.h"

namespace frontmatter {
namespace {

char LowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A key as a careless reader sees it.
std::string Skeleton(std::string_view key) {
  std::string skeleton;
  for (const char c : key) {
    if (std::string_view("_-. ").find(c) == std::string_view::npos) skeleton += LowerCase(c);
  }
  return skeleton;
}

ParseError KeyMissing(Place place, std::string message, const StatusRule& rule,
                      std::string found = {}) {
  return {Fault::kKeyMissing, place, std::move(message), rule.key, std::move(found)};
}

std::optional<ParseError> FindLookAlike(const Node& fields, const StatusRule& rule) {
  const bool has_key = fields.Find(rule.key) != nullptr;
  for (const Field& field : fields.fields) {
    if (field.key == rule.key || !LookAlike(field.key, rule.key)) continue;
    if (!has_key) {
      return KeyMissing(field.key_place, "the status key is missing, this key only looks like it",
                        rule, field.key);
    }
    return ParseError{Fault::kKeyDuplicate, field.key_place,
                      "this key looks like the status key and stands beside it", rule.key,
                      field.key};
  }
  return std::nullopt;
}

// What a reader of single lines sees: the token and its place, when the line is in form.
std::optional<Status> StatusOnLine(std::string_view line, int number, const StatusRule& rule) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 form("^" + RE2::QuoteMeta(rule.key) + ":[ ]+(" + RE2::QuoteMeta(rule.pass) + "|" +
                     RE2::QuoteMeta(rule.fail) + ")[ ]*([ ]#.*)?$",
                 options);
  re2::StringPiece token;
  if (!RE2::FullMatch(re2::StringPiece(line.data(), line.size()), form, &token))
    return std::nullopt;
  return Status{token.as_string(), {number, static_cast<int>(token.data() - line.data()) + 1}};
}

bool IsSameCaseless(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return LowerCase(x) == LowerCase(y); });
}

// The likeliest slip, so that the author knows what to mend.
const char* WhatIsWrong(const Field& field, const StatusRule& rule, std::string_view rest) {
  const Node& value = field.value;
  const auto is_token = [&](std::string_view text) {
    return text == rule.pass || text == rule.fail;
  };
  if (value.kind == Node::Kind::kMapping || value.kind == Node::Kind::kSequence) {
    return "the value is a list or a mapping, not a token";
  }
  if (value.kind == Node::Kind::kNull && (rest.empty() || rest.starts_with('#')))
    return "the status has no value";
  if (value.place.line != field.key_place.line)
    return "the token must stand on the line of its key";
  if (rest.starts_with('"') || rest.starts_with('\''))
    return "the token must stand bare, without quotes";
  if (value.style == Node::Style::kQuoted)
    return "the token must stand bare on the line of its key";
  if (is_token(rest)) return "the value goes on over the next line";
  if (IsSameCaseless(value.text, rule.pass) || IsSameCaseless(value.text, rule.fail)) {
    return "the token must be spelled exactly so, upper and lower case count";
  }
  if (value.text.starts_with(rule.pass) || value.text.starts_with(rule.fail)) {
    return "nothing but a comment may follow the token, with a blank before its `#`";
  }
  return "the value is not a token";
}

ParseError NoToken(const Field& field, const StatusRule& rule, std::string_view line) {
  std::string_view rest = line.substr(std::min(rule.key.size() + 1, line.size()));
  const size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
  rest = Trimmed(rest);
  const Place place{field.key_place.line, static_cast<int>(rule.key.size() + 1 + blanks) + 1};
  return {Fault::kToken, place, WhatIsWrong(field, rule, rest), rule.pass + " or " + rule.fail,
          std::string(Excerpt(rest))};
}

// A second line that starts like the status line; YAML's view holds one at most.
std::optional<ParseError> FindSecondLine(const Document& document, const StatusRule& rule,
                                         int number) {
  int line_number = 2;
  for (size_t begin = 0; begin < document.block.size(); ++line_number) {
    const Line line = LineAt(document.block, begin);
    begin = line.next;
    if (line_number == number || !line.bytes.starts_with(rule.key)) continue;
    if (!Trimmed(line.bytes.substr(rule.key.size())).starts_with(':')) continue;
    return ParseError{Fault::kKeyDuplicate,
                      {line_number, 1},
                      "a second line starts with the status key",
                      {},
                      std::string(Excerpt(line.bytes))};
  }
  return std::nullopt;
}

}  // namespace

tl::expected<Status, ParseError> ReadStatus(const Document& document, const StatusRule& rule) {
  if (auto error = FindLookAlike(document.fields, rule)) return tl::unexpected(*error);
  const Field* field = document.fields.Find(rule.key);
  if (!field) return tl::unexpected(KeyMissing({}, "the status key is missing", rule));
  const int number = field->key_place.line;
  if (auto error = FindSecondLine(document, rule, number)) return tl::unexpected(*error);
  const std::string_view line = document.Line(number);
  const auto status = StatusOnLine(line, number, rule);
  const Node& value = field->value;
  const bool agrees = status && value.style == Node::Style::kPlain && value.text == status->token &&
                      value.place == status->place;
  if (!agrees) return tl::unexpected(NoToken(*field, rule, line));
  return *status;
}

bool LookAlike(std::string_view a, std::string_view b) { return Skeleton(a) == Skeleton(b); }

}  // namespace frontmatter
