#include "gates/proof/landing_proof.h"

#include <fmt/format.h>

#include <algorithm>

namespace gates {
namespace {

constexpr size_t kPathsShown = 10;

/// What has to stand on top of B for V to have landed.
struct Expected {
  Content content;
  Proof strength;
};

std::string JoinPaths(const std::vector<std::string>& paths) {
  std::string joined;
  for (size_t i = 0; i < std::min(paths.size(), kPathsShown); ++i)
    joined += (joined.empty() ? "" : ", ") + paths[i];
  return joined + (paths.size() > kPathsShown ? ", ..." : "");
}

Finding StaleBase(const Change& change, const Commit& validated) {
  Finding finding = MakeFinding(
      Code::kStaleBase, "the base moved after staging: what was staged does not contain it",
      "merge or rebase onto the base, stage the result, record the verdict");
  finding.sha = change.landing.id.hex();
  finding.expected = fmt::format("a validated commit that contains {}", change.base.id.hex12());
  finding.found = validated.id.hex12();
  return finding;
}

// expected(V, B) of CONTRACT 4. Where V does not contain B, merging V into B
// again belongs here; until it does, such a V proves nothing.
tl::expected<Expected, Finding> ExpectedContent(const Change& change, const Commit& V,
                                                const Commit& B) {
  if (change.history.Contains(V.id, B.id)) return Expected{change.ContentOf(V), Proof::kExact};
  return tl::unexpected(StaleBase(change, V));
}

// An evil merge: one side brings what was validated, the merge itself adds to it.
bool IsEvilMerge(const Change& change, const Commit& validated) {
  const std::vector<ObjectId>& parents = change.landing.parents;
  return parents.size() > 1 && std::any_of(parents.begin() + 1, parents.end(), [&](auto& parent) {
           return change.ContentOf(RequireCommit(change.history, parent)) ==
                  change.ContentOf(validated);
         });
}

Finding Unproven(const Change& change, const Commit& validated, const Content& expected) {
  const bool evil = IsEvilMerge(change, validated);
  Finding finding =
      evil ? MakeFinding(Code::kMergeEvil, "the merge holds changes that neither side has",
                         "merge again without edits, or stage the merge itself")
           : MakeFinding(Code::kStaleCode, "what would land is not what staging validated",
                         fmt::format("stage {} and record its verdict, or land {}",
                                     change.landing.id.hex12(), validated.id.hex12()));
  finding.sha = change.landing.id.hex();
  finding.expected = fmt::format("the content of {}", validated.id.hex12());
  finding.found =
      "other bytes in " +
      JoinPaths(change.ContentOf(change.landing).PathsUnlike(expected, kPathsShown + 1));
  return finding;
}

}  // namespace

tl::expected<Proof, Finding> ProveLanding(const Change& change, const Commit& validated) {
  const auto C = [&](const Commit& commit) { return change.ContentOf(commit); };
  const Commit &L = change.landing, &B = change.base, &V = validated;

  const auto expected = ExpectedContent(change, V, B);
  if (!expected) return tl::unexpected(expected.error());
  if (C(L) == expected->content) return expected->strength;
  return tl::unexpected(Unproven(change, V, expected->content));
}

}  // namespace gates
