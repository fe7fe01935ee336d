#include "gates/stages.h"

#include <fmt/format.h>

namespace gates {
namespace {

// THE TABLE of stages. Each gate is one of the built-in policy, so that every policy has it.
constexpr Stage kAllStages[] = {
    {"deploy-staging", "staging"},
    {"deploy", "deploy"},
};

}  // namespace

std::span<const Stage> AllStages() { return kAllStages; }

std::string WriteStages(const Policy& policy) {
  std::string text = "# the stages of a work item (`git verdict status`), and what ends them:\n";
  for (const Stage* stage = std::begin(kAllStages); stage != std::end(kAllStages); ++stage) {
    const GateRule* gate = policy.FindGate(stage->gate);
    if (!gate) continue;
    const bool is_last = stage + 1 == std::end(kAllStages);
    text += fmt::format("#   {}: {} {} -> {}, {} -> {}\n", stage->name, gate->id, gate->pass,
                        is_last ? kDone : stage[1].name, gate->fail, kDevelopment);
  }
  return text;
}

}  // namespace gates
