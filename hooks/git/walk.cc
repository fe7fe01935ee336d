#include "hooks/git/walk.h"

#include <algorithm>
#include <limits>

namespace git {
namespace {

using gates::ObjectId;
using Node = Painting::Node;
using Nodes = std::vector<const Node*>;

constexpr int kSlop = 8;  // commits looked at beyond where the dates say that we may stop

bool IsNewer(const Node* a, const Node* b) {
  return a->links.date != b->links.date ? a->links.date > b->links.date : b->id < a->id;
}

// Sorts children before parents, among unrelated ones the newest first.
Nodes ChildrenFirst(const Nodes& nodes) {
  struct Place {
    const Node* node = nullptr;
    size_t children = 0;
  };
  std::unordered_map<ObjectId, Place, gates::ObjectIdHash> places;
  for (const Node* node : nodes) places[node->id].node = node;
  for (const Node* node : nodes)
    for (const ObjectId& parent : node->links.parents)
      if (const auto place = places.find(parent); place != places.end()) ++place->second.children;

  const auto is_older = [](const Node* a, const Node* b) { return IsNewer(b, a); };
  std::priority_queue<const Node*, Nodes, decltype(is_older)> ready(is_older);
  for (const auto& [id, place] : places)
    if (place.children == 0) ready.push(place.node);
  Nodes sorted;
  while (!ready.empty()) {
    sorted.push_back(ready.top());
    ready.pop();
    for (const ObjectId& parent : sorted.back()->links.parents) {
      const auto place = places.find(parent);
      if (place != places.end() && --place->second.children == 0) ready.push(place->second.node);
    }
  }
  return sorted;
}

// The date before which no ancestor of `excluded` can be one of `range` in
// disguise, if dates grow from parent to child. A commit that descends from
// `excluded` cannot be its ancestor, whatever its date; one that is dated before
// its parents counts as old as they are.
std::int64_t OldestDoubtful(const Painting& painting, const Nodes& range,
                            const ObjectId& excluded) {
  struct Known {
    bool descends;
    std::int64_t date;  // not before any ancestor's
  };
  std::unordered_map<ObjectId, Known, gates::ObjectIdHash> known;
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (auto node = range.rbegin(); node != range.rend(); ++node) {
    Known here{false, (*node)->links.date};
    for (const ObjectId& parent : (*node)->links.parents) {
      const auto above = known.find(parent);
      const Known from = above != known.end()
                             ? above->second
                             : Known{parent == excluded, painting.Find(parent)->links.date};
      here.descends |= from.descends;
      here.date = std::max(here.date, from.date);
    }
    known[(*node)->id] = here;
    if (!here.descends) oldest = std::min(oldest, here.date);
  }
  return oldest;
}

// When nothing is left to walk on the left, a commit of the range may still be
// an ancestor of `excluded` by a long way: an old branch that was merged can
// paint what lies below it before the main line arrives.
void Settle(Painting& painting, const ObjectId& excluded) {
  const std::int64_t oldest =
      OldestDoubtful(painting, ChildrenFirst(painting.With(kLeft)), excluded);
  if (oldest == std::numeric_limits<std::int64_t>::max()) return;
  int slop = kSlop;
  while (const auto newest = painting.NewestWaitingRight()) {
    if (*newest < oldest && slop-- == 0) return;
    painting.StepRight();
  }
}

std::vector<ObjectId> IdsOf(const Nodes& nodes) {
  std::vector<ObjectId> ids;
  for (const Node* node : nodes) ids.push_back(node->id);
  return ids;
}

std::vector<ObjectId> WithoutRedundant(const ReadLinks& read, const std::vector<ObjectId>& bases) {
  if (bases.size() < 2) return bases;
  std::vector<ObjectId> best;
  for (const ObjectId& base : bases) {
    std::vector<ObjectId> others = bases;
    std::erase(others, base);
    if (!Reaches(read, others, base)) best.push_back(base);
  }
  return best;
}

}  // namespace

bool Reaches(const ReadLinks& read, const std::vector<ObjectId>& tips, const ObjectId& ancestor) {
  if (std::ranges::find(tips, ancestor) != tips.end()) return true;
  Painting painting(read);
  painting.Paint(ancestor, kRight);
  for (const ObjectId& tip : tips) painting.Paint(tip, kLeft);
  // What lies between a tip and `ancestor` descends from it and never gets kRight,
  // so the way is found before the last commit with kLeft alone is expanded.
  while (!(painting.ColoursOf(ancestor) & kLeft)) {
    if (painting.Waiting(kLeft) == 0) return false;
    painting.Step();
  }
  return true;
}

std::vector<ObjectId> CommitsBetween(const ReadLinks& read, const ObjectId& tip,
                                     const ObjectId& excluded) {
  if (tip == excluded) return {};
  Painting painting(read);
  painting.Paint(excluded, kRight);
  painting.Paint(tip, kLeft);
  while (painting.Waiting(kLeft) != 0) painting.Step();
  Settle(painting, excluded);
  return IdsOf(ChildrenFirst(painting.With(kLeft)));
}

std::vector<ObjectId> BestCommonAncestors(const ReadLinks& read, const ObjectId& a,
                                          const ObjectId& b) {
  if (a == b) return {a};
  Painting painting(read);
  painting.Paint(a, kLeft);
  painting.Paint(b, kRight);
  while (painting.Waiting(kLeft) + painting.Waiting(kRight) != 0) {
    if (painting.ColoursOf(b) & kLeft) return {b};
    if (painting.ColoursOf(a) & kRight) return {a};
    painting.Step();
  }
  Nodes bases = painting.With(kCommon);
  std::ranges::sort(bases, IsNewer);
  return WithoutRedundant(read, IdsOf(bases));
}

}  // namespace git
