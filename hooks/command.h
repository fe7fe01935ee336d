#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace hooks {

/// What the shell sees (CONTRACT 2). Git only asks "zero or not"; CI can tell them apart.
enum class ExitCode { kAllowed = 0, kRefused = 1, kCannotEvaluate = 2 };

/// The world as a command sees it, so that tests can hand it another one.
struct Process {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::map<std::string, std::string, std::less<>> environment;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

using Arguments = std::span<const std::string>;

/// One row of the command table. `run` gets the arguments after the name.
struct Command {
  std::string_view name;  // "check", "hook pre-push"
  std::string_view summary;
  ExitCode (*run)(Arguments, Process&);
};

std::span<const Command> AllCommands();

/// Finds and runs a command. The last place an exception can reach.
ExitCode Run(Arguments arguments, Process& process);

}  // namespace hooks
