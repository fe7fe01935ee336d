#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gates/staging/log_text.h"
#include "hooks/command.h"
#include "hooks/record_log.h"
#include "hooks/record_scene.h"

namespace hooks {

/// How a run that was not refused ended.
struct Told {
  std::string text;
  std::optional<Refusal> warning = std::nullopt;
};

/// Does `work` on the scene at the current directory (SetScene), alone in its work tree.
OrRefusal<Told> OnScene(const std::string& onto,
                        const std::function<OrRefusal<Told>(Scene&)>& work);

/// Throws UsageError where no log could be kept for an item of this name.
void RequireWorkItem(const std::string& work_item, const gates::Rules& rules);

/// The gate of this name; throws UsageError where the policy has none.
const gates::GateRule& GateCalled(const std::string& name, const gates::Policy& policy);

/// Writes a verdict down as the log of its gate and item, signed with the key in the file `key`
/// (empty: not signed), and commits it, and nothing else. What it is that was done, in words;
/// twice is once.
OrRefusal<Told> RecordVerdict(Scene& scene, gates::NewVerdict verdict, Named named,
                              const std::string& key, Process& process);

}  // namespace hooks
