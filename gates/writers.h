#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/proof/change.h"
#include "gates/proof/verdict_log.h"

// The policy's section `writers`: whose signature makes a verdict log count.
// Where the policy has none, nobody is asked and nothing is read.

namespace gates {

/// A place in the work items where a log stands, or should.
struct LogPlace {
  std::string work_item;
  const GateRule& gate;
};

std::string PathOf(const LogPlace& place, const Rules& rules);

/// The log at L as FindVerdictLog reads it. Of a signed one, what shows that it
/// was made for another item or gate is WRITER_UNTRUSTED.
tl::expected<std::optional<VerdictLog>, Finding> FindWrittenLog(const Change& change,
                                                                const LogPlace& place);

/// Who signed a log at L. Nobody, where policy lets logs be unsigned, and where a gate that is not
/// required has the log since before B. Finding WRITER_UNSIGNED, WRITER_UNTRUSTED or
/// WRITER_IS_AUTHOR; throws WorldError where it cannot be told.
tl::expected<Signers, Finding> FindWriter(const Change& change, const LogPlace& place,
                                          const VerdictLog& log);

}  // namespace gates
