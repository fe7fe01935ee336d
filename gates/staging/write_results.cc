#include "gates/staging/write_results.h"

#include <nlohmann/json.hpp>

namespace gates {

std::string WriteResults(const StagingRun& run) {
  using nlohmann::ordered_json;
  ordered_json checks = ordered_json::array();
  for (const RanCheck& check : run.checks) {
    ordered_json entry{{"id", check.result.id},
                       {"name", check.result.name},
                       {"passed", check.result.outcome == Outcome::kPassed}};
    if (check.result.outcome == Outcome::kSkipped) entry["skipped"] = true;
    entry["detail"] = check.result.detail;
    entry["seconds"] = static_cast<double>(check.took.count()) / 1000;
    checks.push_back(std::move(entry));
  }
  const ordered_json document{{"schema", "git-verdict/results/1"},
                              {"mode", run.mode},
                              {"base_url", run.base_url},
                              {"checks", std::move(checks)}};
  // What a check quotes need not be UTF-8.
  return document.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace gates
