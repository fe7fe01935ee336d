#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/core/object_id.h"
#include "gates/core/report.h"
#include "hooks/command.h"

namespace hooks {

/// A head that might be merged, as the command line names it.
struct Proposal {
  std::string base;  // empty: what the CI job says, else the merge target
  std::string head;  // empty: what the CI job says, else HEAD
  std::string ref;   // empty: what the CI job says, else treated as protected
  std::string policy_from;
  std::string validated_sha;
  std::vector<std::string> work_items;
  std::vector<std::string> required_gates;
  std::vector<std::string> excused_gates;  // whose logs are not looked at
};

/// Adds --base, --head, --work-item, --require, --validated-sha and --policy-from.
void AddProposalOptions(CommandLine& line, Proposal& proposal);

/// Throws UsageError for what could never be judged, whatever the repository.
void RequireSensible(const Proposal& proposal);

/// Judges what merging the head into its base would land, in the repository at the current
/// directory. Says on stderr what it takes from the variables of a CI job.
gates::Report JudgeProposal(const Proposal& proposal, Process& process);

}  // namespace hooks
