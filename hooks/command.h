#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gates/core/decision.h"
#include "gates/core/finding.h"

namespace hooks {

class CommandLine;

/// What the shell sees (CONTRACT 2). Git only asks "zero or not"; CI can tell them apart.
enum class ExitCode { kAllowed = 0, kRefused = 1, kCannotEvaluate = 2 };

/// The world as a command sees it, so that tests can hand it another one.
struct Process {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::map<std::string, std::string, std::less<>> environment;
  bool in_is_null = false;  // the null device
  bool out_is_terminal = false;
  bool err_is_terminal = false;

  /// How the running command reports a fault that reaches Run(); set once its
  /// arguments are parsed.
  std::function<void(const gates::Finding&)> report_fault = nullptr;

  /// What the running command exits with where it cannot evaluate.
  ExitCode fault_exit = ExitCode::kCannotEvaluate;

  /// Where set, a command hands its line over instead of doing its work.
  std::function<void(const CommandLine&)> describe = nullptr;
};

using Arguments = std::span<const std::string>;

/// A command line that says nothing a command could do. Exit 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One row of the command table. `run` gets the arguments after the name.
struct Command {
  std::string_view name;  // "check", "hook pre-push"
  std::string_view summary;
  ExitCode (*run)(Arguments, Process&);
};

std::span<const Command> AllCommands();

/// Finds and runs a command. The last place an exception can reach.
ExitCode Run(Arguments arguments, Process& process);

/// 0, 1 or 2 for a decision. Nothing decided is nothing refused: git makes
/// such calls when all is up to date.
ExitCode ExitCodeFor(const std::optional<gates::Decision>& decision);

}  // namespace hooks
