#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gates/core/object_id.h"
#include "gates/core/policy.h"
#include "gates/staging/fold.h"

namespace gates {

/// A verdict that is to be written down. All text is raw.
struct NewVerdict {
  GateRule gate;
  bool passed = false;
  std::string work_item;
  ObjectId validated;           // V
  std::int64_t written_at = 0;  // seconds since 1970
  std::string base_url;         // empty: none
  std::string results_digest;   // empty: the verdict was given, not folded
  std::optional<Folded> folded;
  std::string reasons;  // of a verdict that was given: Markdown of ours; empty: none

  const std::string& token() const { return passed ? gate.pass : gate.fail; }
};

/// Why the strict reader would not read this text back from one line, or nothing.
std::optional<std::string> FindLineFault(const std::string& text);

/// The verdict log that says it: frontmatter for the gate, a body for people. The
/// same verdict gives the same bytes.
std::string WriteVerdictLog(const NewVerdict& verdict);

}  // namespace gates
