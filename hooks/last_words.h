#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace hooks {

/// What a run says that can no longer speak for itself: one text for fd 1, one
/// for fd 2, whole reports in the format that was asked for, and the exit code.
struct Words {
  std::string_view out;
  std::string_view err;
  int status = 2;
};

/// What is wrong when the watchdog bites (REPOSITORY_UNREADABLE).
inline constexpr std::string_view kReadDoesNotEnd =
    "reading an object does not end: a truncated or corrupt object; run git fsck";

/// What is wrong when a run takes too long (INTERNAL).
inline constexpr std::string_view kTakesTooLong =
    "this takes more processor time than a run may have: ask about less at once";

/// How much CPU time one libgit2 call may burn, and a whole run.
struct TimeLimits {
  std::chrono::seconds call{10};
  std::chrono::seconds run{120};
};

/// The net under everything: a run that hangs inside one libgit2 call, takes too long or
/// crashes still says why it could not evaluate and exits with 2 (`Words::status`).
class LastWords {
 public:
  static constexpr size_t kLongest = 16 * 1024;  // what is longer is cut off

  /// From now on `stuck` is said when a call has burned its time, `late` when the run has, and
  /// `crashed` at a fatal signal. May be called again, with other words.
  static void Arm(Words stuck, Words late, Words crashed, TimeLimits limits = {});

  /// Whether fatal signals are caught: not where a sanitizer wants to report them.
  static bool CatchesCrashes();

  /// What VERDICT_WATCHDOG_SECONDS asks for: whole seconds for a call, that only ever shorten
  /// its limit, and that of the run alike.
  static TimeLimits LimitsFrom(std::optional<std::string_view> text);
};

}  // namespace hooks
