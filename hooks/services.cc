#include "hooks/services.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace hooks {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "git-verdict-services";
constexpr size_t kMostOutput = 64 * 1024 * 1024;

}  // namespace

std::optional<std::string> FindServices() {
  std::error_code fault;
  const fs::path folder = fs::read_symlink("/proc/self/exe", fault).parent_path();
  if (fault) return std::nullopt;
  for (const fs::path& place : {folder, folder.parent_path() / "libexec" / "git-verdict"}) {
    const fs::path program = place / kName;
    if (fs::is_regular_file(program, fault) && access(program.c_str(), X_OK) == 0)
      return program.string();
  }
  return std::nullopt;
}

ChildAnswer RunServices(const std::string& program, const std::vector<std::string>& arguments,
                        const std::string& input, std::chrono::milliseconds limit) {
  ChildOrder order;
  order.arguments = {program};
  order.arguments.insert(order.arguments.end(), arguments.begin(), arguments.end());
  order.environment = EnvironmentWithout({});
  order.input = input;
  order.limit = limit;
  order.most_output = kMostOutput;
  order.errors = ChildOrder::Errors::kShared;
  return RunChild(order);
}

std::string FaultOfServices(const ChildAnswer& answer) {
  switch (answer.end) {
    case ChildAnswer::End::kNotStarted:
      return fmt::format("{} cannot be started: {}", kName, std::strerror(answer.status));
    case ChildAnswer::End::kOutOfTime:
    case ChildAnswer::End::kStopped: return fmt::format("{} did not end in time", kName);
    case ChildAnswer::End::kSignal:
      return fmt::format("{} was ended by signal {}", kName, answer.status);
    case ChildAnswer::End::kExit: break;
  }
  if (answer.status != 0) return fmt::format("{} exited with {}", kName, answer.status);
  return answer.output_was_cut ? fmt::format("{} wrote too much", kName) : "";
}

}  // namespace hooks
