#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace e2e {

/// A server that listens on a free port of loopback. It is stopped by its pid at the
/// end, also where the test dies, and after five minutes in any case.
class Daemon {
 public:
  using Command = std::vector<std::string>;

  /// Starts `command_for(port)`, which stays in the foreground, and waits until it answers.
  Daemon(const std::string& directory, const std::function<Command(int)>& command_for);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  int port() const { return port_; }

 private:
  int port_;
  test::Running process_;
};

}  // namespace e2e
