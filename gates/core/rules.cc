#include "gates/core/rules.h"

#include <algorithm>

namespace gates {
namespace {

constexpr std::string_view kBranches = "refs/heads/";

std::string FullName(const std::string& glob) {
  return glob.starts_with("refs/") ? glob : std::string(kBranches) + glob;
}

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// The policy's reader has compiled the id once already, so it is well-formed.
Pattern CompileId(const std::string& id) {
  auto pattern = Pattern::Regex(id);
  return pattern ? *std::move(pattern) : Pattern::Glob("");
}

std::vector<Pattern> Globs(const std::vector<std::string>& globs) {
  std::vector<Pattern> patterns;
  for (const std::string& glob : globs) patterns.push_back(Pattern::Glob(glob));
  return patterns;
}

// The reader has compiled the placeholder once already; one that does not compile is everywhere.
DocsPatterns CompileDocs(const std::optional<DocsRule>& docs) {
  DocsPatterns compiled;
  if (!docs) return compiled;
  for (const UpdateRule& rule : docs->rules)
    compiled.rules.push_back({Globs(rule.when), Globs(rule.update)});
  if (!docs->placeholders) return compiled;
  compiled.placeholder_paths = Globs(docs->placeholders->paths);
  auto pattern = Pattern::Regex(docs->placeholders->pattern);
  compiled.placeholder = pattern ? *std::move(pattern) : Pattern::Glob("**");
  return compiled;
}

}  // namespace

bool MatchesAny(std::span<const Pattern> patterns, std::string_view path) {
  return std::ranges::any_of(patterns, [&](const Pattern& p) { return p.Matches(path); });
}

Rules::Rules(Policy policy, std::string default_branch, std::string allowed_signers)
    : policy_(std::move(policy)),
      default_branch_(std::move(default_branch)),
      allowed_signers_(std::move(allowed_signers)),
      id_(CompileId(policy_.id)),
      exempt_(Globs(policy_.exempt)),
      docs_(CompileDocs(policy_.docs)) {
  for (const std::string& glob : policy_.protected_refs)
    if (glob != "HEAD") protected_refs_.push_back(Pattern::Glob(FullName(glob)));
}

bool Rules::IsProtected(std::string_view ref) const {
  const bool guards_default =
      std::ranges::find(policy_.protected_refs, "HEAD") != policy_.protected_refs.end();
  if (guards_default && !default_branch_.empty() && ref == default_branch_) return true;
  return MatchesAny(protected_refs_, ref);
}

std::vector<std::string> Rules::ProtectedGlobs() const {
  std::vector<std::string> globs;
  for (const std::string& glob : policy_.protected_refs) {
    const std::string& name = glob == "HEAD" ? default_branch_ : glob;
    if (!name.empty()) globs.push_back(FullName(name));
  }
  return globs;
}

std::vector<std::string> Rules::ProtectedPrefixes() const {
  std::vector<std::string> prefixes;
  for (const std::string& glob : ProtectedGlobs())
    prefixes.push_back(glob.substr(0, glob.find_first_of("*?")));
  std::ranges::sort(prefixes);
  // Sorted, what starts with a prefix follows right behind it.
  std::vector<std::string> shortest;
  for (std::string& prefix : prefixes)
    if (shortest.empty() || !prefix.starts_with(shortest.back()))
      shortest.push_back(std::move(prefix));
  return shortest;
}

const std::vector<Pattern>& Rules::LookAlikes() const {
  if (!look_alikes_.empty()) return look_alikes_;
  for (const std::string& glob : ProtectedGlobs())
    look_alikes_.push_back(Pattern::Glob(glob, Letters::kAnyCase));
  return look_alikes_;
}

bool Rules::LooksProtected(std::string_view ref) const {
  if (IsProtected(ref)) return false;
  std::string ascii;
  std::ranges::copy_if(ref, std::back_inserter(ascii), IsAscii);
  return std::ranges::any_of(LookAlikes(), [&](const Pattern& pattern) {
    return pattern.Matches(ref) || pattern.Matches(ascii);
  });
}

bool Rules::IsWorkItem(std::string_view name) const {
  const auto is_odd = [](char c) { return c == '/' || static_cast<unsigned char>(c) < 0x20; };
  return !name.empty() && name != "." && name != ".." && std::ranges::none_of(name, is_odd) &&
         id_.Matches(name);
}

Placement Rules::Place(std::string_view path) const {
  const std::string& root = policy_.root;
  if (!path.starts_with(root) || path.size() <= root.size() || path[root.size()] != '/') return {};
  path.remove_prefix(root.size() + 1);
  const size_t slash = path.find('/');
  if (!IsWorkItem(path.substr(0, slash))) return {};
  Placement placement{.work_item = path.substr(0, slash)};
  if (slash == std::string_view::npos) return placement;
  std::string_view file = path.substr(slash + 1);
  for (const GateRule& gate : policy_.gates) {
    if (!file.starts_with(gate.file)) continue;
    const std::string_view rest = file.substr(gate.file.size());
    if (!rest.empty() && rest != ".sig") continue;
    placement.gate = &gate;
    placement.is_signature = !rest.empty();
  }
  return placement;
}

bool Rules::IsExempt(std::string_view path, const TreeEntry& entry) const {
  const bool rules_over_us =
      path == Policy::kPath || (policy_.writers && path == policy_.writers->allowed_signers);
  if (entry.mode != Mode::kRegular || rules_over_us || Place(path).gate) return false;
  return MatchesAny(exempt_, path);
}

std::string Rules::ItemFolder(std::string_view work_item) const {
  return policy_.root + "/" + std::string(work_item);
}

}  // namespace gates
