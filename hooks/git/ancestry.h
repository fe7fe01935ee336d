#pragma once

#include <vector>

#include "gates/core/world.h"
#include "hooks/git/painting.h"

namespace git {

/// gates::Ancestry by two walks in turns. One starts anew for each question and ends as soon as
/// the answer is certain; the other goes down from the tips and is never forgotten, so that all
/// questions together cost no more than a few walks through the whole history. Exact whatever
/// the dates.
class WalkedAncestry final : public gates::Ancestry {
 public:
  WalkedAncestry(ReadLinks read, std::vector<gates::ObjectId> tips)
      : read_(std::move(read)), tips_(std::move(tips)), known_(read_) {}

  bool Holds(const gates::ObjectId& commit) override;

 private:
  bool Remembers(const gates::ObjectId& commit) const;

  /// Walks one commit on; false where there is none left.
  bool Grow();

  const ReadLinks read_;
  const std::vector<gates::ObjectId> tips_;
  Painting known_;  // kLeft: reached from a tip
  size_t tips_in_known_ = 0;
  bool was_asked_ = false;
};

}  // namespace git
