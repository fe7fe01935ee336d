#pragma once

#include <span>
#include <string_view>

namespace gates {

/// Why a change may not land, or could not be judged. The names are public
/// (CONTRACT 7). The zero value is the worst one.
enum class Code {
  kInternal,
  kVerdictMissing,
  kVerdictNotAFile,
  kTreeMalformed,
  kVerdictTooLarge,
  kVerdictEncoding,
  kVerdictFrontmatter,
  kVerdictYaml,
  kVerdictKeyMissing,
  kVerdictKeyDuplicate,
  kVerdictToken,
  kVerdictFailed,
  kVerdictUnbound,
  kVerdictForeign,
  kStaleCode,
  kStaleBase,
  kMergeEvil,
  kMergeConflict,
  kWorkItemNone,
  kWorkItemInvalid,
  kRefDeleted,
  kRefRewritten,
  kRefForbidden,
  kWriterUnsigned,
  kWriterUntrusted,
  kWriterIsAuthor,
  kPolicyInvalid,
  kDocsNotUpdated,
  kDocsMissing,
  kPlaceholderUnresolved,
  kHistoryShallow,
  kObjectMissing,
  kRepositoryUnsupported,
  kRepositoryUnreadable,
  kInputMalformed,
};

/// How much a finding weighs, worst first.
enum class Weight { kCannotEvaluate, kBlock };

/// One row of the catalogue: what `git verdict explain CODE` and docs/reasons.md say.
struct Reason {
  Code code;
  std::string_view name;     // "VERDICT_MISSING"
  std::string_view group;    // "log", "proof", "change", "writer", "policy", "docs", "world"
  Weight weight;             // unless a finding says otherwise
  std::string_view meaning;  // one or two sentences each
  std::string_view why;
  std::string_view mend;
};

/// The catalogue, in the order of the contract.
std::span<const Reason> AllReasons();

const Reason& ReasonFor(Code code);

/// The row called `name`, or null.
const Reason* FindReason(std::string_view name);

}  // namespace gates
