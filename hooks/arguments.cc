#include "hooks/arguments.h"

#include <fmt/format.h>

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
  if (AsksForHelp(arguments)) {
    Write(app.help(), Stream::kOut, process);
    return Parsed::kHelpShown;
  }
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  app.parse(std::move(reversed));
  RefuseEmptyValues(app);
  return Parsed::kRun;
}

std::string Overview() {
  std::string text =
      "git-verdict answers one question: may this change land?\n"
      "\n"
      "It reads the verdict logs that a pipeline commits next to its work items\n"
      "(docs/work-items/<ID>/15-staging-log.md) at the commit under judgement, and\n"
      "says ALLOW, BLOCK or CANNOT-EVALUATE.\n"
      "\n"
      "usage: git verdict [-C DIR] COMMAND [OPTIONS]\n"
      "       git verdict COMMAND --help | --help | --version\n"
      "\n"
      "commands:\n";
  for (const Command& command : AllCommands())
    text += fmt::format("  {:<21} {}\n", command.name, command.summary);
  return text +
         "\n"
         "examples:\n"
         "  git verdict install                     judge every push of this clone\n"
         "  git verdict check --base origin/main    judge HEAD before it is merged\n"
         "  git verdict show HEAD                   which logs a commit holds\n"
         "  git verdict explain STALE_CODE          what a reason means, how to mend it\n"
         "\n"
         "exit codes: 0 allow, 1 block, 2 could not evaluate (blocks as well)\n";
}

}  // namespace hooks
