#include "gates/staging/expectations.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gates/staging/strict_json.h"

namespace gates {
namespace {

using nlohmann::json;
using Sentences = std::vector<std::string>;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string Quoted(std::string_view text, const Show& show) { return '"' + show(text) + '"'; }

re2::RE2::Options Quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

bool IsFound(const std::string& regex, std::string_view text) {
  const re2::RE2 compiled(regex, Quiet());
  return compiled.ok() && re2::RE2::PartialMatch(text, compiled);
}

void CheckText(std::string_view what, const TextExpectation& expected, std::string_view seen,
               const Show& show, Sentences& unmet) {
  if (expected.equals && seen != *expected.equals)
    unmet.push_back(fmt::format("{} is {}, expected {}", what, Quoted(seen, show),
                                Quoted(*expected.equals, show)));
  if (expected.contains && seen.find(*expected.contains) == seen.npos)
    unmet.push_back(fmt::format("{} is {}, expected {} in it", what, Quoted(seen, show),
                                Quoted(*expected.contains, show)));
  if (expected.matches && !IsFound(*expected.matches, seen))
    unmet.push_back(fmt::format("{} is {}, expected a match of {}", what, Quoted(seen, show),
                                Quoted(*expected.matches, show)));
}

/// What a list holds too much and too little; empty: nothing.
std::string Difference(std::vector<json> seen, std::vector<json> expected, const Show& show) {
  std::ranges::sort(seen);
  std::ranges::sort(expected);
  std::vector<json> missing, unexpected;
  std::ranges::set_difference(expected, seen, std::back_inserter(missing));
  std::ranges::set_difference(seen, expected, std::back_inserter(unexpected));
  std::string text;
  const auto tell = [&](std::string_view what, const std::vector<json>& values) {
    std::string list;
    for (const json& value : values) list += (list.empty() ? "" : ", ") + Dump(value);
    if (!values.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, show(list));
  };
  tell("lacks", missing);
  tell("holds besides", unexpected);
  return text;
}

/// The items of a list, or what a pointer finds in each of them.
std::optional<std::vector<json>> ItemsOf(const json& list, const std::string& of) {
  if (!list.is_array()) return std::nullopt;
  std::vector<json> items;
  for (const json& item : list) {
    const json::json_pointer pointer(of);
    if (!item.contains(pointer)) return std::nullopt;
    items.push_back(item.at(pointer));
  }
  return items;
}

std::optional<std::vector<json>> KeysOf(const json& object) {
  if (!object.is_object()) return std::nullopt;
  std::vector<json> keys;
  for (const auto& [key, value] : object.items()) keys.emplace_back(key);
  return keys;
}

/// Why a value is not what is expected of it; empty: it is.
std::string Judge(const json& seen, const JsonExpectation& expected, const Show& show) {
  using Kind = JsonExpectation::Kind;
  const auto is_not = [&](std::string_view what) {
    return fmt::format("is {}, expected {}", show(Dump(seen)), what);
  };
  const auto differs = [&](const std::optional<std::vector<json>>& items, std::string_view what) {
    if (!items) return is_not(what);
    return Difference(*items, json::parse(expected.value).get<std::vector<json>>(), show);
  };
  const auto text = seen.is_string() ? seen.get<std::string>() : std::string();
  switch (expected.kind) {
    case Kind::kAbsent: return is_not("nothing there");
    case Kind::kSet:
      return differs(ItemsOf(seen, expected.of),
                     expected.of.empty() ? "a list" : "a list of objects with " + expected.of);
    case Kind::kKeys: return differs(KeysOf(seen), "an object");
    case Kind::kContains:
      if (seen.is_string() && text.find(expected.value) != text.npos) return "";
      return is_not(Quoted(expected.value, show) + " in it");
    case Kind::kMatches:
      if (seen.is_string() && IsFound(expected.value, text)) return "";
      return is_not("a match of " + Quoted(expected.value, show));
    case Kind::kEquals: break;
  }
  return seen == json::parse(expected.value) ? "" : is_not(expected.value);
}

void CheckJson(std::string_view what, const std::vector<JsonExpectation>& expectations,
               std::string_view text, const Show& show, Sentences& unmet) {
  if (expectations.empty()) return;
  if (const auto fault = FindJsonFault(text)) {
    unmet.push_back(fmt::format("{} is no JSON that can be read: {}: {}", what, show(*fault),
                                Quoted(text, show)));
    return;
  }
  const json document = json::parse(text);
  for (const JsonExpectation& expected : expectations) {
    const json::json_pointer pointer(expected.pointer);
    const std::string where = expected.pointer.empty() ? std::string(what) : expected.pointer;
    const bool is_there = document.contains(pointer);
    if (!is_there && expected.kind != JsonExpectation::Kind::kAbsent)
      unmet.push_back(fmt::format("{} is not there", where));
    if (!is_there) continue;
    if (const std::string why = Judge(document.at(pointer), expected, show); !why.empty())
      unmet.push_back(fmt::format("{} {}", where, why));
  }
}

bool IsSameName(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// A header may come more than once: each one has to be as expected.
void CheckHeader(const ExpectedHeader& expected, const Response& seen, const Show& show,
                 Sentences& unmet) {
  bool is_there = false;
  for (const auto& [name, value] : seen.headers) {
    if (!IsSameName(name, expected.name)) continue;
    is_there = true;
    CheckText("header " + expected.name, expected.value, value, show, unmet);
  }
  if (!is_there) unmet.push_back(fmt::format("header {} is not there", expected.name));
}

std::string ListOf(const std::vector<int>& statuses) {
  return fmt::format("{}", fmt::join(statuses, " or "));
}

// The line end that ends a program's output is not part of what it says.
std::string_view WithoutLastLineEnd(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

std::vector<json> LinesOf(std::string_view text) {
  std::vector<json> lines;
  if (text.empty()) return lines;
  text = WithoutLastLineEnd(text);
  for (size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    lines.emplace_back(std::string(text.substr(0, end)));
    text.remove_prefix(end + 1);
  }
  lines.emplace_back(std::string(text));
  return lines;
}

}  // namespace

std::vector<std::string> FindUnmet(const HttpExpectation& expected, const Response& seen,
                                   const Show& show) {
  const auto& statuses = expected.statuses;
  if (std::ranges::find(statuses, seen.status) == statuses.end())
    return {fmt::format("status {}, expected {}; the body is {}", seen.status, ListOf(statuses),
                        Quoted(seen.body, show))};
  Sentences unmet;
  for (const ExpectedHeader& header : expected.headers) CheckHeader(header, seen, show, unmet);
  CheckJson("the body", expected.json, seen.body, show, unmet);
  CheckText("the body", expected.body, seen.body, show, unmet);
  return unmet;
}

std::vector<std::string> FindUnmet(const RunExpectation& expected, const RunOutput& seen,
                                   const Show& show) {
  Sentences unmet;
  if (seen.exit != expected.exit)
    unmet.push_back(fmt::format("exit code {}, expected {}", seen.exit, expected.exit));
  CheckText("stdout", expected.output, WithoutLastLineEnd(seen.output), show, unmet);
  CheckJson("stdout", expected.json, seen.output, show, unmet);
  if (!expected.lines) return unmet;
  const std::vector<json> wanted(expected.lines->begin(), expected.lines->end());
  if (const std::string why = Difference(LinesOf(seen.output), wanted, show); !why.empty())
    unmet.push_back("stdout " + why);
  return unmet;
}

std::string FaultOfRegex(const std::string& regex) {
  const re2::RE2 compiled(regex, Quiet());
  return compiled.ok() ? "" : compiled.error();
}

// A number that long indexes no list, and is more than a pointer's reader takes.
bool IsJsonPointer(const std::string& text) {
  static const re2::RE2 kPointer("(/([^~/]|~[01])*)*");
  static const re2::RE2 kLongNumber("/[0-9]{19}");
  return re2::RE2::FullMatch(text, kPointer) && !re2::RE2::PartialMatch(text, kLongNumber);
}

}  // namespace gates
