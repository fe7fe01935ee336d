#include "tests/support/merge_world.h"

#include <algorithm>
#include <map>

namespace test {
namespace {

using gates::ObjectId;

struct Entry {
  std::string key;  // what git sorts by
  std::string bytes;
};

ObjectId WriteTree(const GitRepo& repo, const Files& files) {
  std::vector<Entry> entries;
  std::map<std::string, Files> folders;
  for (const File& file : files) {
    const size_t slash = file.path.find('/');
    if (slash != std::string::npos) {
      folders[file.path.substr(0, slash)].push_back(
          {file.path.substr(slash + 1), file.text, file.mode});
      continue;
    }
    const ObjectId id = file.mode == "160000" ? *ObjectId::FromHex(file.text)
                                              : repo.WriteObject("blob", file.text);
    entries.push_back({file.path, RawEntry(file.mode, file.path, id)});
  }
  for (const auto& [name, below] : folders)
    entries.push_back({name + "/", RawEntry("40000", name, WriteTree(repo, below))});
  std::ranges::sort(entries, {}, &Entry::key);
  std::string bytes;
  for (const Entry& entry : entries) bytes += entry.bytes;
  return repo.WriteObject("tree", bytes);
}

}  // namespace

gates::Root MergeWorld::Tree(const Files& files) const { return {WriteTree(repo_, files), {}}; }

gates::Commit MergeWorld::Commit(const Files& files,
                                 const std::vector<gates::Commit>& parents) const {
  std::vector<ObjectId> ids;
  for (const gates::Commit& parent : parents) ids.push_back(parent.id);
  return *repository_.FindCommit(repo_.WriteCommit(WriteTree(repo_, files), ids, clock_ += 60));
}

std::string MergeWorld::Merge(const gates::MergeSides& sides,
                              const gates::MergeOptions& options) const {
  gates::Workbench bench(world_);
  const auto merged =
      MergeTrees(sides, options, *rules_, bench.reader, bench.overlay, world_.merging);
  return merged ? Clean(*merged) : "conflict at " + merged.error();
}

std::string MergeWorld::MergeAgain(const gates::Commit& ours, const gates::Commit& theirs,
                                   const gates::MergeOptions& options) const {
  gates::Workbench bench(world_);
  const auto merged = gates::MergeAgain(*rules_, bench, ours, theirs, options);
  return merged ? Clean(*merged) : "conflict at " + merged.error().path;
}

void MergeWorld::Exempt(const std::string& glob) {
  gates::Policy policy = rules_->policy();
  policy.exempt.push_back(glob);
  rules_.emplace(std::move(policy), "");
}

std::string Numbers(const std::vector<std::pair<int, std::string>>& changes) {
  std::string text;
  for (int i = 1; i <= 20; ++i) {
    const auto change = std::ranges::find(changes, i, &std::pair<int, std::string>::first);
    text += (change == changes.end() ? std::to_string(i) : change->second) + "\n";
  }
  return text;
}

}  // namespace test
