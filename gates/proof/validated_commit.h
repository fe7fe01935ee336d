#pragma once

#include <optional>
#include <tl/expected.hpp>

#include "gates/core/report.h"
#include "gates/proof/change.h"
#include "gates/proof/verdict_log.h"

namespace gates {

/// V, the commit that staging validated, and who says so.
struct ValidatedCommit {
  Commit commit;
  ValidatedBy by = ValidatedBy::kNobody;
};

/// Binds a log at L to V: named in the log, `given` by a trusted caller, or
/// inferred from the commit that set the log. Finding VERDICT_UNBOUND; throws
/// WorldError (OBJECT_MISSING) where V is not in the repository.
tl::expected<ValidatedCommit, Finding> FindValidatedCommit(const Change& change,
                                                           const VerdictLog& log,
                                                           const std::optional<ObjectId>& given);

}  // namespace gates
