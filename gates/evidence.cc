#include "gates/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "gates/policy_source.h"
#include "gates/proof/verdict_log.h"
#include "gates/proof/work_items.h"
#include "gates/writers.h"

namespace gates {
namespace {

// A signature without a log is content.
std::optional<Finding> FindDeleted(const Change& change, const LogPlace& place) {
  const Found before = change.reader().Find(RootOf(change.base), PathOf(place, change.rules));
  if (before.kind == Found::Kind::kAbsent) return std::nullopt;
  Finding finding = MakeFinding(Code::kVerdictMissing, "a verdict log must not be deleted",
                                "keep the log; record a new verdict over it when it is outdated");
  finding.path = PathOf(place, change.rules);
  finding.sha = change.landing_name.hex();
  return finding;
}

std::optional<Finding> FindLogFault(const Change& change, const LogPlace& place) {
  const auto log = FindWrittenLog(change, place);
  if (!log) return log.error();
  if (!*log) return FindDeleted(change, place);
  const auto writer = FindWriter(change, place, **log);
  return writer ? std::nullopt : std::optional(writer.error());
}

// A log whose signature alone changed is another one to who asks for its writer.
std::set<const GateRule*> GatesOf(const std::set<std::string>& paths, const Rules& rules) {
  std::set<const GateRule*> gates;
  for (const std::string& path : paths) {
    const Placement placement = rules.Place(path);
    if (!placement.gate || placement.gate->excused) continue;
    if (rules.policy().writers || !placement.is_signature) gates.insert(placement.gate);
  }
  return gates;
}

std::vector<Finding> FindFaultsWhere(const Change& change,
                                     const std::function<bool(const LogPlace&)>& asked) {
  std::vector<Finding> findings;
  for (const auto& [item, paths] : ItemsBetweenBaseAndLanding(change))
    for (const GateRule* gate : GatesOf(paths, change.rules)) {
      const LogPlace place{item, *gate};
      auto finding = asked(place) ? FindLogFault(change, place) : std::nullopt;
      if (!finding) continue;
      finding->gate = gate->id;
      finding->work_item = item;
      findings.push_back(*std::move(finding));
    }
  const auto gate_order = [&](const Finding& finding) {
    return change.rules.policy().FindGate(finding.gate);
  };
  std::ranges::stable_sort(findings, {}, gate_order);
  return findings;
}

bool IsSameAt(std::string_view path, const Root& a, const Root& b, TreeReader& reader) {
  const Found one = reader.Find(a, path), other = reader.Find(b, path);
  return one.kind == other.kind && one.mode == other.mode && one.id == other.id;
}

}  // namespace

std::vector<Finding> FindLogFaults(const Change& change) {
  return FindFaultsWhere(change, [](const LogPlace&) { return true; });
}

std::vector<Finding> FindOtherLogFaults(const Change& change,
                                        const std::vector<std::string>& concerned) {
  if (!change.rules.policy().writers) return {};
  return FindFaultsWhere(change, [&](const LogPlace& place) {
    if (std::ranges::find(concerned, place.work_item) == concerned.end()) return true;
    const Found log = change.reader().Find(change.LandingRoot(), PathOf(place, change.rules));
    return !place.gate.required && log.kind == Found::Kind::kAbsent;
  });
}

Proof ProofOfEvidence(const Change& change) {
  const auto visit = [&](const Difference& difference) {
    return IsEvidenceOnAllSides(difference, change.rules, change.reader().objects()) ? Walk::kOn
                                                                                     : Walk::kStop;
  };
  const Root base = RootOf(change.base);
  const Walk walk =
      WalkDifferences(change.reader(), change.LandingRoot(), std::span(&base, 1), {.visit = visit});
  return walk == Walk::kStop ? Proof::kExempt : Proof::kEvidenceOnly;
}

std::vector<Finding> FindProposedPolicyFault(const Rules& judging, const Commit* base,
                                             const Root& landing, TreeReader& reader) {
  if (reader.Find(landing, Policy::kPath).kind == Found::Kind::kAbsent) return {};
  if (base && IsSameAt(Policy::kPath, RootOf(*base), landing, reader)) {
    const auto& writers = judging.policy().writers;
    if (!writers || IsSameAt(writers->allowed_signers, RootOf(*base), landing, reader)) return {};
  }
  auto policy = FindPolicy(landing, reader);
  if (policy) return {};
  policy.error().weight = Weight::kBlock;
  return {policy.error()};
}

}  // namespace gates
