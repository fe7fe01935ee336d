#include "hooks/stage/live_lines.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "gates/report/escape.h"

namespace stage {
namespace {

constexpr std::string_view kEraseLine = "\r\x1b[K";
constexpr size_t kMostOfALine = 70;  // no terminal breaks it, so that it can be erased

// Nobody has to look: a line that cannot be written changes no result.
void Write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = write(STDERR_FILENO, text.data(), text.size());
    if (put <= 0) return;
    text.remove_prefix(static_cast<size_t>(put));
  }
}

}  // namespace

std::string LineOf(const gates::RanCheck& check) {
  const gates::CheckResult& result = check.result;
  if (result.outcome == gates::Outcome::kPassed)
    return fmt::format("PASS {} {} {:.2f} s", result.id, gates::Escape(result.name),
                       static_cast<double>(check.took.count()) / 1000);
  return fmt::format("FAIL {} {}: {}", result.id, gates::Escape(result.name),
                     gates::Escape(result.detail));
}

void LiveLines::ShowRunning() {
  if (where_ == Where::kPlain || running_.empty()) return;
  Write(fmt::format("running {}", fmt::join(running_, ", ")).substr(0, kMostOfALine));
}

void LiveLines::Begin(const std::string& id) {
  const std::lock_guard lock(mutex_);
  running_.push_back(id);
  if (where_ == Where::kTerminal) Write(kEraseLine);
  ShowRunning();
}

void LiveLines::End(const gates::RanCheck& check) {
  const std::lock_guard lock(mutex_);
  std::erase(running_, check.result.id);
  Write(fmt::format("{}{}\n", where_ == Where::kTerminal ? kEraseLine : "", LineOf(check)));
  ShowRunning();
}

}  // namespace stage
