#pragma once

#include <csignal>

namespace hooks {

/// As long as it lives, the signals by which people and schedulers end a program
/// wait: what is begun is brought to its end, and no lock file is left.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace hooks
