#include "gates/proof/work_items.h"

#include <algorithm>

#include "gates/proof/trailers.h"
#include "gates/proof/verdict_log.h"

namespace gates {
namespace {

bool IsExemptOnAllSides(const Difference& difference, const Rules& rules) {
  const auto exempt = [&](const Side& side) {
    return !side.entry || rules.IsExempt(difference.path, *side.entry);
  };
  return exempt(difference.tip) && std::ranges::all_of(difference.others, exempt);
}

void CollectItems(const Change& change, const Root& tip, std::span<const Root> others,
                  ChangedItems& items) {
  const auto visit = [&](const Difference& difference) {
    const Placement placement = change.rules.Place(difference.path);
    if (!placement.work_item.empty() && !IsExemptOnAllSides(difference, change.rules))
      items[std::string(placement.work_item)].insert(difference.path);
    return Walk::kOn;
  };
  WalkDifferences(change.reader(), tip, others,
                  {.visit = visit, .enter = [&](const std::string& path) {
                     return LeadsToItems(path, change.rules);
                   }});
}

// Whether all that changed of an item are logs (and their signatures) that
// record a failure at L.
bool OnlyRecordsFailure(const std::set<std::string>& paths, const std::string& item,
                        const Change& change) {
  return std::ranges::all_of(paths, [&](const std::string& path) {
    const Placement placement = change.rules.Place(path);
    if (!placement.gate) return false;
    const auto log =
        FindVerdictLog(change.LandingRoot(), item, *placement.gate, change.rules, change.reader());
    return log && *log && !(*log)->passed;
  });
}

}  // namespace

bool LeadsToItems(const std::string& path, const Rules& rules) {
  const std::string& root = rules.policy().root;
  return path == root || root.starts_with(path + "/") || path.starts_with(root + "/");
}

ChangedItems ItemsInRange(const Change& change) {
  ChangedItems items;
  for (const Commit& commit : change.range) {
    std::vector<Root> parents;
    for (const ObjectId& parent : commit.parents)
      parents.push_back(RootOf(RequireCommit(change.history(), parent)));
    if (parents.empty()) parents.push_back({});
    CollectItems(change, RootOf(commit), parents, items);
  }
  return items;
}

ChangedItems ItemsBetweenBaseAndLanding(const Change& change) {
  ChangedItems items;
  const Root base = RootOf(change.base);
  CollectItems(change, change.LandingRoot(), std::span(&base, 1), items);
  return items;
}

std::vector<Finding> FindInvalidItems(const std::vector<std::string>& given, const Rules& rules) {
  std::vector<Finding> findings;
  for (const std::string& item : given) {
    if (rules.IsWorkItem(item)) continue;
    findings.push_back(MakeFinding(Code::kWorkItemInvalid, "this is no work item ID",
                                   "give an ID that the policy's work_items.id matches"));
    findings.back().work_item = item;
    findings.back().expected = rules.policy().id;
    findings.back().found = item;
  }
  return findings;
}

std::vector<std::string> ConcernedItems(const Change& change,
                                        const std::vector<std::string>& given) {
  std::set<std::string> concerned(given.begin(), given.end());
  for (const Commit& commit : change.range)
    for (const std::string& word : ReadTrailer(commit.message, change.rules.policy().trailer))
      if (change.rules.IsWorkItem(word)) concerned.insert(word);
  std::vector<std::string> failures;
  for (const auto& [item, paths] : ItemsInRange(change)) {
    if (OnlyRecordsFailure(paths, item, change))
      failures.push_back(item);
    else
      concerned.insert(item);
  }
  if (concerned.empty()) return failures;
  return {concerned.begin(), concerned.end()};
}

}  // namespace gates
