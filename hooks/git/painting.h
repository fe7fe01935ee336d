#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "gates/core/object_id.h"

namespace git {

/// What a walk needs of a commit.
struct Links {
  std::vector<gates::ObjectId> parents;
  std::int64_t date = 0;  // a hint where to look first, never a proof
};

using ReadLinks = std::function<Links(const gates::ObjectId&)>;

/// Colours flow from a commit to its parents, so a commit has a colour when it
/// is reachable from one that was painted with it. Both colours together make a
/// common ancestor; what lies below one gets kBelowCommon too.
enum Colour : unsigned { kLeft = 1, kRight = 2, kCommon = kLeft | kRight, kBelowCommon = 4 };

/// A two-coloured walk through history, of which only as much is read as the
/// question needs. A colour once seen is true whatever the dates say; dates
/// only choose the order, and not alone: every fourth step goes to a side
/// that would have had to wait, so that a wrong clock costs a constant factor.
class Painting {
 public:
  struct Node {
    gates::ObjectId id;
    Links links;
    unsigned colours = 0;
    bool expanded = false;  // whether its colours have reached its parents
  };

  explicit Painting(const ReadLinks& read) : read_(read) {}

  /// Gives `id`, and what is known to lie below it, these colours.
  void Paint(const gates::ObjectId& id, unsigned colours);

  /// What is known of `id`, or null where the walk did not see it.
  const Node* Find(const gates::ObjectId& id) const;

  unsigned ColoursOf(const gates::ObjectId& id) const;

  /// How many commits with exactly this of kLeft, kRight, kCommon wait to be expanded.
  size_t Waiting(unsigned side) const { return waiting_[side]; }

  /// The newest date among the waiting commits that have kRight.
  std::optional<std::int64_t> NewestWaitingRight();

  void Step();       // expands one waiting commit
  void StepRight();  // the newest waiting one that has kRight

  /// All commits with exactly these colours, in no order.
  std::vector<const Node*> With(unsigned colours) const;

 private:
  static constexpr size_t kSides = 4;  // indexed by kLeft, kRight, kCommon; 0 is unused

  struct NewestFirst {
    bool operator()(const Node* a, const Node* b) const {
      return a->links.date != b->links.date ? a->links.date < b->links.date : a->id < b->id;
    }
  };
  using Heap = std::priority_queue<Node*, std::vector<Node*>, NewestFirst>;

  static size_t SideOf(const Node& node) { return node.colours & kCommon; }

  Node& NodeOf(const gates::ObjectId& id);
  void AddColours(Node& node, unsigned colours);
  const Node* Newest(size_t side);
  size_t NewestSide(size_t first);
  size_t NextSide();
  void Expand(size_t side);

  const ReadLinks& read_;
  std::unordered_map<gates::ObjectId, Node, gates::ObjectIdHash> nodes_;
  std::array<Heap, kSides> heaps_;
  std::array<size_t, kSides> waiting_{};
  std::vector<Node*> spreading_;  // painted, with parents that may lack the colours
  size_t steps_ = 0;
  size_t turn_ = 0;
};

}  // namespace git
