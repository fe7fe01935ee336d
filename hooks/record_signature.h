#pragma once

#include <optional>
#include <string>

#include "gates/core/world.h"
#include "hooks/record_log.h"

namespace hooks {

/// The signature of a log that is to be recorded.
struct LogSignature {
  std::string text;        // armored
  gates::Signers signers;  // whom it names; nobody where policy has no list of them
};

/// Signs the text of a new log with the key in this file. Refused where the policy has a list of
/// signers and would not let it count.
OrRefusal<LogSignature> SignLog(const Scene& scene, const gates::NewVerdict& verdict,
                                const std::string& text, const std::string& key, Process& process);

/// Whether the log at the tip is signed as the new one (nothing: not at all): by the same key, so
/// that it counts. One that counts will do where none is asked for.
bool IsSignedAlike(const Scene& scene, const Present& present,
                   const std::optional<LogSignature>& signature);

/// What the gate would have against the writer of the log in `commit`, where it lands on the
/// default branch as this repository knows it. A shallow one knows too little to tell.
std::optional<gates::Finding> FindObjection(const Scene& scene, const gates::NewVerdict& verdict,
                                            const gates::ObjectId& commit);

}  // namespace hooks
