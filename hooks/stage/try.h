#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "gates/staging/suite.h"
#include "hooks/stage/masks.h"
#include "hooks/stage/runner.h"
#include "hooks/stage/secrets.h"

namespace stage {

/// What the tries of all checks share.
struct Scene {
  const RunSettings& settings;
  const Secrets& secrets;
  const Masks& masks;
};

/// Why a try failed; nothing where it passed.
using Failure = std::optional<std::string>;

Failure TryHttp(const gates::HttpCheck& check, const Scene& scene, std::chrono::milliseconds limit);
Failure TryRun(const gates::RunCheck& check, const Scene& scene, std::chrono::milliseconds limit);

/// Raw text of an answer for a message: masked, and no more than its start.
std::string Shown(std::string_view text, const Masks& masks);

}  // namespace stage
