#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "hooks/child.h"

namespace hooks {

/// The program beside this one that talks to services: in the folder of this one, or
/// in ../libexec/git-verdict. No variable and no PATH says another. Nothing: not there.
std::optional<std::string> FindServices();

/// Runs it with `input`; what it writes to stderr is seen at once.
ChildAnswer RunServices(const std::string& program, const std::vector<std::string>& arguments,
                        const std::string& input, std::chrono::milliseconds limit);

/// How it ended that did not succeed; empty: it did.
std::string FaultOfServices(const ChildAnswer& answer);

}  // namespace hooks
