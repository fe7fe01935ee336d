#include "hooks/git/painting.h"

namespace git {
namespace {

constexpr size_t kFairEvery = 4;

// What the parents of a commit with `colours` get.
unsigned Inherited(unsigned colours) {
  return (colours & kCommon) == kCommon ? colours | kBelowCommon : colours;
}

}  // namespace

Painting::Node& Painting::NodeOf(const gates::ObjectId& id) {
  const auto found = nodes_.find(id);
  if (found != nodes_.end()) return found->second;
  return nodes_.emplace(id, Node{id, read_(id), 0, false}).first->second;
}

const Painting::Node* Painting::Find(const gates::ObjectId& id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &found->second;
}

unsigned Painting::ColoursOf(const gates::ObjectId& id) const {
  const Node* node = Find(id);
  return node ? node->colours : 0;
}

void Painting::AddColours(Node& node, unsigned colours) {
  if ((node.colours | colours) == node.colours) return;
  const size_t before = SideOf(node);
  node.colours |= colours;
  if (node.expanded) return spreading_.push_back(&node);
  if (SideOf(node) == before) return;
  if (before != 0) --waiting_[before];  // its place in the old heap is skipped when it comes up
  ++waiting_[SideOf(node)];
  heaps_[SideOf(node)].push(&node);
}

void Painting::Paint(const gates::ObjectId& id, unsigned colours) {
  AddColours(NodeOf(id), colours);
  while (!spreading_.empty()) {
    const Node& node = *spreading_.back();
    spreading_.pop_back();
    for (const gates::ObjectId& parent : node.links.parents)
      AddColours(NodeOf(parent), Inherited(node.colours));
  }
}

const Painting::Node* Painting::Newest(size_t side) {
  Heap& heap = heaps_[side];
  while (!heap.empty() && (heap.top()->expanded || SideOf(*heap.top()) != side)) heap.pop();
  return heap.empty() ? nullptr : heap.top();
}

size_t Painting::NewestSide(size_t first) {
  size_t newest = 0;
  for (size_t side = first; side < kSides; ++side) {
    const Node* node = Newest(side);
    if (node && (newest == 0 || NewestFirst()(Newest(newest), node))) newest = side;
  }
  return newest;
}

size_t Painting::NextSide() {
  if (++steps_ % kFairEvery != 0) return NewestSide(kLeft);
  do turn_ = (turn_ + 1) % kSides;
  while (!Newest(turn_));
  return turn_;
}

void Painting::Expand(size_t side) {
  Newest(side);
  Node& node = *heaps_[side].top();
  heaps_[side].pop();
  --waiting_[side];
  node.expanded = true;
  for (const gates::ObjectId& parent : node.links.parents) Paint(parent, Inherited(node.colours));
}

void Painting::Step() { Expand(NextSide()); }
void Painting::StepRight() { Expand(NewestSide(kRight)); }

std::optional<std::int64_t> Painting::NewestWaitingRight() {
  const size_t side = NewestSide(kRight);
  if (side == 0) return std::nullopt;
  return Newest(side)->links.date;
}

std::vector<const Painting::Node*> Painting::With(unsigned colours) const {
  std::vector<const Node*> found;
  for (const auto& [id, node] : nodes_)
    if (node.colours == colours) found.push_back(&node);
  return found;
}

}  // namespace git
