// The policy's section `docs`: what a change has to tell of in the documentation.

#include <algorithm>
#include <array>

#include "gates/core/pattern.h"
#include "gates/core/policy_values.h"

namespace gates {
namespace {

using frontmatter::Node;

// A pattern meets texts of strangers: it costs its size for each byte, at worst.
constexpr size_t kPatternBytes = 500;
constexpr int kPatternSize = 1000;

// Whoever writes `src/*.{c,h}` means a set, and our globs know none: such a rule
// would guard nothing.
bool IsPathGlob(const std::string& text) {
  return IsPath(text) && text.find_first_of("[]{}\\") == text.npos && !text.starts_with('!');
}

Checked ReadGlobs(const Node& node, std::string_view what, std::vector<std::string>& globs) {
  auto texts = ReadTexts(node, what);
  if (!texts) return tl::unexpected(texts.error());
  if (texts->empty()) return Refuse(node.place, std::string(what) + " is empty");
  for (const Node& item : node.items)
    if (!IsPathGlob(item.text))
      return Refuse(item.place,
                    "must be a relative path without . or .., with no sets, braces or escapes: `?` "
                    "stands for any character",
                    item.text);
  globs = *std::move(texts);
  return {};
}

bool IsAnyText(const std::string&) { return true; }

Checked ReadRule(const Node& node, UpdateRule& rule) {
  const MappingKey keys[] = {
      {"when", [&](const Node& value) { return ReadGlobs(value, "when", rule.when); }},
      {"update", [&](const Node& value) { return ReadGlobs(value, "update", rule.update); }},
      {"why", SetsText(rule.why, "why", {IsAnyText, ""})}};
  if (Checked read = ReadKeys(node, keys, "a rule"); !read) return read;
  if (rule.when.empty() || rule.update.empty())
    return Refuse(node.place, "a rule must say when, and what to update");
  return {};
}

Checked ReadRules(const Node& node, DocsRule& docs) {
  if (node.kind != Node::Kind::kSequence) return Refuse(node.place, "rules must be a list");
  for (const Node& item : node.items)
    if (Checked read = ReadRule(item, docs.rules.emplace_back()); !read) return read;
  return {};
}

bool IsItemPath(const std::string& text) {
  const std::string path = DocsRule::PathFor(text, "ID");
  return path != text && IsPath(path) && path.find_first_of("{}*?") == path.npos;
}

Checked ReadRequire(const Node& node, DocsRule& docs) {
  auto paths = ReadTexts(node, "require");
  if (!paths) return tl::unexpected(paths.error());
  for (const Node& item : node.items)
    if (!IsItemPath(item.text))
      return Refuse(item.place, "must be a relative path with {id} in it, and no glob", item.text);
  docs.require = *std::move(paths);
  return {};
}

bool IsPlaceholder(const std::string& text) {
  if (text.size() > kPatternBytes) return false;
  const auto pattern = Pattern::Regex(text);
  if (!pattern || pattern->size() > kPatternSize) return false;
  // What matches nothing at all stands in every line.
  return std::ranges::none_of(std::array{"", "a", " "}, [&](const char* sample) {
    const auto found = pattern->Find(sample);
    return found && found->empty();
  });
}

Checked ReadPlaceholders(const Node& node, DocsRule& docs) {
  PlaceholdersRule rule;
  const MappingKey keys[] = {
      {"paths", [&](const Node& value) { return ReadGlobs(value, "paths", rule.paths); }},
      {"pattern",
       SetsText(rule.pattern, "pattern",
                {IsPlaceholder, "must be a small RE2 expression that matches some character"})}};
  if (Checked read = ReadKeys(node, keys, "placeholders"); !read) return read;
  if (rule.paths.empty()) return Refuse(node.place, "placeholders must name their paths");
  docs.placeholders = std::move(rule);
  return {};
}

}  // namespace

Checked ReadDocsSection(const Node& node, Policy& policy) {
  DocsRule docs;
  const MappingKey keys[] = {
      {"rules", [&](const Node& value) { return ReadRules(value, docs); }},
      {"require", [&](const Node& value) { return ReadRequire(value, docs); }},
      {"placeholders", [&](const Node& value) { return ReadPlaceholders(value, docs); }}};
  if (Checked read = ReadKeys(node, keys, "docs"); !read) return read;
  if (docs.rules.empty() && docs.require.empty() && !docs.placeholders)
    return Refuse(node.place, "docs asks for nothing");
  policy.docs = std::move(docs);
  return {};
}

Checked TellDocsFromLogs(const Policy& policy) {
  if (!policy.docs) return {};
  for (const std::string& path : policy.docs->require)
    for (const GateRule& gate : policy.gates)
      for (const char* end : {"", ".sig"})
        if (path == policy.root + "/" + std::string(DocsRule::kItem) + "/" + gate.file + end)
          return Refuse({}, "a verdict log is required by its gate, not by docs", path);
  return {};
}

}  // namespace gates
