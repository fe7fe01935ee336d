#include "gates/evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/policy_source.h"
#include "gates/proof/verdict_log.h"
#include "gates/proof/work_items.h"

namespace gates {
namespace {

Finding Deleted(const Change& change, const std::string& path) {
  Finding finding = MakeFinding(Code::kVerdictMissing, "a verdict log must not be deleted",
                                "keep the log; record a new verdict over it when it is outdated");
  finding.path = path;
  finding.sha = change.landing_name.hex();
  return finding;
}

std::optional<Finding> FindLogFault(const Change& change, const std::string& path) {
  const Placement placement = change.rules.Place(path);
  if (!placement.gate || placement.is_signature) return std::nullopt;
  const std::string item(placement.work_item);
  const auto log =
      FindVerdictLog(change.LandingRoot(), item, *placement.gate, change.rules, change.reader());
  if (log && *log) return std::nullopt;
  Finding finding = log ? Deleted(change, path) : log.error();
  finding.gate = placement.gate->id;
  finding.work_item = item;
  return finding;
}

}  // namespace

std::vector<Finding> FindLogFaults(const Change& change) {
  std::vector<Finding> findings;
  for (const auto& [item, paths] : ItemsBetweenBaseAndLanding(change))
    for (const std::string& path : paths)
      if (auto finding = FindLogFault(change, path)) findings.push_back(*std::move(finding));
  const auto gate_order = [&](const Finding& finding) {
    return change.rules.policy().FindGate(finding.gate);
  };
  std::ranges::stable_sort(findings, {}, gate_order);
  return findings;
}

Proof ProofOfEvidence(const Change& change) {
  const auto visit = [&](const Difference& difference) {
    const auto is_evidence = [&](const Side& side) {
      return !side.entry ||
             IsEvidence(difference.path, side, change.rules, change.reader().objects());
    };
    return is_evidence(difference.tip) && is_evidence(difference.others[0]) ? Walk::kOn
                                                                            : Walk::kStop;
  };
  const Root base = RootOf(change.base);
  const Walk walk =
      WalkDifferences(change.reader(), change.LandingRoot(), std::span(&base, 1), {.visit = visit});
  return walk == Walk::kStop ? Proof::kExempt : Proof::kEvidenceOnly;
}

std::vector<Finding> FindProposedPolicyFault(const Commit* base, const Root& landing,
                                             TreeReader& reader) {
  const Found proposed = reader.Find(landing, Policy::kPath);
  if (proposed.kind == Found::Kind::kAbsent) return {};
  if (base) {
    const Found current = reader.Find(RootOf(*base), Policy::kPath);
    if (current.kind == proposed.kind && current.mode == proposed.mode && current.id == proposed.id)
      return {};
  }
  auto policy = FindPolicy(landing, reader);
  if (policy) return {};
  policy.error().weight = Weight::kBlock;
  return {policy.error()};
}

}  // namespace gates
