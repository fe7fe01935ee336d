#pragma once

#include "hooks/command.h"

namespace CLI {
class App;
}

namespace hooks {

enum class Parsed { kRun, kHelpShown };

/// Parses into the options bound to `app`; `--help` prints its help instead.
/// Throws CLI::ParseError, which Run() turns into exit 2.
Parsed ParseArguments(CLI::App& app, Arguments arguments, Process& process);

/// The help of all commands, from the command table.
std::string Overview();

}  // namespace hooks
