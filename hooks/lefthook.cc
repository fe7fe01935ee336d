#include "hooks/lefthook.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hooks/child.h"

namespace hooks {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::chrono::seconds kLimit(10);

/// The parent of a process, from /proc; 0 where it has none, or none that can be seen.
pid_t ParentOf(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("PPid:")) return std::atoi(line.c_str() + 5);
  return 0;
}

/// What the jobs of a hook do with git's input.
struct Jobs {
  int all = 0, all_with_input = 0;
  int ours = 0, ours_with_input = 0;
  bool at_once = false;
};

bool Says(const Json& node, const char* key) {
  const auto found = node.find(key);
  return found != node.end() && found->is_boolean() && found->get<bool>();
}

bool NamesUs(std::string_view words) { return words.find("verdict") != words.npos; }

bool NamesUs(const Json& job, const char* key) {
  const auto found = job.find(key);
  return found != job.end() && found->is_string() && NamesUs(found->get_ref<const std::string&>());
}

/// `name`: what stands before it, which is a job's name in the older forms of the configuration.
void Count(std::string_view name, const Json& node, Jobs& jobs) {
  const bool is_job = node.contains("run") || node.contains("script") || node.contains("runner");
  if (is_job) {
    const bool has_input = Says(node, "use_stdin");
    const bool is_ours = NamesUs(name) || NamesUs(node, "run") || NamesUs(node, "script");
    jobs.all += 1;
    jobs.all_with_input += has_input;
    jobs.ours += is_ours;
    jobs.ours_with_input += is_ours && has_input;
  }
  jobs.at_once |= node.is_object() && Says(node, "parallel");
  for (const auto& below : node.items())
    if (below.value().is_structured()) Count(below.key(), below.value(), jobs);
}

/// Whether the job that runs us has the input: where none is known by its words, any may be it.
bool HaveInput(const Jobs& jobs) {
  if (jobs.ours == 0) return jobs.all > 0 && jobs.all_with_input == jobs.all;
  return jobs.ours_with_input == jobs.ours;
}

}  // namespace

std::optional<std::string> FindLefthook() {
  for (pid_t process = getppid(); process > 1; process = ParentOf(process)) {
    std::error_code fault;
    const fs::path program = fs::read_symlink("/proc/" + std::to_string(process) + "/exe", fault);
    if (program.filename().string().starts_with("lefthook")) return program.string();
  }
  return std::nullopt;
}

bool PassesInput(const std::string& lefthook) {
  ChildOrder order;
  order.arguments = {lefthook, "dump", "--format", "json"};
  order.environment = EnvironmentWithout({});
  order.limit = kLimit;
  const ChildAnswer answer = RunChild(order);
  if (!answer.Succeeded() || answer.output_was_cut) return false;
  constexpr bool kThrow = false;
  const Json config = Json::parse(answer.output, nullptr, kThrow);
  if (!config.is_object() || !config.contains("pre-push")) return false;
  Jobs jobs;
  Count("", config["pre-push"], jobs);
  // Jobs that run at once take the input away from each other.
  return HaveInput(jobs) && !(jobs.at_once && jobs.all_with_input > 1);
}

}  // namespace hooks
