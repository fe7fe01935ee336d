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
};

/// The policy of a commit: its .verdict.yml, or the built-in one where it has
/// none. Finding POLICY_INVALID, weighing CANNOT-EVALUATE.
tl::expected<SourcedPolicy, Finding> FindPolicy(const Root& root, TreeReader& reader);

}  // namespace gates
