#include "hooks/git/ancestry.h"

namespace git {

using gates::ObjectId;

bool WalkedAncestry::Remembers(const ObjectId& commit) const {
  return (known_.ColoursOf(commit) & kLeft) != 0;
}

bool WalkedAncestry::Grow() {
  if (tips_in_known_ < tips_.size()) {
    known_.Paint(tips_[tips_in_known_++], kLeft);
    return true;
  }
  if (known_.Waiting(kLeft) == 0) return false;
  known_.Step();
  return true;
}

bool WalkedAncestry::Holds(const ObjectId& commit) {
  if (Remembers(commit)) return true;
  const bool is_first = !std::exchange(was_asked_, true);
  Painting asked(read_);
  asked.Paint(commit, kRight);
  size_t tips_in_asked = 0;
  while (!(asked.ColoursOf(commit) & kLeft)) {
    if (tips_in_asked < tips_.size())
      asked.Paint(tips_[tips_in_asked++], kLeft);
    else if (asked.Waiting(kLeft) == 0)
      return false;  // what waits is reached from `commit`, and so does not reach it
    else
      asked.Step();
    if (is_first) continue;  // most pushes ask once
    const bool has_grown = Grow();
    if (Remembers(commit)) return true;
    if (!has_grown) return false;
  }
  return true;
}

}  // namespace git
