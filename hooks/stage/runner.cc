#include "hooks/stage/runner.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "gates/core/guard.h"
#include "hooks/stage/try.h"

namespace stage {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr size_t kMostDetail = 4096;
constexpr int kPauseBeforeRetry = 1000;  // milliseconds

/// Waits, or gives false at once when the run is to stop.
bool WaitUnlessStopped(int stop, int time) {
  pollfd file{stop, POLLIN, 0};
  return poll(&file, 1, time) == 0;
}

class Runner {
 public:
  Runner(const Scene& scene, LiveLines& lines)
      : scene_(scene), lines_(lines), end_(Clock::now() + scene.settings.limit) {}

  std::vector<gates::RanCheck> RunGroup(const gates::StagingGroup& group) const {
    std::vector<const gates::StagingCheck*> checks;
    for (const gates::StagingCheck& check : group.checks)
      if (check.modes.contains(scene_.settings.mode)) checks.push_back(&check);
    std::vector<gates::RanCheck> ran(checks.size());
    std::atomic<size_t> next = 0;
    const auto work = [&] {
      for (size_t i = next++; i < checks.size(); i = next++) ran[i] = Run(*checks[i]);
    };
    std::vector<std::jthread> threads;
    const size_t count = std::min(checks.size(), static_cast<size_t>(group.parallel));
    while (threads.size() < count) threads.emplace_back(work);
    threads.clear();
    return ran;
  }

 private:
  gates::RanCheck Run(const gates::StagingCheck& check) const {
    lines_.Begin(check.id);
    const auto began = Clock::now();
    gates::RanCheck ran;
    // What is thrown on the way is a failure of this check, and of no other.
    const auto faults = gates::Guard([&]() -> std::vector<gates::Finding> {
      ran.result = TryAll(check);
      return {};
    });
    for (const gates::Finding& fault : faults)
      ran.result = {"", "", gates::Outcome::kFailed, fault.message + ": " + fault.found};
    ran.result.id = check.id;
    ran.result.name = scene_.masks.Mask(check.name);
    const bool is_long = ran.result.detail.size() > kMostDetail;
    ran.result.detail =
        scene_.masks.MaskStart(ran.result.detail, kMostDetail) + (is_long ? "..." : "");
    ran.took = std::chrono::duration_cast<milliseconds>(Clock::now() - began);
    lines_.End(ran);
    return ran;
  }

  gates::CheckResult TryAll(const gates::StagingCheck& check) const {
    for (const std::string& name : check.Secrets())
      if (const auto fault = scene_.secrets.faults.find(name); fault != scene_.secrets.faults.end())
        return Failed(fmt::format("the secret {} cannot be used: {}", name, fault->second));
    for (int tries = 1;; ++tries) {
      const auto left = std::chrono::duration_cast<milliseconds>(end_ - Clock::now());
      if (left.count() <= 0) return Failed("the time of the whole run was up");
      const Failure failure = Try(check, std::min(check.timeout, left));
      if (!failure)
        return {"", "", gates::Outcome::kPassed,
                tries > 1 ? fmt::format("passed on try {}", tries) : ""};
      const bool was_last = tries > check.retries;
      if (was_last || !WaitUnlessStopped(scene_.settings.stop, kPauseBeforeRetry))
        return Failed(tries > 1 ? fmt::format("{} (try {})", *failure, tries) : *failure);
    }
  }

  static gates::CheckResult Failed(std::string why) {
    return {"", "", gates::Outcome::kFailed, std::move(why)};
  }

  Failure Try(const gates::StagingCheck& check, milliseconds limit) const {
    const auto* http = std::get_if<gates::HttpCheck>(&check.what);
    return http ? TryHttp(*http, scene_, limit)
                : TryRun(std::get<gates::RunCheck>(check.what), scene_, limit);
  }

  const Scene& scene_;
  LiveLines& lines_;
  Clock::time_point end_;
};

std::vector<std::string> ValuesOf(const gates::SecretValues& secrets) {
  std::vector<std::string> values;
  for (const auto& [name, value] : secrets) values.push_back(value);
  return values;
}

}  // namespace

std::vector<gates::RanCheck> RunSuite(const gates::Suite& suite, const RunSettings& settings,
                                      LiveLines& lines) {
  const Secrets secrets = ReadSecrets(suite.secrets);
  const Masks masks(ValuesOf(secrets.values));
  const Scene scene{settings, secrets, masks};
  const Runner runner(scene, lines);
  std::vector<gates::RanCheck> ran;
  for (const gates::StagingGroup& group : suite.groups)
    for (gates::RanCheck& check : runner.RunGroup(group)) ran.push_back(std::move(check));
  return ran;
}

}  // namespace stage
