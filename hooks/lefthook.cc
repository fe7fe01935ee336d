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
  int ours = 0;
  int ours_without_input = 0;
  int with_input = 0;
  bool at_once = false;
};

bool Says(const Json& node, const char* key) {
  const auto found = node.find(key);
  return found != node.end() && found->is_boolean() && found->get<bool>();
}

bool RunsUs(const Json& job) {
  const auto run = job.find("run");
  return run != job.end() && run->is_string() &&
         run->get_ref<const std::string&>().find("verdict") != std::string::npos;
}

void Count(const Json& node, Jobs& jobs) {
  if (node.is_object()) {
    jobs.at_once |= Says(node, "parallel");
    jobs.with_input += Says(node, "use_stdin");
    jobs.ours += RunsUs(node);
    jobs.ours_without_input += RunsUs(node) && !Says(node, "use_stdin");
  }
  for (const Json& below : node)
    if (below.is_structured()) Count(below, jobs);
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
  Count(config["pre-push"], jobs);
  // Jobs that run at once take the input away from each other.
  return jobs.ours > 0 && jobs.ours_without_input == 0 && !(jobs.at_once && jobs.with_input > 1);
}

}  // namespace hooks
