#include "gates/proof/landing_proof.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/proof/replay.h"

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

// expected(V, B) of CONTRACT 4: C(V) when V contains B, else C of merging V
// into B again. L is the witness where more than one clean result is right.
tl::expected<Expected, Finding> ExpectedContent(const Change& change, const Commit& V,
                                                const Commit& B) {
  const auto C = [&](const Root& root) { return Content(root, change.rules, change.reader()); };
  const Content validated = C(RootOf(V));
  if (change.history().Contains(V.id, B.id)) return Expected{validated, Proof::kExact};
  const auto merged = MergeAgain(change.rules, change.bench, B, V,
                                 {.evidence = EvidenceIn::kProof, .witness = change.LandingRoot()});
  if (!merged) return tl::unexpected(merged.error());
  return Expected{C(*merged), C(*merged) == validated ? Proof::kExact : Proof::kReplay};
}

// An evil merge: one side brings what was validated, the merge itself adds to it.
bool IsEvilMerge(const Change& change, const Commit& validated) {
  const std::vector<ObjectId>& parents = change.landing.parents;
  return parents.size() > 1 && std::any_of(parents.begin() + 1, parents.end(), [&](auto& parent) {
           return change.ContentOf(RequireCommit(change.history(), parent)) ==
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
                                     change.landing_name.hex12(), validated.id.hex12()));
  finding.sha = change.landing_name.hex();
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
