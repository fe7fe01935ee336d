#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gates/proof/change.h"

namespace gates {

/// Paths that changed in the folder of each work item, by item.
using ChangedItems = std::map<std::string, std::set<std::string>, std::less<>>;

/// Whether a folder lies on the way to the work items, or among them.
bool LeadsToItems(const std::string& path, const Rules& rules);

/// The items whose folder the range changes (a merge contributes only what
/// differs from all its parents), without exempt paths.
ChangedItems ItemsInRange(const Change& change);

/// The items whose folder differs between B and L, without exempt paths.
ChangedItems ItemsBetweenBaseAndLanding(const Change& change);

/// WORK_ITEM_INVALID for each name that was given as a work item and is no ID.
std::vector<Finding> FindInvalidItems(const std::vector<std::string>& given, const Rules& rules);

/// The work items that the change concerns, by name: `given` ones, those its
/// folders change, those its trailers name. Logs at L that record a failure
/// concern nobody when another item is concerned.
std::vector<std::string> ConcernedItems(const Change& change,
                                        const std::vector<std::string>& given);

}  // namespace gates
