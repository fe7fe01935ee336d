#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/core/object_id.h"
#include "gates/core/report.h"

namespace CLI {
class App;
}

namespace hooks {

/// A head that might be merged, as the command line names it.
struct Proposal {
  std::string base;  // empty: the merge target
  std::string head = "HEAD";
  std::string ref;  // empty: treated as protected
  std::string policy_from;
  std::string validated_sha;
  std::vector<std::string> work_items;
  std::vector<std::string> required_gates;
};

/// Adds --base, --head, --work-item, --require, --validated-sha and --policy-from.
void AddProposalOptions(CLI::App& app, Proposal& proposal);

/// Throws UsageError for what could never be judged, whatever the repository.
void RequireSensible(const Proposal& proposal);

/// Judges what merging the head into its base would land, in the repository at the current
/// directory.
gates::Report JudgeProposal(const Proposal& proposal);

}  // namespace hooks
