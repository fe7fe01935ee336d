#pragma once

#include <algorithm>
#include <string_view>

namespace gates {

/// What may happen. Worst first: a forgotten initialiser refuses, and the
/// decision on several things is the smallest of theirs.
enum class Decision { kCannotEvaluate, kBlock, kAllow };

constexpr Decision Worst(Decision a, Decision b) { return std::min(a, b); }

/// "ALLOW", "BLOCK", "CANNOT-EVALUATE".
std::string_view Name(Decision decision);

/// Why a change may land, weakest first where strength counts (replay ...
/// evidence-only); kNone allows nothing.
enum class Proof {
  kNone,
  kReplay,
  kExempt,
  kExact,
  kEvidenceOnly,
  kNothingToLand,
  kCut,
  kFirstPush,
  kUnprotected,
};

/// "exact", "evidence-only", ...; empty for kNone.
std::string_view Name(Proof proof);

}  // namespace gates
