// gates::History: commits by our own parser and our own walk, so that neither
// grafts nor replace refs nor a commit-graph file have a say.

#include <sys/stat.h>

#include <limits>

#include "hooks/git/ancestry.h"
#include "hooks/git/commit_parser.h"
#include "hooks/git/state.h"
#include "hooks/git/walk.h"

namespace git {
namespace {

using gates::ObjectId;

ParsedCommit ParseOrThrow(const OdbObjectHandle& object, const ObjectId& id) {
  auto commit = ParseCommit(BytesOf(object));
  if (!commit)
    throw Unreadable("commit " + id.hex() + " is malformed: " + commit.error(), id.hex());
  return std::move(*commit);
}

}  // namespace

void Repository::State::Know(const gates::Commit& commit) const {
  constexpr size_t kMostKnown = 1024;
  constexpr size_t kLongestText = 4096;
  if (commit.message.size() + commit.author_email.size() > kLongestText ||
      commit.parents.size() > kLongestText / sizeof(ObjectId))
    return;
  if (known_commits.size() == kMostKnown) known_commits.clear();
  known_commits.emplace(commit.id, commit);
}

std::optional<gates::Commit> Repository::FindCommit(const ObjectId& id) const {
  if (const auto known = state_->known_commits.find(id); known != state_->known_commits.end())
    return known->second;
  if (state_->TypeOf(id) != GIT_OBJECT_COMMIT) return std::nullopt;
  const OdbObjectHandle object = state_->Read(id, GIT_OBJECT_COMMIT);
  ParsedCommit parsed = ParseOrThrow(object, id);
  // No date: later than every timestamp that would have to be later.
  constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
  gates::Commit commit{id,
                       parsed.tree,
                       std::move(parsed.parents),
                       parsed.committed_at.value_or(kNever),
                       std::string(parsed.message),
                       std::string(parsed.author_email)};
  state_->Know(commit);
  return commit;
}

std::optional<ObjectId> Repository::Peel(const ObjectId& id) const {
  ObjectId here = id;
  while (true) {
    const git_object_t type = state_->TypeOf(here);
    if (type == GIT_OBJECT_COMMIT) return here;
    if (type != GIT_OBJECT_TAG) return std::nullopt;
    const auto target = ParseTagTarget(BytesOf(state_->Read(here, GIT_OBJECT_TAG)));
    if (!target) throw Unreadable("tag " + here.hex() + " is malformed", here.hex());
    here = *target;
  }
}

ReadLinks Repository::State::LinksReader() const {
  constexpr size_t kMostKnown = size_t{1} << 16;
  return [this](const ObjectId& id) {
    if (const auto known = known_links.find(id); known != known_links.end()) return known->second;
    const OdbObjectHandle object = Read(id, GIT_OBJECT_COMMIT);
    ParsedCommit parsed = ParseOrThrow(object, id);
    Links links{std::move(parsed.parents), parsed.committed_at.value_or(0)};
    if (known_links.size() < kMostKnown) known_links.emplace(id, links);
    return links;
  };
}

bool Repository::Contains(const ObjectId& tip, const ObjectId& ancestor) const {
  return Reaches(state_->LinksReader(), {tip}, ancestor);
}

std::unique_ptr<gates::Ancestry> Repository::AncestryOf(std::vector<ObjectId> tips) const {
  return std::make_unique<WalkedAncestry>(state_->LinksReader(), std::move(tips));
}

std::vector<ObjectId> Repository::Range(const ObjectId& tip, const ObjectId& excluded) const {
  return CommitsBetween(state_->LinksReader(), tip, excluded);
}

std::vector<ObjectId> Repository::MergeBases(const ObjectId& a, const ObjectId& b) const {
  return BestCommonAncestors(state_->LinksReader(), a, b);
}

// Only the common directory has the file; git_repository_is_shallow looks into
// the git directory of a linked worktree and says no.
bool Repository::IsShallow() const {
  struct stat status {};
  return ::stat((state_->common_directory + "/shallow").c_str(), &status) == 0 &&
         status.st_size != 0;
}

}  // namespace git
