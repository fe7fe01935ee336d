#pragma once

#include <vector>

#include "hooks/git/painting.h"

namespace git {

/// Whether `ancestor` is reachable from one of `tips`, or one of them. Exact whatever the dates.
bool Reaches(const ReadLinks& read, const std::vector<gates::ObjectId>& tips,
             const gates::ObjectId& ancestor);

/// The commits reachable from `tip` and not from `excluded`, children first. Never
/// lacks one; exact where no commit is dated before its parents. Dates that lie may add some.
std::vector<gates::ObjectId> CommitsBetween(const ReadLinks& read, const gates::ObjectId& tip,
                                            const gates::ObjectId& excluded);

/// Every common ancestor that no other common ancestor reaches, newest first.
/// Exact whatever the dates.
std::vector<gates::ObjectId> BestCommonAncestors(const ReadLinks& read, const gates::ObjectId& a,
                                                 const gates::ObjectId& b);

}  // namespace git
