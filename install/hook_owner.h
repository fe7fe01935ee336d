#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "install/plan.h"

namespace install {

/// A program that writes hooks, and runs in them what its own configuration names.
struct HookManager {
  std::string_view name;
  std::string_view mark;                  // in every hook that it writes
  std::vector<std::string_view> configs;  // from the top of the work tree; {} is the hook's name
  std::vector<std::string_view> skips;    // variables that switch it off
  std::string_view caution;               // what it cannot promise
  std::string_view page;                  // tells how to set it up
};

/// The manager that wrote this hook, or null.
const HookManager* FindManager(const HookFacts& hook);

/// Whether a text calls git-verdict.
bool NamesUs(std::string_view text);

/// What the manager's configuration for this hook holds, in the work tree at `top`.
std::string ConfigurationOf(const HookManager& manager, const HookFacts& hook,
                            const std::string& top);

/// Whether git-lfs wrote this hook.
bool IsOfGitLfs(std::string_view text);

}  // namespace install
