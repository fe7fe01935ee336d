#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gates/core/policy.h"

namespace gates {

/// A stage on a work item's way to its users; the verdict of its gate ends it.
struct Stage {
  std::string_view name;
  std::string_view gate;
};

/// The way of every work item, first to last.
std::span<const Stage> AllStages();

constexpr std::string_view kDone = "done";                // behind the last stage
constexpr std::string_view kDevelopment = "development";  // where every failure leads

/// The table with the policy's tokens, as comments of a policy file.
std::string WriteStages(const Policy& policy);

}  // namespace gates
