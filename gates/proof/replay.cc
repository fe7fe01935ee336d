#include "gates/proof/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

namespace gates {
namespace {

constexpr int kMostBaseMerges = 16;  // to make one merge base of several

Finding Conflict(const Commit& ours, const Commit& theirs, std::string path, std::string message) {
  Finding finding = MakeFinding(Code::kMergeConflict, std::move(message),
                                "merge the base into the branch, stage the result, record the "
                                "verdict");
  finding.path = std::move(path);
  finding.sha = theirs.id.hex();
  finding.expected = fmt::format("a clean merge of {} into {}", theirs.id.hex12(), ours.id.hex12());
  return finding;
}

/// The one tree to merge on. Several merge bases (a criss-cross) are merged into one first; to
/// pick one would let the others' changes be undone unseen.
class MergeBase {
 public:
  MergeBase(const Rules& rules, Workbench& bench, EvidenceIn evidence)
      : rules_(rules), bench_(bench), evidence_(evidence) {}

  tl::expected<Root, std::string> Of(const ObjectId& ours, const ObjectId& theirs) {
    return MergeAll(history().MergeBases(ours, theirs));
  }

 private:
  const History& history() const { return bench_.world.history; }

  tl::expected<Root, std::string> MergeAll(const std::vector<ObjectId>& ids) {
    if (ids.empty()) return No("the two have no history in common");
    std::vector<Commit> commits;
    for (const ObjectId& id : ids) commits.push_back(RequireCommit(history(), id));
    std::ranges::sort(commits, {}, &Commit::id);  // by nothing that an author writes
    tl::expected<Root, std::string> merged = RootOf(commits[0]);
    for (auto next = commits.begin() + 1; merged && next != commits.end(); ++next)
      merged = MergeNext(*merged, std::span(commits.begin(), next), *next);
    return merged;
  }

  tl::expected<Root, std::string> MergeNext(const Root& merged, std::span<const Commit> in_it,
                                            const Commit& next) {
    if (--merges_left_ < 0) return No("their histories cross more often than is merged again");
    const auto below = MergeAll(CommonAncestors(in_it, next));
    if (!below) return below;
    const auto both =
        MergeTrees({*below, merged, RootOf(next)}, {.evidence = evidence_, .witness = {}}, rules_,
                   bench_.reader, bench_.overlay, bench_.world.merging);
    if (!both) return No("their merge bases do not merge cleanly");
    return *both;
  }

  // The best common ancestors of `next` and of what would be the merge of `commits`.
  std::vector<ObjectId> CommonAncestors(std::span<const Commit> commits, const Commit& next) {
    std::set<ObjectId> common;
    for (const Commit& commit : commits)
      for (const ObjectId& id : history().MergeBases(commit.id, next.id)) common.insert(id);
    std::vector<ObjectId> best;
    std::ranges::copy_if(common, std::back_inserter(best), [&](const ObjectId& id) {
      return std::ranges::none_of(common, [&](const ObjectId& other) {
        return other != id && history().Contains(other, id);
      });
    });
    return best;
  }

  static tl::unexpected<std::string> No(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
  }

  const Rules& rules_;
  Workbench& bench_;
  EvidenceIn evidence_;
  int merges_left_ = kMostBaseMerges;
};

}  // namespace

tl::expected<Root, Finding> MergeAgain(const Rules& rules, Workbench& bench, const Commit& ours,
                                       const Commit& theirs, const MergeOptions& options) {
  const auto base = MergeBase(rules, bench, options.evidence).Of(ours.id, theirs.id);
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
  change.landing = {.id = merged->tree,
                    .tree = merged->tree,
                    .parents = {base, head},
                    .message = "",
                    .author_email = ""};
  change.range.insert(change.range.begin(), change.landing);
  return change;
}

}  // namespace gates
