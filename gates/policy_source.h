#pragma once

#include <optional>
#include <tl/expected.hpp>

#include "gates/core/policy.h"
#include "gates/core/report.h"
#include "gates/proof/tree_reader.h"

namespace gates {

/// A policy and where it stood.
struct SourcedPolicy {
  Policy policy;
  PolicyOrigin origin;
  std::string allowed_signers = "";  // the text of the file that `writers` names
};

constexpr std::uint64_t kSignersBytes = 1024 * 1024;

/// POLICY_INVALID for a file of allowed signers that is not what it should be.
Finding BadSigners(const std::string& path, std::string expected, std::string found);

/// The policy of a commit: its .verdict.yml with the signers that it names, or
/// the built-in one where it has none. Finding POLICY_INVALID, weighing
/// CANNOT-EVALUATE.
tl::expected<SourcedPolicy, Finding> FindPolicy(const Root& root, TreeReader& reader);

}  // namespace gates
