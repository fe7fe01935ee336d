#include "gates/judge.h"

#include <algorithm>

#include "gates/core/guard.h"
#include "gates/evidence.h"
#include "gates/ref_rules.h"

namespace gates {
namespace {

/// What a change may land with.
enum class Demand { kAnyProof, kExactProof };

/// Judges one ref update and writes its report.
class UpdateJudge {
 public:
  UpdateJudge(const RefUpdate& update, const Question& question, TrustedSides& trusted,
              const World& world)
      : update_(update),
        question_(question),
        trusted_(trusted),
        world_(world),
        reader_(world.objects) {}

  UpdateReport Run() {
    report_.ref = update_.ref;
    report_.before = update_.before;
    report_.after = update_.after;
    report_.findings = Guard([&] { return JudgeByTrusted(); });
    // A tree that readers disagree about taints all that was seen through it.
    if (!reader_.malformed().empty()) report_.findings = reader_.malformed();
    if (!report_.findings.empty()) report_.proof = Proof::kNone;
    return std::move(report_);
  }

  /// The commit that a guarded ref would lead to.
  const std::optional<ObjectId>& landing() const { return landing_; }

 private:
  using Findings = std::vector<Finding>;

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
    rules_ = &(*trusted)->rules;
    report_.policy = (*trusted)->origin;
    return JudgeRef();
  }

  Findings JudgeRef() {
    if (auto finding = FindForbiddenName(update_, *rules_)) return {*std::move(finding)};
    if (!IsGuarded(update_, *rules_)) return Allow(Proof::kUnprotected);
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
    if (update_.ref && update_.ref->starts_with("refs/tags/"))
      return Refuse(Code::kRefRewritten, "a protected tag must not move", "make a new tag");
    if (!report_.base)
      return Refuse(Code::kRefRewritten, "the ref does not lead to a commit now",
                    "mend the ref on the server first");
    const ObjectId base = *report_.base;
    const bool proposed = question_.head == Head::kProposed;
    if (base == landing || (proposed && world_.history.Contains(base, landing)))
      return Allow(Proof::kNothingToLand);
    if (world_.history.Contains(landing, base))
      return JudgeLanding(base, landing, Demand::kAnyProof);
    // Merging the head into its moved base in memory belongs here.
    if (proposed)
      return Refuse(Code::kStaleBase, "the head does not contain its base, which moved on",
                    "merge the base into the head, or rebase it, and stage the result");
    return Refuse(Code::kRefRewritten, "a protected ref must only move forward",
                  "`git pull` first, then push what contains " + base.hex12());
  }

  Findings JudgeNewRef(const ObjectId& landing) {
    const NewRefStart start = FindNewRefStart(landing, *rules_, world_);
    if (start.allowed == Proof::kFirstPush) {
      Findings findings =
          FindProposedPolicyFault(nullptr, RequireCommit(world_.history, landing), reader_);
      return findings.empty() ? Allow(start.allowed) : findings;
    }
    if (start.allowed != Proof::kNone) return Allow(start.allowed);
    if (!start.base)
      return Refuse(Code::kRefRewritten, "no single commit is there to judge this new ref on",
                    "start it from the default branch");
    report_.base = start.base;
    return JudgeLanding(*start.base, landing, Demand::kExactProof);
  }

  Findings JudgeLanding(const ObjectId& base, const ObjectId& landing, Demand demand) {
    const Change change = MakeChange(*rules_, world_.history, reader_, base, landing);
    Findings findings = FindProposedPolicyFault(&change.base, change.landing, reader_);
    if (demand == Demand::kAnyProof && MovesNoContent(change)) {
      std::ranges::move(FindLogFaults(change), std::back_inserter(findings));
      return findings.empty() ? Allow(ProofOfEvidence(change)) : findings;
    }
    std::vector<Proof> proofs;
    for (const Gate& gate : AllGates()) {
      GateOutcome outcome = gate.judge(change, question_.asked);
      std::ranges::move(outcome.findings, std::back_inserter(findings));
      std::ranges::move(outcome.work_items, std::back_inserter(report_.work_items));
      proofs.push_back(outcome.proof);
    }
    return findings.empty() ? Allow(Weakest(proofs)) : findings;
  }

  const RefUpdate& update_;
  const Question& question_;
  TrustedSides& trusted_;
  const Rules* rules_ = nullptr;
  const World& world_;
  TreeReader reader_;
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
  for (Judged& judged : all) {
    UpdateReport& report = judged.report;
    if (!report.ref || report.before || !judged.landing || report.decision() != Decision::kBlock)
      continue;
    const bool is_cut = std::ranges::any_of(all, [&](const Judged& other) {
      return other.report.ref && other.landing == judged.landing &&
             other.report.decision() == Decision::kAllow;
    });
    if (!is_cut) continue;
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
  for (const RefUpdate& update : question.updates) {
    UpdateJudge judge(update, question, trusted, world);
    UpdateReport report = judge.Run();
    all.push_back({std::move(report), judge.landing()});
  }
  AllowCuts(all);
  std::vector<UpdateReport> reports;
  for (Judged& judged : all) reports.push_back(std::move(judged.report));
  return reports;
}

}  // namespace gates
