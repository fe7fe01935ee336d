#include "gates/proof/change.h"

#include <algorithm>

namespace gates {

Commit RequireCommit(const History& history, const ObjectId& id) {
  if (auto commit = history.FindCommit(id)) return *std::move(commit);
  throw WorldError(Code::kRepositoryUnreadable, "this object is no commit",
                   "run `git fsck`: a commit was promised here", id.hex());
}

bool Change::KeepsContent(const Commit& commit) const {
  return ContentOf(commit) == ContentOf(RequireCommit(history(), commit.parents[0]));
}

Change MakeChange(const Rules& rules, Workbench& bench, const ObjectId& base,
                  const ObjectId& landing) {
  const History& history = bench.world.history;
  Change change{rules,   bench, RequireCommit(history, base), RequireCommit(history, landing),
                landing, {}};
  for (const ObjectId& id : history.Range(landing, base))
    change.range.push_back(RequireCommit(history, id));
  return change;
}

bool MovesNoContent(const Change& change) {
  if (!(change.ContentOf(change.landing) == change.ContentOf(change.base))) return false;
  return std::ranges::all_of(change.range, [&](const Commit& commit) {
    return std::ranges::any_of(commit.parents, [&](const ObjectId& parent) {
      return change.ContentOf(commit) == change.ContentOf(RequireCommit(change.history(), parent));
    });
  });
}

}  // namespace gates
