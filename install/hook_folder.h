#pragma once

#include <string>

#include "install/hook_plan.h"

namespace install {

/// Asks git where hooks live and looks at what stands there. Throws
/// hooks::UsageError outside a repository, and where core.hooksPath comes from
/// beyond it: a hook there would judge other repositories as well.
HookFacts LookAtHook(const std::string& hook);

/// Carries a plan out. A hook is written beside its place and moved over it:
/// there is never half a hook. Throws std::system_error.
void CarryOut(const Plan& plan);

}  // namespace install
