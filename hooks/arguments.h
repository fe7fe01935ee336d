#pragma once

#include "hooks/command.h"

namespace CLI {
class App;
}

namespace hooks {

enum class Parsed { kRun, kHelpShown };

/// Parses into the options bound to `app`; `--help` prints its help instead, and
/// `process.describe` gets it. Throws CLI::ParseError, which Run() turns into exit 2.
Parsed ParseArguments(CLI::App& app, Arguments arguments, Process& process);

}  // namespace hooks
