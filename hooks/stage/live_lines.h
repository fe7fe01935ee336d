#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "gates/staging/write_results.h"

namespace stage {

/// A line for each check that has ended, on standard error; on a terminal also one
/// for those that run. Called from several threads. Text is masked already.
class LiveLines {
 public:
  enum class Where { kPlain, kTerminal };
  explicit LiveLines(Where where) : where_(where) {}

  void Begin(const std::string& id);
  void End(const gates::RanCheck& check);

 private:
  void ShowRunning();

  Where where_;
  std::mutex mutex_;
  std::vector<std::string> running_;
};

/// `PASS C1 name 0.12 s`, or `FAIL C1 name: why`. Escaped.
std::string LineOf(const gates::RanCheck& check);

}  // namespace stage
