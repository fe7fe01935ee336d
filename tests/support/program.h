#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Programs that a test runs, with exactly the environment that it gives them.

namespace test {

/// How a program ended, and what it said.
struct Ran {
  int status = -1;  // the exit code, or 128 + the signal
  std::string out;
  std::string err;
};

using Environment = std::vector<std::pair<std::string, std::string>>;

/// A program (found in PATH) that runs beside the test.
class Running {
 public:
  Running(const std::vector<std::string>& command, const std::string& directory,
          const Environment& environment, std::string_view input = "");
  /// Kills it, by its pid, where nobody has waited for it.
  ~Running();
  Running(Running&&) noexcept;
  Running& operator=(Running&&) = delete;

  pid_t pid() const { return pid_; }

  /// Whether it has ended already. What it said is still to be had from Wait().
  bool HasEnded();

  /// Waits for its end; once.
  Ran Wait();

 private:
  class Scratch;

  std::unique_ptr<Scratch> in_, out_, err_;
  pid_t pid_ = 0;        // 0 when nobody has to wait for it any more
  int wait_status_ = 0;  // as waitpid() gives it
};

/// Runs `command` in `directory` to its end.
Ran RunProgram(const std::vector<std::string>& command, const std::string& directory,
               const Environment& environment, std::string_view input = "");

}  // namespace test
