#include "tests/support/fake_world.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "gates/core/timestamp.h"

namespace test {
namespace {

using gates::ObjectId;

// FNV-1a from two starts: no secret, but the same for the same content.
ObjectId HashOf(std::string_view kind, std::string_view content) {
  ObjectId id;
  for (size_t half = 0; half < 2; ++half) {
    std::uint64_t hash = 14695981039346656037u + half;
    for (const std::string_view part : {kind, std::string_view(":"), content})
      for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    for (size_t i = 0; i < 10; ++i)
      id.bytes[half * 10 + i] = static_cast<unsigned char>(hash >> (i % 8 * 8));
  }
  return id;
}

gates::WorldError Missing(const ObjectId& id) {
  return {gates::Code::kObjectMissing, "object " + id.hex() + " is not in the repository",
          "git fetch it", id.hex()};
}

gates::WorldError OtherKind(const ObjectId& id) {
  return {gates::Code::kRepositoryUnreadable, "object " + id.hex() + " is of another kind",
          "git fsck", id.hex()};
}

/// Every commit that some tips reach.
class KnownAncestry final : public gates::Ancestry {
 public:
  explicit KnownAncestry(std::set<ObjectId> all) : all_(std::move(all)) {}
  bool Holds(const ObjectId& commit) override { return all_.contains(commit); }

 private:
  std::set<ObjectId> all_;
};

bool IsIn(std::string_view folder, std::string_view path) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace

ObjectId FakeWorld::Blob(const std::string& text) {
  const ObjectId id = HashOf("blob", text);
  blobs_[id] = text;
  return id;
}

ObjectId FakeWorld::HugeBlob(std::uint64_t size) {
  const ObjectId id = HashOf("huge", std::to_string(size));
  huge_[id] = size;
  return id;
}

ObjectId FakeWorld::MalformedTree(const std::string& why) {
  const ObjectId id = HashOf("malformed", why);
  malformed_[id] = why;
  return id;
}

ObjectId FakeWorld::Tag(const ObjectId& target) {
  const ObjectId id = HashOf("tag", target.hex() + std::to_string(tags_.size()));
  tags_[id] = target;
  return id;
}

ObjectId FakeWorld::Tree(const Files& files) {
  std::vector<Entry> entries;
  std::map<std::string, Files> folders;
  for (const auto& [path, file] : files) {
    const size_t slash = path.find('/');
    if (slash != std::string::npos)
      folders[path.substr(0, slash)].emplace(path.substr(slash + 1), file);
    else
      entries.push_back({path, file.mode, file.object ? *file.object : Blob(file.text)});
  }
  for (const auto& [name, inside] : folders)
    entries.push_back({name, gates::Mode::kTree, Tree(inside)});
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return gates::CompareInTree({a.name, a.mode, a.id}, {b.name, b.mode, b.id}) < 0;
  });
  std::string content;
  for (const Entry& entry : entries)
    content += std::to_string(entry.mode) + " " + entry.name + " " + entry.id.hex() + "\n";
  const ObjectId id = HashOf("tree", content);
  trees_[id] = std::move(entries);
  return id;
}

Files FakeWorld::FilesFor(const NewCommit& commit) const {
  if (commit.files) return *commit.files;
  Files files = commit.parents.empty() ? Files{} : files_.at(commit.parents[0]);
  for (const std::string& path : commit.drops)
    std::erase_if(files,
                  [&](const auto& file) { return file.first == path || IsIn(path, file.first); });
  for (const auto& [path, file] : commit.adds) files.insert_or_assign(path, file);
  return files;
}

ObjectId FakeWorld::Commit(const NewCommit& literal) {
  Files files = FilesFor(literal);
  gates::Commit commit;
  commit.tree = literal.tree ? *literal.tree : Tree(files);
  commit.parents = literal.parents;
  commit.committed_at = literal.time;
  commit.message = literal.message;
  commit.author_email = literal.author;
  std::string content = commit.tree.hex();
  for (const ObjectId& parent : commit.parents) content += " " + parent.hex();
  content += "\n" + std::to_string(literal.time) + "\n" + literal.author + "\n" + literal.message;
  commit.id = HashOf("commit", content);
  files_[commit.id] = std::move(files);
  commits_[commit.id] = commit;
  return commit.id;
}

void FakeWorld::MustBeThere(const ObjectId& id) const {
  const bool known = trees_.contains(id) || malformed_.contains(id) || blobs_.contains(id) ||
                     huge_.contains(id) || commits_.contains(id) || tags_.contains(id);
  if (!known || lost_.contains(id)) throw Missing(id);
}

tl::expected<gates::Tree, gates::MalformedTree> FakeWorld::ReadTree(const ObjectId& id) const {
  MustBeThere(id);
  ++trees_read_;
  if (const auto bad = malformed_.find(id); bad != malformed_.end())
    return tl::unexpected(gates::MalformedTree{id, bad->second});
  const auto tree = trees_.find(id);
  if (tree == trees_.end()) throw OtherKind(id);
  size_t size = 0;
  for (const Entry& entry : tree->second) size += entry.name.size();
  std::vector<char> names(size);
  std::vector<gates::TreeEntry> entries;
  char* end = names.data();
  for (const Entry& entry : tree->second) {
    entries.push_back({{end, entry.name.size()}, entry.mode, entry.id});
    end = std::ranges::copy(entry.name, end).out;
  }
  return gates::Tree(std::move(names), std::move(entries));
}

std::uint64_t FakeWorld::BlobSize(const ObjectId& id) const {
  MustBeThere(id);
  if (const auto huge = huge_.find(id); huge != huge_.end()) return huge->second;
  if (!blobs_.contains(id)) throw OtherKind(id);
  return blobs_.at(id).size();
}

std::string FakeWorld::ReadBlob(const ObjectId& id) const {
  MustBeThere(id);
  if (huge_.contains(id)) throw std::logic_error("a blob was read that is too large");
  if (!blobs_.contains(id)) throw OtherKind(id);
  return blobs_.at(id);
}

std::optional<gates::Commit> FakeWorld::FindCommit(const ObjectId& id) const {
  ++history_asked_;
  MustBeThere(id);
  const auto commit = commits_.find(id);
  return commit == commits_.end() ? std::nullopt : std::optional(commit->second);
}

std::optional<ObjectId> FakeWorld::Peel(const ObjectId& id) const {
  ++history_asked_;
  MustBeThere(id);
  if (const auto tag = tags_.find(id); tag != tags_.end()) return Peel(tag->second);
  return commits_.contains(id) ? std::optional(id) : std::nullopt;
}

std::set<ObjectId> FakeWorld::Ancestors(const ObjectId& tip) const {
  std::set<ObjectId> seen;
  std::vector<ObjectId> pending{tip};
  while (!pending.empty()) {
    const ObjectId id = pending.back();
    pending.pop_back();
    MustBeThere(id);
    if (!seen.insert(id).second) continue;
    const auto& parents = commits_.at(id).parents;
    pending.insert(pending.end(), parents.begin(), parents.end());
  }
  return seen;
}

bool FakeWorld::Contains(const ObjectId& tip, const ObjectId& ancestor) const {
  ++history_asked_;
  return Ancestors(tip).contains(ancestor);
}

std::unique_ptr<gates::Ancestry> FakeWorld::AncestryOf(std::vector<ObjectId> tips) const {
  history_asked_ += static_cast<int>(tips.size());
  std::set<ObjectId> all;
  for (const ObjectId& tip : tips) all.merge(Ancestors(tip));
  return std::make_unique<KnownAncestry>(std::move(all));
}

std::vector<ObjectId> FakeWorld::Range(const ObjectId& tip, const ObjectId& excluded) const {
  ++history_asked_;
  std::set<ObjectId> left = Ancestors(tip);
  for (const ObjectId& id : Ancestors(excluded)) left.erase(id);
  std::map<ObjectId, int> children;
  for (const ObjectId& id : left)
    for (const ObjectId& parent : commits_.at(id).parents) ++children[parent];
  std::vector<ObjectId> range;
  if (left.contains(tip)) range.push_back(tip);
  for (size_t i = 0; i < range.size(); ++i) {
    const ObjectId id = range[i];
    for (const ObjectId& parent : commits_.at(id).parents)
      if (--children[parent] == 0 && left.contains(parent)) range.push_back(parent);
  }
  return range;
}

std::vector<ObjectId> FakeWorld::MergeBases(const ObjectId& a, const ObjectId& b) const {
  ++history_asked_;
  const std::set<ObjectId> of_a = Ancestors(a), of_b = Ancestors(b);
  std::vector<ObjectId> common;
  std::ranges::set_intersection(of_a, of_b, std::back_inserter(common));
  std::vector<ObjectId> best;
  for (const ObjectId& id : common) {
    const bool is_below = std::ranges::any_of(
        common, [&](const ObjectId& other) { return other != id && Contains(other, id); });
    if (!is_below) best.push_back(id);
  }
  return best;
}

std::optional<ObjectId> FakeWorld::Find(std::string_view name) const {
  const auto ref = refs_.find(name);
  return ref == refs_.end() ? std::nullopt : std::optional(ref->second);
}

std::vector<gates::Ref> FakeWorld::Under(std::string_view prefix) const {
  std::vector<gates::Ref> refs;
  for (const auto& [name, target] : refs_)
    if (name.starts_with(prefix)) refs.push_back({name, target});
  return refs;
}

std::string FakeWorld::MovedBy(std::string_view name) const {
  const auto ref = symbolic_refs_.find(name);
  return ref == symbolic_refs_.end() ? std::string(name) : ref->second;
}

std::optional<std::string> FakeWorld::MergeTexts(const std::string& base, const std::string& ours,
                                                 const std::string& theirs, gates::Diff) const {
  std::istringstream base_lines(base), our_lines(ours), their_lines(theirs);
  std::string merged, was, our, their;
  while (std::getline(base_lines, was)) {
    if (!std::getline(our_lines, our) || !std::getline(their_lines, their)) return std::nullopt;
    if (our != was && their != was && our != their) return std::nullopt;
    merged += (our == was ? their : our) + "\n";
  }
  if (std::getline(our_lines, our) || std::getline(their_lines, their)) return std::nullopt;
  return merged;
}

ObjectId FakeWorld::NameBlob(const std::string& text) const { return HashOf("blob", text); }

ObjectId FakeWorld::NameTree(const std::string& bytes) const { return HashOf("made tree", bytes); }

std::string FakeWorld::Sign(const std::string& text, const std::string& key) {
  const std::string armored = "-----BEGIN SSH SIGNATURE-----\n" +
                              HashOf("signature by " + key, text).hex() +
                              "\n-----END SSH SIGNATURE-----\n";
  signed_[armored] = {text, key};
  return armored;
}

tl::expected<gates::Signers, std::string> FakeWorld::FindSigners(
    const gates::SignedText& asked) const {
  ++signatures_asked_;
  if (signatures_are_lost_)
    throw gates::WorldError(gates::Code::kWriterUntrusted, "ssh-keygen is missing", "install it");
  const auto made = signed_.find(asked.signature);
  if (made == signed_.end() || made->second.first != asked.text)
    return tl::unexpected<std::string>("a signature of other bytes");
  gates::Signers signers;
  std::istringstream lines(asked.allowed_signers);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string principal, key, until, end;
    words >> principal >> key >> until >> end;
    if (key == made->second.second && (end.empty() || asked.signed_at < gates::ReadTimestamp(end)))
      signers.push_back(principal);
  }
  if (signers.empty()) return tl::unexpected<std::string>("a signature by a stranger");
  return signers;
}

}  // namespace test
