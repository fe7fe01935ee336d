#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/core/decision.h"
#include "gates/core/finding.h"
#include "gates/core/object_id.h"
#include "gates/core/world.h"

namespace gates {

enum class GateState { kError, kUnsatisfied, kNotApplicable, kSatisfied };
enum class ValidatedBy { kNobody, kNamed, kGiven, kInferred };

std::string_view Name(GateState state);      // "SATISFIED", ...
std::string_view Name(ValidatedBy binding);  // "named", "given", "inferred"; empty for kNobody

/// What a single finding makes of a change.
Decision DecisionFor(const Finding& finding);

/// What one gate saw of one work item.
struct GateReport {
  std::string gate;
  GateState state = GateState::kError;
  std::string path;
  std::optional<ObjectId> blob;
  std::optional<std::string> token;
  std::optional<ObjectId> validated_sha;
  ValidatedBy validated_by = ValidatedBy::kNobody;
  Proof proof = Proof::kNone;  // kExact or kReplay where this log proves the landing
  std::optional<Signers>
      signed_by;  // nothing where the policy has no `writers`; else empty: nobody
};

struct WorkItemReport {
  std::string id;
  std::vector<GateReport> gates;  // in the policy's order
};

/// Where the judging policy came from: "built-in", "<sha>:.verdict.yml" or "file".
struct PolicyOrigin {
  std::string source = "built-in";
  std::optional<ObjectId> blob;
};

/// The judgement of one ref update. It stores no decision: that follows from
/// the findings and the proof, so the two cannot disagree.
struct UpdateReport {
  std::optional<std::string> ref;
  std::optional<ObjectId> before;  // "old": nothing where the door knows no old value
  std::optional<ObjectId> after;   // "new"
  std::optional<ObjectId> base;
  PolicyOrigin policy;
  Proof proof = Proof::kNone;
  std::vector<WorkItemReport> work_items;  // by id
  std::vector<Finding> findings;

  /// Worst finding; without findings ALLOW, but only with a proof.
  Decision decision() const;

  /// The worst finding, the first of equals; null where there is none.
  const Finding* worst() const;

  /// Its code; INTERNAL where there is none: a refusal without a finding is a fault of ours.
  Code code() const;
};

/// Everything one run judged. `findings` are faults outside any update.
struct Report {
  std::vector<UpdateReport> updates;
  std::vector<Finding> findings;

  /// Nothing where there was neither an update nor a fault: nothing was checked.
  std::optional<Decision> decision() const;
};

}  // namespace gates
