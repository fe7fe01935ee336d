#pragma once

#include <random>

#include "tests/e2e/topology.h"

namespace e2e {

/// Random staged branches and random ways to land them, the same for the same seed.
class RandomChange {
 public:
  RandomChange(topology::Ground& ground, unsigned seed) : ground_(ground), random_(seed) {}

  /// One to three commits of `item` on a new branch, named after it, and its
  /// log; an honest one has a log that passes and binds.
  void StageBranch(const std::string& item, bool honest);

  /// Main moves, or not.
  void MaybeMoveBase();

  /// Lands the branch as one does who takes care; HEAD is what would land.
  void LandHonestly(const std::string& branch);

  /// Lands the branch with care, or not.
  void LandSomehow(const std::string& branch);

  /// Below `limit`.
  int Pick(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

 private:
  std::string PickFile();
  void Edit();
  void EditTree();
  void Record(const std::string& item, const ObjectId& validated);
  bool Try(const std::vector<std::string>& arguments);
  void Merge(const std::string& branch);

  topology::Ground& ground_;
  std::mt19937 random_;
};

}  // namespace e2e
