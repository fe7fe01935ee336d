#pragma once

#include <string>
#include <vector>

namespace install {

/// What stands at a hook's place now.
enum class HookState { kAbsent, kOurs, kForeign };

/// Facts about one hook, gathered before anything is changed.
struct HookFacts {
  std::string hook;     // "pre-push"
  std::string folder;   // where git looks for hooks
  std::string program;  // absolute path of git-verdict
  HookState there = HookState::kAbsent;
  std::string there_text;  // what stands there, for kOurs
  bool there_runs = false;  // git passes over a hook that is not executable
  bool has_kept = false;   // a hook that an earlier install put aside
};

/// One change to the hooks folder.
struct Step {
  enum class Kind { kMove, kWrite, kRemove };

  Kind kind = Kind::kWrite;
  std::string from;  // kMove
  std::string path;
  std::string text;  // kWrite
};

/// What to do and what to tell. A plan with a `refusal` has no steps.
struct Plan {
  std::vector<Step> steps;
  std::string message;
  std::string refusal;
};

/// Where a hook is kept that was there before ours.
std::string KeptPath(const HookFacts& facts);

/// The three lines that stand at the hook's place. Every version of them
/// holds kMarker, so that each later program knows them as its own.
std::string Shim(const HookFacts& facts);
inline constexpr const char* kMarker = "git-verdict shim";

/// Pure: what installing or uninstalling would do.
Plan PlanInstall(const HookFacts& facts);
Plan PlanUninstall(const HookFacts& facts);

}  // namespace install
