// Reads a staging suite. Everything that is not plainly allowed is refused: a
// check that does something else than its author meant proves nothing.

#include "gates/staging/suite.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontmatter/document.h"
#include "gates/staging/suite_values.h"

namespace gates {

using frontmatter::Field;
using frontmatter::Node;

namespace {

bool IsAnyText(const std::string&) { return true; }
constexpr Demand kAnyText{IsAnyText, ""};
constexpr Demand kCheckId{IsCheckId,
                          "must be a capital, digits and perhaps a small letter, as C9a"};

bool IsSecretName(const std::string& text) { return MatchesRegex(text, "[A-Za-z_][A-Za-z0-9_]*"); }
bool IsAbsolutePath(const std::string& text) { return text.starts_with('/'); }

Checked ReadModes(const Node& node, std::set<StagingMode>& modes) {
  const auto names = ReadTexts(node, "modes");
  if (!names) return tl::unexpected(names.error());
  modes.clear();
  for (const Node& item : node.items) {
    const auto mode = StagingModeCalled(item.text);
    if (!mode) return Refuse(item.place, "a mode must be stub or full", item.text);
    if (!modes.insert(*mode).second)
      return Refuse(item.place, "this mode stands in the list twice", item.text);
  }
  if (modes.empty()) return Refuse(node.place, "a check without a mode would never run");
  return {};
}

/// What a check is told in keys of its own, until it is known which kind it is.
struct CheckParts {
  const Node* http = nullptr;
  const Node* run = nullptr;
  const Node* exit = nullptr;
  const Node* output = nullptr;
};

NodeReader Keeps(const Node*& part) {
  return [&part](const Node& node) -> Checked {
    part = &node;
    return {};
  };
}

Checked ReadRun(const CheckParts& parts, RunCheck& check) {
  if (Checked read = ReadArguments(*parts.run, check); !read) return read;
  if (parts.exit)
    if (Checked read = SetsNumber(check.expected.exit, "exit", 0, 255)(*parts.exit); !read)
      return read;
  return parts.output ? ReadOutputExpectation(*parts.output, check.expected) : Checked();
}

Checked ReadWhat(const Node& node, const CheckParts& parts, StagingCheck& check) {
  if (!parts.http == !parts.run)
    return Refuse(node.place, "a check must hold either http or run", check.id);
  if (parts.run) return ReadRun(parts, check.what.emplace<RunCheck>());
  for (const Node* part : {parts.exit, parts.output})
    if (part) return Refuse(part->place, "exit and stdout go with run");
  return ReadHttpCheck(*parts.http, check.what.emplace<HttpCheck>());
}

Checked ReadCheck(const Node& node, StagingCheck& check) {
  CheckParts parts;
  const MappingKey keys[] = {
      {"id", SetsText(check.id, "id", kCheckId)},
      {"name", SetsText(check.name, "name", kAnyText)},
      {"http", Keeps(parts.http)},
      {"run", Keeps(parts.run)},
      {"exit", Keeps(parts.exit)},
      {"stdout", Keeps(parts.output)},
      {"timeout", SetsDuration(check.timeout, "timeout")},
      {"retries", SetsNumber(check.retries, "retries", 0, 10)},
      {"modes", [&](const Node& value) { return ReadModes(value, check.modes); }}};
  if (Checked read = ReadKeys(node, keys, "a check"); !read) return read;
  if (check.id.empty() || check.name.empty())
    return Refuse(node.place, "a check must have an id and a name", check.id);
  return ReadWhat(node, parts, check);
}

Checked ReadChecks(const Node& node, std::vector<StagingCheck>& checks) {
  if (node.kind != Node::Kind::kSequence || node.items.empty())
    return Refuse(node.place, "checks must be a list with a check in it");
  for (const Node& item : node.items)
    if (Checked read = ReadCheck(item, checks.emplace_back()); !read) return read;
  return {};
}

Checked ReadGroup(const Node& node, StagingGroup& group) {
  const MappingKey keys[] = {
      {"name", SetsText(group.name, "name", kAnyText)},
      {"parallel", SetsNumber(group.parallel, "parallel", 1, 32)},
      {"checks", [&](const Node& value) { return ReadChecks(value, group.checks); }}};
  if (Checked read = ReadKeys(node, keys, "a group"); !read) return read;
  if (group.name.empty() || group.checks.empty())
    return Refuse(node.place, "a group must have a name and checks", group.name);
  return {};
}

Checked ReadGroups(const Node& node, Suite& suite) {
  if (node.kind != Node::Kind::kSequence || node.items.empty())
    return Refuse(node.place, "groups must be a list with a group in it");
  for (const Node& item : node.items)
    if (Checked read = ReadGroup(item, suite.groups.emplace_back()); !read) return read;
  return {};
}

Checked ReadSecret(const Field& field, SecretSource& secret) {
  if (!IsSecretName(field.key))
    return Refuse(field.key_place, "a secret's name must be letters, digits and _", field.key);
  secret.name = field.key;
  const MappingKey keys[] = {
      {"env", SetsText(secret.variable, "env", {IsSecretName, "must be the name of a variable"})},
      {"file", SetsText(secret.file, "file", {IsAbsolutePath, "must be an absolute path"})}};
  if (Checked read = ReadKeys(field.value, keys, "a secret"); !read) return read;
  if (secret.variable.empty() == secret.file.empty())
    return Refuse(field.key_place, "a secret must come from either env or file", field.key);
  return {};
}

Checked ReadSecrets(const Node& node, Suite& suite) {
  if (node.kind != Node::Kind::kMapping) return Refuse(node.place, "secrets must be a mapping");
  for (const Field& field : node.fields)
    if (Checked read = ReadSecret(field, suite.secrets.emplace_back()); !read) return read;
  return {};
}

Checked ReadVersion(const Node& node) {
  if (IsPlain(node, "1")) return {};
  return Refuse(node.place, "this program reads version 1", node.text);
}

// The ids and the secrets' names can only be held against each other when all are read.
Checked CheckWhole(const Node& groups, const Suite& suite) {
  std::set<std::string> ids;
  for (size_t i = 0; i < suite.groups.size(); ++i) {
    const Node& nodes = groups.items[i].Find("checks")->value;
    for (size_t j = 0; j < suite.groups[i].checks.size(); ++j) {
      const StagingCheck& check = suite.groups[i].checks[j];
      if (!ids.insert(check.id).second)
        return Refuse(nodes.items[j].place, "two checks have this id", check.id);
      for (const std::string& name : check.Secrets())
        if (std::ranges::find(suite.secrets, name, &SecretSource::name) == suite.secrets.end())
          return Refuse(nodes.items[j].place, "it uses a secret that `secrets` does not name",
                        name);
    }
  }
  return {};
}

}  // namespace

std::optional<StagingMode> StagingModeCalled(std::string_view name) {
  if (name == "stub") return StagingMode::kStub;
  if (name == "full") return StagingMode::kFull;
  return std::nullopt;
}

std::set<std::string> StagingCheck::Secrets() const {
  std::set<std::string> names;
  const auto add = [&](const Template& text) {
    for (const std::string& secret : text.Secrets()) names.insert(secret);
  };
  if (const auto* run = std::get_if<RunCheck>(&what))
    for (const Template& argument : run->arguments) add(argument);
  if (const auto* http = std::get_if<HttpCheck>(&what)) {
    for (const RequestHeader& header : http->headers) add(header.value);
    if (http->body) add(*http->body);
  }
  return names;
}

std::vector<const StagingCheck*> Suite::Checks() const {
  std::vector<const StagingCheck*> checks;
  for (const StagingGroup& group : groups)
    for (const StagingCheck& check : group.checks) checks.push_back(&check);
  return checks;
}

tl::expected<Suite, Misfit> ReadSuite(std::string_view text) {
  const auto mapping = frontmatter::ReadMapping(text);
  if (!mapping)
    return Refuse(mapping.error().place, mapping.error().message, mapping.error().found);
  Suite suite;
  const MappingKey keys[] = {
      {"version", ReadVersion},
      {"groups", [&](const Node& node) { return ReadGroups(node, suite); }},
      {"secrets", [&](const Node& node) { return ReadSecrets(node, suite); }}};
  if (Checked read = ReadKeys(*mapping, keys, "the suite"); !read)
    return tl::unexpected(read.error());
  for (const char* key : {"version", "groups"})
    if (!mapping->Find(key)) return Refuse({}, fmt::format("the suite must hold {}", key));
  if (Checked whole = CheckWhole(mapping->Find("groups")->value, suite); !whole)
    return tl::unexpected(whole.error());
  return suite;
}

bool IsBaseUrl(const std::string& text) {
  return MatchesRegex(text,
                      "https?://([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])"
                      "(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*)?");
}

}  // namespace gates
