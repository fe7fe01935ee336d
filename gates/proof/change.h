#pragma once

#include <vector>

#include "gates/core/rules.h"
#include "gates/proof/content.h"
#include "gates/proof/workbench.h"

namespace gates {

/// What would land: L on top of B, with the git facts about both. L contains B.
struct Change {
  const Rules& rules;
  Workbench& bench;
  Commit base;                // B
  Commit landing;             // L; of a proposed merge nobody has made it yet
  ObjectId landing_name;      // what messages call L: itself, or the proposed head
  std::vector<Commit> range;  // reachable from L and not from B, children first

  const History& history() const { return bench.world.history; }
  TreeReader& reader() const { return bench.reader; }

  /// C(x) of CONTRACT 4.
  Content ContentOf(const Commit& commit) const { return {RootOf(commit), rules, reader()}; }

  /// Whether a commit, which has a parent, leaves the content of its first one as it is.
  bool KeepsContent(const Commit& commit) const;

  /// L's tree, by the name that messages give it.
  Root LandingRoot() const { return {landing.tree, landing_name}; }
};

/// Loads L and its range on B. Throws WorldError where a commit cannot be read.
Change MakeChange(const Rules& rules, Workbench& bench, const ObjectId& base,
                  const ObjectId& landing);

/// The commit, which must be one: a WorldError names what is there instead.
Commit RequireCommit(const History& history, const ObjectId& id);

/// Whether the change moves no content: C(L) == C(B), and every commit of the
/// range has the content of one of its parents. What a range changes and takes
/// back moves content all the same.
bool MovesNoContent(const Change& change);

}  // namespace gates
