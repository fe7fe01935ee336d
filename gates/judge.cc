#include "gates/judge.h"

#include <algorithm>
#include <unordered_set>

#include "gates/core/guard.h"
#include "gates/evidence.h"
#include "gates/landings.h"
#include "gates/proof/replay.h"
#include "gates/proof/work_items.h"
#include "gates/ref_rules.h"

namespace gates {
namespace {

/// Judges one ref update and writes its report.
class UpdateJudge {
 public:
  UpdateJudge(const RefUpdate& update, const Question& question, TrustedSides& trusted,
              const World& world, KeptTrees kept)
      : update_(update),
        moved_(update),
        question_(question),
        trusted_(trusted),
        world_(world),
        bench_(world, std::move(kept)) {}

  UpdateReport Run() {
    report_.ref = update_.ref;
    report_.before = update_.before;
    report_.after = update_.after;
    report_.findings = Guard([&] { return JudgeByTrusted(); });
    // A tree that readers disagree about taints all that was seen through it.
    if (!bench_.reader.malformed().empty()) KeepOnlyTaint();
    if (!report_.findings.empty()) report_.proof = Proof::kNone;
    return std::move(report_);
  }

  /// The commit that a guarded ref would lead to.
  const std::optional<ObjectId>& landing() const { return landing_; }

  /// What was read, so that the next update need not read it again.
  KeptTrees ReleaseTrees() { return bench_.ReleaseTrees(); }

 private:
  using Findings = std::vector<Finding>;

  const Rules& rules() const { return side_->rules; }

  // What could not be evaluated stays beside it: it weighs more.
  void KeepOnlyTaint() {
    std::erase_if(report_.findings,
                  [](const Finding& finding) { return finding.weight == Weight::kBlock; });
    std::ranges::copy(bench_.reader.malformed(), std::back_inserter(report_.findings));
  }

  Findings Allow(Proof proof) {
    report_.proof = proof;
    return {};
  }

  Findings Refuse(Code code, std::string message, std::string remedy) {
    Finding finding = MakeFinding(code, std::move(message), std::move(remedy));
    if (update_.after) finding.sha = update_.after->hex();
    return {std::move(finding)};
  }

  Findings JudgeByTrusted() {
    const auto trusted = trusted_.For(update_.before);
    if (!trusted) return {trusted.error()};
    side_ = *trusted;
    report_.policy = side_->origin;
    return JudgeRef();
  }

  // Under two names where the ref is a symbolic one: its own, and that of the ref
  // which moves with it.
  Findings JudgeRef() {
    if (update_.ref) moved_.ref = world_.refs.MovedBy(*update_.ref);
    std::vector<RefUpdate> names{update_};
    if (moved_.ref != update_.ref) names.push_back(moved_);
    for (const RefUpdate& name : names)
      if (auto finding = FindForbiddenName(name, rules())) return {*std::move(finding)};
    // Before all that allows without a proof: a check that was asked for and never ran is no yes.
    if (auto findings = FindInvalidItems(question_.asked.work_items, rules()); !findings.empty())
      return findings;
    const auto is_guarded = [&](const RefUpdate& name) { return IsGuarded(name, rules()); };
    if (std::ranges::none_of(names, is_guarded)) return Allow(Proof::kUnprotected);
    if (world_.history.IsShallow())
      return Refuse(Code::kHistoryShallow, "this clone does not hold the whole history",
                    "`git fetch --unshallow`; in CI `fetch-depth: 0` (GitLab: `GIT_DEPTH: 0`)");
    if (!update_.after)
      return Refuse(Code::kRefDeleted, "a protected ref must not be deleted",
                    "take it off the policy's protected list first");
    landing_ = world_.history.Peel(*update_.after);
    if (!landing_)
      return Refuse(Code::kRefForbidden, "a protected ref must lead to a commit",
                    "push a commit, or a tag of one");
    return update_.before ? JudgeMove(*landing_) : JudgeNewRef(*landing_);
  }

  Findings JudgeMove(const ObjectId& landing) {
    report_.base = world_.history.Peel(*update_.before);
    if (*update_.before == *update_.after) return Allow(Proof::kNothingToLand);
    if (moved_.ref && moved_.ref->starts_with("refs/tags/"))
      return Refuse(Code::kRefRewritten, "a protected tag must not move", "make a new tag");
    if (!report_.base)
      return Refuse(Code::kRefRewritten, "the ref does not lead to a commit now",
                    "mend the ref on the server first");
    const ObjectId base = *report_.base;
    const bool proposed = question_.head == Head::kProposed;
    if (base == landing || (proposed && world_.history.Contains(base, landing)))
      return Allow(Proof::kNothingToLand);
    if (world_.history.Contains(landing, base))
      return JudgeLanding(base, landing, Demand::kAsPolicy);
    if (proposed) return JudgeProposed(base, landing);
    return Refuse(Code::kRefRewritten, "a protected ref must only move forward",
                  "`git pull` first, then push what contains " + base.hex12());
  }

  Findings JudgeNewRef(const ObjectId& landing) {
    const NewRefStart start = FindNewRefStart(landing, rules(), side_->protected_refs, world_);
    if (start.allowed == Proof::kFirstPush) {
      Findings findings = FindProposedPolicyFault(
          rules(), nullptr, RootOf(RequireCommit(world_.history, landing)), bench_.reader);
      return findings.empty() ? Allow(start.allowed) : findings;
    }
    if (start.allowed != Proof::kNone) return Allow(start.allowed);
    if (!start.base) return RefuseBaseless();
    report_.base = start.base;
    return JudgeLanding(*start.base, landing, Demand::kExactProof);
  }

  Findings RefuseBaseless() {
    const std::string& name = rules().default_branch();
    if (!name.empty() && world_.refs.Find(name))
      return Refuse(Code::kRefRewritten, "no single commit is there to judge this new ref on",
                    "start it from the default branch");
    return Refuse(Code::kRefRewritten,
                  "a new protected ref is judged on the default branch, and none is known here",
                  "`git config --replace-all remote.<remote>.fetch "
                  "'+refs/heads/*:refs/remotes/<remote>/*'`, `git fetch <remote>` and `git remote "
                  "set-head <remote> --auto`; on a server point HEAD at a branch that is there");
  }

  Findings JudgeProposed(const ObjectId& base, const ObjectId& head) {
    const auto change = MakeProposedChange(rules(), bench_, base, head);
    if (!change) return {change.error()};
    return Conclude(*change, JudgeStep(*change, question_.asked, Demand::kAsPolicy));
  }

  Findings JudgeLanding(const ObjectId& base, const ObjectId& landing, Demand demand) {
    const Change change = MakeChange(rules(), bench_, base, landing);
    return Conclude(change, demand == Demand::kAsPolicy
                                ? JudgeLandings(change, question_.asked, side_->protected_refs)
                                : JudgeStep(change, question_.asked, demand));
  }

  Findings Conclude(const Change& change, GateOutcome outcome) {
    Findings findings =
        FindProposedPolicyFault(rules(), &change.base, change.LandingRoot(), bench_.reader);
    std::ranges::move(outcome.findings, std::back_inserter(findings));
    report_.work_items = std::move(outcome.work_items);
    return findings.empty() ? Allow(outcome.proof) : findings;
  }

  const RefUpdate& update_;
  RefUpdate moved_;
  const Question& question_;
  TrustedSides& trusted_;
  TrustedSide* side_ = nullptr;
  const World& world_;
  Workbench bench_;
  UpdateReport report_;
  std::optional<ObjectId> landing_;
};

/// A report, and what the judging saw that the report does not show.
struct Judged {
  UpdateReport report;
  std::optional<ObjectId> landing;  // `after`, peeled; only of guarded refs
};

// A new protected ref may start where an allowed update of this push has put
// another one.
void AllowCuts(std::vector<Judged>& all) {
  std::unordered_set<ObjectId, ObjectIdHash> allowed;
  for (const Judged& judged : all)
    if (judged.report.ref && judged.landing && judged.report.decision() == Decision::kAllow)
      allowed.insert(*judged.landing);
  for (Judged& judged : all) {
    UpdateReport& report = judged.report;
    if (!report.ref || report.before || !judged.landing || !allowed.contains(*judged.landing) ||
        report.decision() != Decision::kBlock)
      continue;
    report.findings.clear();
    report.work_items.clear();
    report.base.reset();
    report.proof = Proof::kCut;
  }
}

}  // namespace

std::vector<UpdateReport> Judge(const Question& question, TrustedSides& trusted,
                                const World& world) {
  std::vector<Judged> all;
  KeptTrees kept;
  for (const RefUpdate& update : question.updates) {
    UpdateJudge judge(update, question, trusted, world, std::move(kept));
    UpdateReport report = judge.Run();
    all.push_back({std::move(report), judge.landing()});
    kept = judge.ReleaseTrees();
  }
  AllowCuts(all);
  std::vector<UpdateReport> reports;
  for (Judged& judged : all) reports.push_back(std::move(judged.report));
  return reports;
}

}  // namespace gates
