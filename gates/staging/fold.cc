#include "gates/staging/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "gates/core/timestamp.h"

namespace gates {
namespace {

/// Every result of one id.
struct Answers {
  std::string id;
  std::set<Outcome> outcomes;
  std::set<std::string> names;
  std::set<std::string> details;
};

/// What decides about a failure.
struct Judge {
  const StagingRule& rule;
  Tolerance tolerance;
  std::int64_t now;
};

// A text that sorts as people count: C9 before C10, and labels behind all ids.
std::string PlaceOf(const std::string& id) {
  if (CheckIdOf(id + " label") != id) return "~" + id;
  const size_t end = std::min(id.find_first_not_of("0123456789", 1), id.size());
  return fmt::format("{}{:09}{}", id[0], end - 1, id.substr(1));
}

// By place: nothing may depend on the order in which the results came.
std::map<std::string, Answers> GroupedById(const std::vector<CheckResult>& results) {
  std::map<std::string, Answers> groups;
  for (const CheckResult& result : results) {
    Answers& answers = groups[PlaceOf(result.id)];
    answers.id = result.id;
    answers.outcomes.insert(result.outcome);
    answers.names.insert(result.name);
    if (!result.detail.empty()) answers.details.insert(result.detail);
  }
  return groups;
}

CheckResult MergedFrom(const Answers& answers) {
  CheckResult merged{answers.id, *answers.names.begin(), *answers.outcomes.begin(), ""};
  for (const std::string& detail : answers.details)
    merged.detail += (merged.detail.empty() ? "" : "\n") + detail;
  return merged;
}

const InfraCheck* EntryFor(const std::string& id, const StagingRule& rule) {
  const auto entry = std::ranges::find(rule.infra, id, &InfraCheck::check);
  return entry == rule.infra.end() ? nullptr : &*entry;
}

// Why a check counts that did not pass; empty where `entry` waives it.
std::string WhyItCounts(const Answers& answers, const InfraCheck* entry, const Judge& judge) {
  if (answers.outcomes.size() > 1) return "its results contradict each other";
  if (answers.outcomes.contains(Outcome::kUnknown)) return "what became of it is not known";
  if (!entry) return std::string(kRealCheck);
  if (judge.tolerance == Tolerance::kStrict || !judge.rule.infra_tolerance)
    return "infrastructure, but this run waives nothing";
  if (entry->expires && judge.now >= *entry->expires)
    return "its waiver expired " + WriteTimestamp(*entry->expires);
  return "";
}

std::string Checks(size_t count) { return fmt::format("{} check{}", count, count == 1 ? "" : "s"); }

std::string ReasonOf(const Folded& folded) {
  const std::string waived =
      folded.waived.empty() ? "" : fmt::format(", {} waived", folded.waived.size());
  const size_t not_passed = folded.waived.size() + folded.failed.size();
  if (folded.checks.empty()) return "there are no results";
  if (folded.passed) return Checks(folded.checks.size() - not_passed) + " passed" + waived;
  return fmt::format("{} of {} did not pass{}", folded.failed.size(), Checks(folded.checks.size()),
                     waived);
}

}  // namespace

Folded Fold(const std::vector<CheckResult>& results, const StagingRule& rule, Tolerance tolerance,
            std::int64_t now) {
  const Judge judge{rule, tolerance, now};
  Folded folded;
  for (const auto& [place, answers] : GroupedById(results)) {
    const CheckResult& check = folded.checks.emplace_back(MergedFrom(answers));
    if (answers.outcomes == std::set{Outcome::kPassed}) continue;
    const InfraCheck* entry = EntryFor(check.id, rule);
    const std::string why = WhyItCounts(answers, entry, judge);
    if (why.empty())
      folded.waived.push_back({check, *entry});
    else
      folded.failed.push_back({check, why});
  }
  folded.passed = !folded.checks.empty() && folded.failed.empty();
  folded.reason = ReasonOf(folded);
  return folded;
}

Folded FoldedFault(std::string reason) {
  Folded folded;
  folded.reason = std::move(reason);
  return folded;
}

}  // namespace gates
