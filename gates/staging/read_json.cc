// Results in JSON: a list of objects or of triples, or what `stage` writes.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gates/staging/readers.h"
#include "gates/staging/strict_json.h"

namespace gates {
namespace {

using nlohmann::json;
using Read = tl::expected<CheckResult, std::string>;

constexpr std::string_view kSchema = "git-verdict/results/1";
tl::unexpected<std::string> Wrong(std::string why) { return tl::unexpected(std::move(why)); }

/// The text of a member; where it may be left out, null is nothing as well.
tl::expected<std::string, std::string> TextOf(const json& value, std::string_view what) {
  if (value.is_null()) return std::string();
  if (!value.is_string()) return Wrong(fmt::format("{} must be a text", what));
  return value.get<std::string>();
}

tl::expected<bool, std::string> FlagOf(const json& value, std::string_view what) {
  if (!value.is_boolean()) return Wrong(fmt::format("{} must be true or false", what));
  return value.get<bool>();
}

const json& MemberOf(const json& object, const char* key) {
  static const json kAbsent;
  const auto member = object.find(key);
  return member == object.end() ? kAbsent : *member;
}

/// Whether a member that only some writers have is there and true.
tl::expected<bool, std::string> IsSet(const json& object, const char* key) {
  return object.contains(key) ? FlagOf(object[key], fmt::format("'{}'", key)) : false;
}

// Where 'passed' is true, a word beside it must not say otherwise.
Outcome CalledOutcome(const json& object) {
  for (const char* key : {"status", "result", "outcome"}) {
    const json& word = MemberOf(object, key);
    const Outcome called =
        word.is_string() ? OutcomeCalled(word.get_ref<const std::string&>()) : Outcome::kPassed;
    if (called != Outcome::kPassed) return called;
  }
  return Outcome::kPassed;
}

tl::expected<Outcome, std::string> OutcomeOf(const json& object) {
  const auto passed = FlagOf(MemberOf(object, "passed"), "'passed'");
  if (!passed) return Wrong(passed.error());
  for (const char* key : {"skipped", "pending"}) {
    const auto is_set = IsSet(object, key);
    if (!is_set) return Wrong(is_set.error());
    if (*is_set) return Outcome::kSkipped;
  }
  return *passed ? CalledOutcome(object) : Outcome::kFailed;
}

Read ReadObject(const json& object) {
  const auto id = TextOf(MemberOf(object, "id"), "'id'");
  if (!id) return Wrong(id.error());
  if (IsBlank(*id)) return Wrong("it has no 'id'");
  const auto name = TextOf(MemberOf(object, "name"), "'name'");
  if (!name) return Wrong(name.error());
  const auto detail = TextOf(MemberOf(object, "detail"), "'detail'");
  if (!detail) return Wrong(detail.error());
  const auto outcome = OutcomeOf(object);
  if (!outcome) return Wrong(outcome.error());
  return CheckResult{*id, IsBlank(*name) ? *id : *name, *outcome, *detail};
}

// The older form: [label, passed, detail].
Read ReadTriple(const json& triple) {
  if (triple.size() != 3) return Wrong("a list must be [label, passed, detail]");
  const auto label = TextOf(triple[0], "its label");
  if (!label) return Wrong(label.error());
  if (IsBlank(*label)) return Wrong("it has no label");
  const auto passed = FlagOf(triple[1], "its second item");
  if (!passed) return Wrong(passed.error());
  const auto detail = TextOf(triple[2], "its detail");
  if (!detail) return Wrong(detail.error());
  return CheckResult{CheckIdOf(*label), *label, *passed ? Outcome::kPassed : Outcome::kFailed,
                     *detail};
}

Read ReadCheck(const json& check) {
  if (check.is_object()) return ReadObject(check);
  if (check.is_array()) return ReadTriple(check);
  return Wrong("it is neither an object nor a list");
}

Results ReadChecks(const json& list) {
  if (list.size() > kMostResults) return Wrong(TooManyResults());
  std::vector<CheckResult> results;
  for (const json& item : list) {
    Read check = ReadCheck(item);
    if (!check) return Wrong(fmt::format("result {}: {}", results.size() + 1, check.error()));
    results.push_back(*std::move(check));
  }
  return results;
}

// What `git verdict stage` writes.
Results ReadStaged(const json& object) {
  const json& schema = MemberOf(object, "schema");
  if (!schema.is_string() || schema.get_ref<const std::string&>() != kSchema)
    return Wrong(fmt::format("neither a list of results nor an object of schema {}", kSchema));
  for (const char* key : {"mode", "base_url"})
    if (const auto text = TextOf(MemberOf(object, key), fmt::format("'{}'", key)); !text)
      return Wrong(text.error());
  const json& checks = MemberOf(object, "checks");
  return checks.is_array() ? ReadChecks(checks) : Wrong("'checks' must be a list");
}

}  // namespace

Results ReadJsonResults(std::string_view text) {
  if (auto fault = FindJsonFault(text)) return Wrong(*std::move(fault));
  const json document = json::parse(text);
  return document.is_array() ? ReadChecks(document) : ReadStaged(document);
}

}  // namespace gates
