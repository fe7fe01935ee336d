#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gates/proof/verdict_log.h"
#include "gates/staging/log_text.h"
#include "hooks/record_scene.h"

namespace hooks {

template <class T>
using OrRefusal = tl::expected<T, Refusal>;

/// The log at the tip, and the signature beside it.
struct Present {
  std::optional<std::string> text;
  std::optional<std::string> signature;
  std::optional<gates::VerdictLog> log;  // nothing for a broken one

  /// When it was written, where it says so.
  std::optional<std::int64_t> time() const;
};

OrRefusal<Present> FindPresent(const Scene& scene, const gates::NewVerdict& verdict,
                               const std::string& path);

/// When a log is written: now, but later than the log that it replaces, and than the item's
/// other logs where those are not far ahead of this machine's clock.
std::int64_t TimeFor(const Scene& scene, const gates::NewVerdict& verdict, const Present& present);

/// How V was named.
enum class Named { kByHand, kByDefault };

/// Whether the log at the tip says what `verdict` would, apart from its time. A V by default
/// may be any commit of the same content: recording moves HEAD, and twice is once.
bool SaysTheSame(const Scene& scene, const Present& present, gates::NewVerdict verdict,
                 Named named);

/// The text of the log, which reads back as written; else it throws INTERNAL.
std::string WriteStrictly(const gates::NewVerdict& verdict, const std::string& path);

/// Throws INTERNAL where the commit is not what the gate has to see: the log in its place
/// on top of the tip, the trailer, and nothing else moved.
void RequireEvidenceOnly(const Scene& scene, const gates::ObjectId& commit,
                         const gates::NewVerdict& verdict);

}  // namespace hooks
