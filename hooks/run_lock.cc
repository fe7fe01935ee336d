#include "hooks/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "gates/core/world.h"

namespace hooks {

std::optional<RunLock> RunLock::TryTake(const std::string& git_directory) {
  const std::string path = git_directory + "git-verdict.run";
  RunLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (lock.file_ >= 0 && ::flock(lock.file_, LOCK_EX | LOCK_NB) == 0) return lock;
  if (lock.file_ >= 0 && errno == EWOULDBLOCK) return std::nullopt;
  throw gates::WorldError(gates::Code::kRepositoryUnreadable,
                          "cannot lock " + path + ": " + std::strerror(errno),
                          "make the git directory writable");
}

RunLock::RunLock(RunLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

RunLock::~RunLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace hooks
