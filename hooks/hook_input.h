#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "hooks/command.h"

namespace hooks {

/// Everything on the stream. Throws where it cannot be read.
std::string ReadAll(std::istream& in);

/// A variable of the environment; empty where it is not set.
std::string Variable(const Process& process, std::string_view name);

}  // namespace hooks
