#include "gates/proof/tree_reader.h"

#include <algorithm>
#include <map>

namespace gates {
namespace {

// Every commit of a range may show the same faults, and one is enough to refuse.
constexpr size_t kMostFaults = 100;
constexpr size_t kKeptBytes = 4 * 1024 * 1024;

/// Cuts one letter off a name, folded as a case-insensitive file system sees
/// it: ASCII, and the two letters beyond it that fold into ASCII (long s, Kelvin).
char CutFolded(std::string_view& name) {
  char letter = name[0];
  size_t bytes = 1;
  if (name.starts_with("\xc5\xbf")) {
    letter = 's';
    bytes = 2;
  } else if (name.starts_with("\xe2\x84\xaa")) {
    letter = 'k';
    bytes = 3;
  } else if (letter >= 'A' && letter <= 'Z') {
    letter = static_cast<char>(letter - 'A' + 'a');
  }
  name.remove_prefix(bytes);
  return letter;
}

std::string Fold(std::string_view name) {
  std::string folded;
  while (!name.empty()) folded += CutFolded(name);
  return folded;
}

bool FoldAlike(std::string_view a, std::string_view b) {
  // Names in one folder often begin alike and seldom end so.
  const auto may_be_alike = [](char x, char y) {
    const bool are_ascii = static_cast<unsigned char>(x | y) < 0x80;
    return !are_ascii || (x | 0x20) == (y | 0x20);
  };
  if (!may_be_alike(a.back(), b.back())) return false;
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);  // what is the same folds alike
  if (in_a != a.end() && in_b != b.end() && !may_be_alike(*in_a, *in_b)) return false;
  while (!a.empty() && !b.empty())
    if (CutFolded(a) != CutFolded(b)) return false;
  return a.empty() && b.empty();
}

std::string Join(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

}  // namespace

const Tree* KeptTrees::Find(const ObjectId& id) const {
  const auto kept = trees_.find(id);
  return kept == trees_.end() ? nullptr : &kept->second;
}

// Nothing is let go of for another one, so that whoever holds a kept tree may go on.
OpenTree KeptTrees::Keep(const ObjectId& id, Tree tree) {
  if (bytes_ + tree.bytes() > kKeptBytes) return OpenTree(std::move(tree));
  bytes_ += tree.bytes();
  return OpenTree(&trees_.emplace(id, std::move(tree)).first->second);
}

void KeptTrees::Forget(const ObjectId& id) {
  const auto kept = trees_.find(id);
  if (kept == trees_.end()) return;
  bytes_ -= kept->second.bytes();
  trees_.erase(kept);
}

bool KeptTrees::is_roomy() const { return bytes_ <= kKeptBytes / 2; }

OpenTree TreeReader::Open(const ObjectId& id, const std::string& path, const ObjectId& commit) {
  if (id.is_zero() || gave_up_) return OpenTree(Tree());
  if (const Tree* const kept = kept_.Find(id)) return OpenTree(kept);
  auto tree = objects_.ReadTree(id);
  if (tree) return kept_.Keep(id, *std::move(tree));
  Finding finding =
      MakeFinding(Code::kTreeMalformed, "git and other readers do not agree on this folder",
                  "make the commit again with git itself; `git fsck` names the bad tree");
  finding.path = path.empty() ? "." : path;
  finding.sha = commit.hex();
  finding.expected = "entries in git's order, each name once, modes without leading zeros";
  finding.found = tree.error().why;
  Remember(std::move(finding));
  return OpenTree(Tree());
}

void TreeReader::CheckTwins(const Tree& tree, std::string_view name, const std::string& folder,
                            const ObjectId& commit) {
  for (const TreeEntry& entry : tree.entries())
    if (entry.name != name && FoldAlike(entry.name, name))
      RememberTwin(entry.name, name, folder, commit);
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
    const OpenTree tree = Open(at.id, folder, root.commit);
    CheckTwins(*tree, name, folder, root.commit);
    const TreeEntry* entry = tree->Find(name);
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
