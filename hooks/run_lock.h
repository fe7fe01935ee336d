#pragma once

#include <optional>
#include <string>

namespace hooks {

/// Lets one run at a time write in a work tree. Held until its end, however the run ends:
/// the file stays, the lock on it does not.
class RunLock {
 public:
  /// Nothing where another run holds it. Throws gates::WorldError where it cannot be had.
  static std::optional<RunLock> TryTake(const std::string& git_directory);

  RunLock(RunLock&& other) noexcept;
  ~RunLock();

 private:
  explicit RunLock(int file) : file_(file) {}

  int file_;
};

}  // namespace hooks
