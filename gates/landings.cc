#include "gates/landings.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/core/guard.h"
#include "gates/docs.h"
#include "gates/evidence.h"
#include "gates/proof/replay.h"
#include "gates/proof/verdict_log.h"
#include "gates/proof/work_items.h"

namespace gates {
namespace {

// A line that is cut at more places is refused, and steps are looked for in as many commits as
// judging the push as a whole a few times looks at: a push must not buy time from the server.
constexpr size_t kMostCuts = 2000;
constexpr size_t kMostRounds = 8;
constexpr size_t kCommitsForAll = 10'000;  // however short the push is

/// L's first-parent line, B first; empty where B is not on it.
std::vector<Commit> FirstParentLine(const Change& change) {
  std::vector<Commit> line{change.landing};
  for (size_t i = 0; i <= change.range.size(); ++i) {
    if (line.back().id == change.base.id) return {line.rbegin(), line.rend()};
    if (line.back().parents.empty()) break;
    line.push_back(RequireCommit(change.history(), line.back().parents[0]));
  }
  return {};
}

bool ChangesLog(const Change& change, const Commit& commit) {
  const Root parent = RootOf(RequireCommit(change.history(), commit.parents[0]));
  const auto visit = [&](const Difference& difference) {
    return change.rules.Place(difference.path).gate ? Walk::kStop : Walk::kOn;
  };
  const auto enter = [&](const std::string& path) { return LeadsToItems(path, change.rules); };
  return WalkDifferences(change.reader(), RootOf(commit), std::span(&parent, 1),
                         {.visit = visit, .enter = enter}) == Walk::kStop;
}

// What needs no validation may come behind the log: a document that the landing has to bring.
bool MayEndLanding(const Change& change, const Commit& commit) {
  return change.rules.policy().docs && change.KeepsContent(commit);
}

/// Where the line may be cut: B, the merges and the commits that change a log, L. Where the policy
/// has `docs`, commits that move no content as well.
std::vector<Commit> Cuts(const Change& change) {
  const std::vector<Commit> line = FirstParentLine(change);
  std::vector<Commit> cuts;
  for (const Commit& commit : line) {
    const bool is_end = commit.id == change.base.id || commit.id == change.landing.id;
    if (is_end || commit.parents.size() > 1 || ChangesLog(change, commit) ||
        MayEndLanding(change, commit))
      cuts.push_back(commit);
  }
  return cuts;
}

// What a step lands on must still be said at L: a failure recorded later in the
// same push is the last word on its item.
bool PassesAtLanding(const Change& whole, const std::string& item) {
  return std::ranges::all_of(whole.rules.policy().gates, [&](const GateRule& gate) {
    if (!gate.required || gate.excused) return true;
    const auto log = FindVerdictLog(whole.LandingRoot(), item, gate, whole.rules, whole.reader());
    return log && *log && (*log)->passed;
  });
}

bool AllPassAtLanding(const Change& whole, const std::vector<WorkItemReport>& items) {
  return std::ranges::all_of(
      items, [&](const WorkItemReport& item) { return PassesAtLanding(whole, item.id); });
}

// Git merges by moving the ref where it can: the same files as in a merge commit.
bool IsProtectedTip(const Change& change, ProtectedRefs& protected_refs) {
  return protected_refs.LeadTo(change.landing.id) &&
         change.history().Contains(change.landing.id, change.base.id);
}

bool IsMergeWithProtectedTip(const Change& change, ProtectedRefs& protected_refs) {
  const std::vector<ObjectId>& parents = change.landing.parents;
  if (parents.size() != 2 || parents[0] != change.base.id || !protected_refs.LeadTo(parents[1]))
    return false;
  const auto merged = MergeAgain(change.rules, change.bench, change.base,
                                 RequireCommit(change.history(), parents[1]),
                                 {.evidence = EvidenceIn::kProof, .witness = change.LandingRoot()});
  if (!merged) return false;
  return change.ContentOf(change.landing) == Content(*merged, change.rules, change.reader());
}

/// Searches for a way from B to L over the cuts.
class StepSearch {
 public:
  StepSearch(const Change& whole, const Asked& asked, ProtectedRefs& protected_refs,
             const std::vector<Commit>& cuts)
      : whole_(whole),
        asked_(asked),
        protected_refs_(protected_refs),
        cuts_(cuts),
        seen_(cuts.size()),
        commits_left_(kMostRounds * whole.range.size() + kCommitsForAll) {}

  /// The steps' outcome; where they do not reach L, what speaks against the
  /// rest behind the last one; nothing where that says less than the whole does.
  std::optional<GateOutcome> Run() {
    Way found = From(0);
    if (found.arrived) return std::move(found.outcome);
    if (furthest_ == 0) return std::move(stale_base_);
    GateOutcome rest = JudgeBetween(furthest_, cuts_.size() - 1);
    // A rest of no item's is more of the change before it.
    if (IsRefusedBy(rest, Code::kWorkItemNone)) return std::nullopt;
    return rest;
  }

 private:
  struct Way {
    bool arrived = false;
    GateOutcome outcome;
  };

  static bool IsRefusedBy(const GateOutcome& outcome, Code code) {
    return std::ranges::find(outcome.findings, code, &Finding::code) != outcome.findings.end();
  }

  GateOutcome JudgeBetween(size_t from, size_t to) {
    const Change change = MakeChange(whole_.rules, whole_.bench, cuts_[from].id, cuts_[to].id);
    commits_left_ -= std::min(commits_left_, change.range.size());
    GateOutcome step =
        JudgeStep(change, {.work_items = {}, .validated = asked_.validated}, Demand::kAsPolicy);
    if (step.proof != Proof::kNone) return step;
    const Proof merge = ProveMergeOfProtected(change, protected_refs_);
    return merge == Proof::kNone ? step
                                 : GateOutcome{.work_items = {}, .findings = {}, .proof = merge};
  }

  Way From(size_t at) {
    if (at + 1 == cuts_.size()) return {.arrived = true, .outcome = {{}, {}, Proof::kUnprotected}};
    if (seen_[at]) return {};
    seen_[at] = true;
    furthest_ = std::max(furthest_, at);
    for (size_t next = at + 1; next < cuts_.size() && commits_left_ > 0; ++next) {
      GateOutcome step = JudgeBetween(at, next);
      if (at == 0 && IsRefusedBy(step, Code::kStaleBase)) stale_base_ = step;
      if (step.proof == Proof::kNone || !AllPassAtLanding(whole_, step.work_items)) continue;
      Way rest = From(next);
      if (rest.arrived) return {.arrived = true, .outcome = Join(std::move(step), rest.outcome)};
    }
    return {};
  }

  static GateOutcome Join(GateOutcome first, const GateOutcome& rest) {
    first.proof = std::min(first.proof, rest.proof);
    std::ranges::copy(rest.work_items, std::back_inserter(first.work_items));
    return first;
  }

  const Change& whole_;
  const Asked& asked_;
  ProtectedRefs& protected_refs_;
  const std::vector<Commit>& cuts_;
  std::vector<bool> seen_;
  std::optional<GateOutcome> stale_base_;  // of a first step that was staged on an older base
  size_t furthest_ = 0;
  size_t commits_left_;
};

std::optional<GateOutcome> JudgeSteps(const Change& whole, const Asked& asked,
                                      ProtectedRefs& protected_refs) {
  const std::vector<Commit> cuts = Cuts(whole);
  if (cuts.size() < 3 || cuts.size() > kMostCuts) return std::nullopt;
  return StepSearch(whole, asked, protected_refs, cuts).Run();
}

// Whether L is a `git pull` of B into landings that are proven one by one where they were made.
bool PullsBaseIntoLandings(const Change& whole, const Asked& asked, ProtectedRefs& protected_refs) {
  const std::vector<ObjectId>& parents = whole.landing.parents;
  if (parents.size() != 2 || parents[1] != whole.base.id) return false;
  const std::vector<ObjectId> forks = whole.history().MergeBases(parents[0], parents[1]);
  if (forks.size() != 1) return false;
  Workbench bench(whole.bench.world);  // what it sees says nothing about `whole`
  const auto steps =
      JudgeSteps(MakeChange(whole.rules, bench, forks[0], parents[0]), asked, protected_refs);
  return steps && steps->proof != Proof::kNone && bench.reader.malformed().empty();
}

// Such landings need no staging of their sum: they can be made again on top of B.
void TellOfPull(const Change& whole, const Asked& asked, ProtectedRefs& protected_refs,
                std::vector<Finding>& findings) {
  const auto is_sum = [](const Finding& finding) {
    return finding.code == Code::kStaleCode || finding.code == Code::kMergeEvil;
  };
  if (!std::ranges::all_of(findings, is_sum)) return;
  const auto tell = [&]() -> std::vector<Finding> {
    if (!PullsBaseIntoLandings(whole, asked, protected_refs)) return {};
    for (Finding& finding : findings)
      finding.remedy = fmt::format(
          "undo this pull (`git reset --keep {}`), then `git pull --rebase=merges`: its landings "
          "were staged one by one; push what was staged along with them: "
          "`git push <remote> 'refs/verdicts/*:refs/verdicts/*'`",
          whole.landing.parents[0].hex12());
    return {};
  };
  (void)Guard(tell);  // who cannot tell has refused all the same
}

}  // namespace

Proof ProveMergeOfProtected(const Change& change, ProtectedRefs& protected_refs) {
  if (change.rules.policy().landing == Landing::kExact) return Proof::kNone;
  const bool as_merged =
      IsProtectedTip(change, protected_refs) || IsMergeWithProtectedTip(change, protected_refs);
  return as_merged && FindLogFaults(change).empty() ? Proof::kReplay : Proof::kNone;
}

GateOutcome JudgeLandings(const Change& whole, const Asked& asked, ProtectedRefs& protected_refs) {
  GateOutcome outcome = JudgeStep(whole, asked, Demand::kAsPolicy);
  if (outcome.proof != Proof::kNone) return outcome;
  // What was asked for by name is not to be had cheaper.
  for (const std::string& item : asked.work_items)
    if (!PassesAtLanding(whole, item)) return outcome;
  if (!FindMissingDocs(whole, asked.work_items).empty()) return outcome;
  if (const Proof proof = ProveMergeOfProtected(whole, protected_refs); proof != Proof::kNone)
    return {.work_items = {}, .findings = {}, .proof = proof};
  if (auto steps = JudgeSteps(whole, asked, protected_refs)) return *std::move(steps);
  TellOfPull(whole, asked, protected_refs, outcome.findings);
  return outcome;
}

}  // namespace gates
