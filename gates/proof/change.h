#pragma once

#include <optional>
#include <vector>

#include "gates/core/rules.h"
#include "gates/core/world.h"
#include "gates/proof/content.h"

namespace gates {

/// What would land: L on top of B, with the git facts about both. L contains B.
struct Change {
  const Rules& rules;
  const History& history;
  TreeReader& reader;
  Commit base;                // B
  Commit landing;             // L
  std::vector<Commit> range;  // reachable from L and not from B, children first

  /// C(x) of CONTRACT 4.
  Content ContentOf(const Commit& commit) const { return {RootOf(commit), rules, reader}; }
};

/// Loads L and its range on B. Throws WorldError where a commit cannot be read.
Change MakeChange(const Rules& rules, const History& history, TreeReader& reader,
                  const ObjectId& base, const ObjectId& landing);

/// The commit, which must be one: a WorldError names what is there instead.
Commit RequireCommit(const History& history, const ObjectId& id);

/// Whether the change moves no content: C(L) == C(B), and every commit of the
/// range has the content of one of its parents. What a range changes and takes
/// back moves content all the same.
bool MovesNoContent(const Change& change);

}  // namespace gates
