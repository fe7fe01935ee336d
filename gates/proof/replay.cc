#include "gates/proof/replay.h"

#include <fmt/format.h>

namespace gates {
namespace {

Finding Conflict(const Commit& ours, const Commit& theirs, std::string path, std::string message) {
  Finding finding = MakeFinding(Code::kMergeConflict, std::move(message),
                                "merge the base into the branch, stage the result, record the "
                                "verdict");
  finding.path = std::move(path);
  finding.sha = theirs.id.hex();
  finding.expected = fmt::format("a clean merge of {} into {}", theirs.id.hex12(), ours.id.hex12());
  return finding;
}

// The one tree to merge on. Of two merge bases (a criss-cross) it is their own
// merge; to pick one would let the other's changes be undone unseen.
tl::expected<Root, std::string> FindMergeBase(const Rules& rules, Workbench& bench,
                                              const ObjectId& ours, const ObjectId& theirs) {
  const History& history = bench.world.history;
  const std::vector<ObjectId> bases = history.MergeBases(ours, theirs);
  if (bases.empty()) return tl::unexpected(std::string("the two have no history in common"));
  const Commit first = RequireCommit(history, bases[0]);
  if (bases.size() == 1) return RootOf(first);
  const Commit second = RequireCommit(history, bases[1]);
  const std::vector<ObjectId> below = history.MergeBases(first.id, second.id);
  if (bases.size() > 2 || below.size() != 1)
    return tl::unexpected(std::string("their histories cross more often than is merged again"));
  const auto merged =
      MergeTrees({RootOf(RequireCommit(history, below[0])), RootOf(first), RootOf(second)},
                 {.evidence = EvidenceIn::kProof, .witness = {}}, rules, bench.reader,
                 bench.overlay, bench.world.merging);
  if (!merged) return tl::unexpected(std::string("their two merge bases do not merge cleanly"));
  return *merged;
}

}  // namespace

tl::expected<Root, Finding> MergeAgain(const Rules& rules, Workbench& bench, const Commit& ours,
                                       const Commit& theirs, const MergeOptions& options) {
  const auto base = FindMergeBase(rules, bench, ours.id, theirs.id);
  if (!base) return tl::unexpected(Conflict(ours, theirs, "", base.error()));
  auto merged = MergeTrees({*base, RootOf(ours), RootOf(theirs)}, options, rules, bench.reader,
                           bench.overlay, bench.world.merging);
  if (!merged)
    return tl::unexpected(
        Conflict(ours, theirs, merged.error(), "both sides changed this, and not alike"));
  return *merged;
}

tl::expected<Change, Finding> MakeProposedChange(const Rules& rules, Workbench& bench,
                                                 const ObjectId& base, const ObjectId& head) {
  Change change = MakeChange(rules, bench, base, head);
  const auto merged = MergeAgain(rules, bench, change.base, change.landing,
                                 {.evidence = EvidenceIn::kLanding, .witness = {}});
  if (!merged) return tl::unexpected(merged.error());
  // A merge that nobody has made: named after its tree, which no commit is.
  change.landing = {
      .id = merged->tree, .tree = merged->tree, .parents = {base, head}, .message = ""};
  change.range.insert(change.range.begin(), change.landing);
  return change;
}

}  // namespace gates
