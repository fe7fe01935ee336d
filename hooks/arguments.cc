#include "hooks/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "hooks/output.h"

namespace hooks {
namespace {

bool AsksForHelp(Arguments arguments) {
  const auto end = std::ranges::find(arguments, "--");
  return std::any_of(arguments.begin(), end,
                     [](const std::string& word) { return word == "--help" || word == "-h"; });
}

// An empty value is a variable that a script forgot to set: to go on without
// it would answer another question than the one that was asked.
void RefuseEmptyValues(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options())
    for (const std::string& value : option->results())
      if (value.empty()) throw UsageError(option->get_name() + " is empty");
}

}  // namespace

Parsed ParseArguments(CLI::App& app, Arguments arguments, Process& process) {
  app.set_help_flag("-h,--help", "show this help");
  if (process.describe) {
    process.describe(app);
    return Parsed::kHelpShown;
  }
  if (AsksForHelp(arguments)) {
    Write(app.help(), Stream::kOut, process);
    return Parsed::kHelpShown;
  }
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  app.parse(std::move(reversed));
  RefuseEmptyValues(app);
  return Parsed::kRun;
}

}  // namespace hooks
