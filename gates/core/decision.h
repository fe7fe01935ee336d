#pragma once

#include <algorithm>
#include <span>
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

/// The weakest of several proofs; of none at all kNone.
constexpr Proof Weakest(std::span<const Proof> proofs) {
  return proofs.empty() ? Proof::kNone : *std::min_element(proofs.begin(), proofs.end());
}

/// "exact", "evidence-only", ...; empty for kNone.
std::string_view Name(Proof proof);

}  // namespace gates
