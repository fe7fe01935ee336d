#pragma once

#include <string>

namespace hooks {

/// The help of all commands, from the command table.
std::string Overview();

/// The manual as source for scdoc, from the command table and each command's own options.
std::string ManualSource();

}  // namespace hooks
