#include "gates/proof/overlay.h"

#include <algorithm>

namespace gates {
namespace {

TreeEntry View(const NewEntry& entry) { return {entry.name, entry.mode, entry.id}; }

std::string Octal(std::uint32_t mode) {
  std::string digits;
  for (; mode != 0; mode >>= 3) digits.insert(digits.begin(), static_cast<char>('0' + (mode & 7)));
  return digits;
}

// The bytes git would store: `<mode> <name> NUL <20 bytes>` for each entry.
std::string Serialize(const std::vector<NewEntry>& entries) {
  std::string bytes;
  for (const NewEntry& entry : entries) {
    bytes += Octal(entry.mode) + " " + entry.name + '\0';
    bytes.append(reinterpret_cast<const char*>(entry.id.bytes.data()), entry.id.bytes.size());
  }
  return bytes;
}

}  // namespace

ObjectId Overlay::AddTree(std::vector<NewEntry> entries) {
  if (entries.empty()) return {};
  std::ranges::sort(entries, [](const NewEntry& a, const NewEntry& b) {
    return CompareInTree(View(a), View(b)) < 0;
  });
  const ObjectId id = merging_.NameTree(Serialize(entries));
  trees_.emplace(id, std::move(entries));
  return id;
}

ObjectId Overlay::AddBlob(std::string text) {
  const ObjectId id = merging_.NameBlob(text);
  blobs_.emplace(id, std::move(text));
  return id;
}

std::vector<ObjectId> Overlay::MadeTrees() const {
  std::vector<ObjectId> made;
  for (const auto& [id, entries] : trees_) made.push_back(id);
  return made;
}

tl::expected<Tree, MalformedTree> Overlay::ReadTree(const ObjectId& id) const {
  const auto made = trees_.find(id);
  if (made == trees_.end()) return below_.ReadTree(id);
  std::vector<char> names;
  for (const NewEntry& entry : made->second)
    names.insert(names.end(), entry.name.begin(), entry.name.end());
  std::vector<TreeEntry> entries;
  size_t at = 0;
  for (const NewEntry& entry : made->second) {
    entries.push_back(
        {std::string_view(names.data() + at, entry.name.size()), entry.mode, entry.id});
    at += entry.name.size();
  }
  return Tree(std::move(names), std::move(entries));
}

std::uint64_t Overlay::BlobSize(const ObjectId& id) const {
  const auto made = blobs_.find(id);
  return made == blobs_.end() ? below_.BlobSize(id) : made->second.size();
}

std::string Overlay::ReadBlob(const ObjectId& id) const {
  const auto made = blobs_.find(id);
  return made == blobs_.end() ? below_.ReadBlob(id) : made->second;
}

}  // namespace gates
