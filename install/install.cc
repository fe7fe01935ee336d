// Commands: put the pre-push hook into this repository, and take it out again.

#include <CLI/CLI.hpp>

#include "hooks/arguments.h"
#include "hooks/output.h"
#include "install/hook_folder.h"

namespace hooks {

ExitCode Install(Arguments, Process&);
ExitCode Uninstall(Arguments, Process&);

namespace {

constexpr const char* kHook = "pre-push";

ExitCode Perform(const install::Plan& plan, Process& process) {
  if (!plan.refusal.empty()) {
    Write("git-verdict: " + plan.refusal + "\n", Stream::kErr, process);
    return ExitCode::kRefused;
  }
  install::CarryOut(plan);
  Write(plan.message + "\n", Stream::kOut, process);
  return ExitCode::kAllowed;
}

}  // namespace

ExitCode Install(Arguments arguments, Process& process) {
  CLI::App app("Puts the pre-push hook where git looks for hooks in this repository.",
               "git verdict install");
  app.footer(
      "\nA hook that is there already is kept and still runs. Twice is once.\n"
      "`git push --no-verify` skips every client hook: the server has the last word.");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  return Perform(install::PlanInstall(install::LookAtHook(kHook)), process);
}

ExitCode Uninstall(Arguments arguments, Process& process) {
  CLI::App app("Takes the pre-push hook out again and puts back what was there before.",
               "git verdict uninstall");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  return Perform(install::PlanUninstall(install::LookAtHook(kHook)), process);
}

}  // namespace hooks
