#include "gates/proof/tree_reader.h"

#include <algorithm>
#include <map>

namespace gates {
namespace {

// Every commit of a range may show the same faults, and one is enough to refuse.
constexpr size_t kMostFaults = 100;

// Lower case as a case-insensitive file system sees it: ASCII, and the two
// letters beyond it that fold into ASCII (long s, Kelvin sign).
std::string Fold(std::string_view name) {
  std::string folded;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i).starts_with("\xc5\xbf")) {
      folded += 's';
      i += 1;
    } else if (name.substr(i).starts_with("\xe2\x84\xaa")) {
      folded += 'k';
      i += 2;
    } else {
      const char c = name[i];
      folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return folded;
}

std::string Join(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

}  // namespace

Tree TreeReader::Open(const ObjectId& id, const std::string& path, const ObjectId& commit) {
  if (id.is_zero() || gave_up_) return {};
  auto tree = objects_.ReadTree(id);
  if (tree) return *std::move(tree);
  Finding finding =
      MakeFinding(Code::kTreeMalformed, "git and other readers do not agree on this folder",
                  "make the commit again with git itself; `git fsck` names the bad tree");
  finding.path = path.empty() ? "." : path;
  finding.sha = commit.hex();
  finding.expected = "entries in git's order, each name once, modes without leading zeros";
  finding.found = tree.error().why;
  Remember(std::move(finding));
  return {};
}

void TreeReader::CheckTwinsOf(std::span<const std::string_view> names, const Tree& tree,
                              const std::string& folder, const ObjectId& commit) {
  std::map<std::string, std::string_view> folded;
  for (const std::string_view name : names) folded.emplace(Fold(name), name);
  for (const TreeEntry& entry : tree.entries()) {
    const auto known = folded.find(Fold(entry.name));
    if (known != folded.end() && known->second != entry.name)
      RememberTwin(entry.name, known->second, folder, commit);
  }
}

void TreeReader::GiveUp(const std::string& path, const ObjectId& commit, std::string why) {
  gave_up_ = true;
  Finding finding = MakeFinding(Code::kTreeMalformed, "a folder goes on without a sensible end",
                                "make the commit again without it");
  finding.path = path;
  finding.sha = commit.hex();
  finding.found = std::move(why);
  Remember(std::move(finding));
}

void TreeReader::RememberTwin(std::string_view twin, std::string_view name,
                              const std::string& folder, const ObjectId& commit) {
  Finding finding = MakeFinding(
      Code::kTreeMalformed,
      "two names differ in upper and lower case only, so that some checkouts hold one file and "
      "some the other",
      "rename or remove one of the two");
  finding.path = Join(folder, twin);
  finding.sha = commit.hex();
  finding.expected = "only " + std::string(name);
  finding.found = std::string(twin);
  Remember(std::move(finding));
}

void TreeReader::Remember(Finding finding) {
  if (malformed_.size() == kMostFaults) return;
  const auto same = [&](const Finding& other) {
    return other.path == finding.path && other.sha == finding.sha && other.found == finding.found;
  };
  if (std::ranges::none_of(malformed_, same)) malformed_.push_back(std::move(finding));
}

Found TreeReader::Find(const Root& root, std::string_view path) {
  Found at{.kind = Found::Kind::kEntry, .mode = Mode::kTree, .id = root.tree, .at = ""};
  std::string folder;
  while (true) {
    const size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    const Tree tree = Open(at.id, folder, root.commit);
    CheckTwinsOf(std::span(&name, 1), tree, folder, root.commit);
    const TreeEntry* entry = tree.Find(name);
    if (!entry) return {.kind = Found::Kind::kAbsent, .mode = 0, .id = {}, .at = ""};
    at.mode = entry->mode;
    at.id = entry->id;
    folder = Join(folder, name);
    if (slash == std::string_view::npos) return at;
    if (!entry->is_tree())
      return {.kind = Found::Kind::kBlocked, .mode = entry->mode, .id = entry->id, .at = folder};
    path.remove_prefix(slash + 1);
  }
}

}  // namespace gates
