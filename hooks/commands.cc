// The table of commands. To add one: write its file, add its two lines here.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ostream>

#include "gates/core/world.h"
#include "gates/report/escape.h"
#include "hooks/build_info.h"
#include "hooks/command.h"
#include "hooks/git/repository.h"
#include "hooks/manual.h"
#include "hooks/output.h"

namespace hooks {

ExitCode Check(Arguments, Process&);
ExitCode Complete(Arguments, Process&);
ExitCode Doctor(Arguments, Process&);
ExitCode CommitMsg(Arguments, Process&);
ExitCode Explain(Arguments, Process&);
ExitCode Fold(Arguments, Process&);
ExitCode Install(Arguments, Process&);
ExitCode Lint(Arguments, Process&);
ExitCode PrintManual(Arguments, Process&);
ExitCode PolicyCheck(Arguments, Process&);
ExitCode PolicyShow(Arguments, Process&);
ExitCode PreCommit(Arguments, Process&);
ExitCode PreMergeCommit(Arguments, Process&);
ExitCode PrePush(Arguments, Process&);
ExitCode PreReceive(Arguments, Process&);
ExitCode Record(Arguments, Process&);
ExitCode Review(Arguments, Process&);
ExitCode Show(Arguments, Process&);
ExitCode Stage(Arguments, Process&);
ExitCode Status(Arguments, Process&);
ExitCode Uninstall(Arguments, Process&);
ExitCode Update(Arguments, Process&);

namespace {

constexpr Command kAllCommands[] = {
    {"check", "judge what would land if a head were merged", Check},
    {"review", "say APPROVE or REQUEST_CHANGES of a proposed change", Review},
    {"show", "list the verdict logs of a commit", Show},
    {"status", "tell where work items stand and what comes next", Status},
    {"lint", "read verdict logs on disk as strictly as the gate does", Lint},
    {"record", "write a verdict down as a log, and commit it", Record},
    {"explain", "say what a reason code means and how to mend it", Explain},
    {"stage", "run a suite of checks against a staged service", Stage},
    {"fold", "fold the results of single checks to one verdict", Fold},
    {"policy show", "print the policy that judges here", PolicyShow},
    {"policy check", "tell whether a policy can be read", PolicyCheck},
    {"install", "put hooks, CI files or a policy in place", Install},
    {"uninstall", "take the hooks out again", Uninstall},
    {"doctor", "tell whether the gate stands where it has to, and refuses", Doctor},
    {"hook pre-push", "git's pre-push hook", PrePush},
    {"hook pre-commit", "git's pre-commit hook, for staged verdict logs", PreCommit},
    {"hook pre-merge-commit", "git's pre-merge-commit hook, for those of a merge", PreMergeCommit},
    {"hook commit-msg", "git's commit-msg hook, for a trailer", CommitMsg},
    {"hook pre-receive", "git's pre-receive hook, for a server", PreReceive},
    {"hook update", "git's update hook, for a server", Update},
    {"completion", "print what completes commands in a shell", Complete},
    {"manual", "print the source of the man page", PrintManual},
};

/// How many leading words are the name of this command; 0: another one.
size_t WordsOf(const Command& command, Arguments arguments) {
  if (arguments.empty()) return 0;
  if (command.name == arguments[0]) return 1;
  if (arguments.size() > 1 && command.name == arguments[0] + " " + arguments[1]) return 2;
  return 0;
}

/// The name that was meant for a command: two words where the first one starts such a name.
std::string NameIn(Arguments arguments) {
  const bool of_two = std::ranges::any_of(kAllCommands, [&](const Command& command) {
    return command.name.starts_with(arguments[0] + " ");
  });
  return of_two && arguments.size() > 1 ? arguments[0] + " " + arguments[1] : arguments[0];
}

ExitCode Dispatch(Arguments arguments, Process& process) {
  while (!arguments.empty() && arguments[0] == "-C") {
    if (arguments.size() == 1) throw UsageError("-C wants a directory");
    if (chdir(arguments[1].c_str()) != 0) throw UsageError("-C: cannot change to " + arguments[1]);
    arguments = arguments.subspan(2);
  }
  for (const Command& command : kAllCommands)
    if (const size_t words = WordsOf(command, arguments))
      return command.run(arguments.subspan(words), process);
  if (!arguments.empty() && arguments[0] == "--version") {
    Write(VersionText(), Stream::kOut, process);
    return ExitCode::kAllowed;
  }
  if (arguments.empty()) {
    Write(Overview(), Stream::kErr, process);
    return ExitCode::kCannotEvaluate;
  }
  if (arguments[0] != "--help" && arguments[0] != "-h" && arguments[0] != "help")
    throw UsageError("no such command: " + NameIn(arguments));
  Write(Overview(), Stream::kOut, process);
  return ExitCode::kAllowed;
}

ExitCode Complain(const std::string& what, Process& process) {
  process.err << "git-verdict: " << gates::Escape(what) << std::endl;
  return process.fault_exit;
}

/// Tells of a fault in the format that was asked for.
ExitCode Report(const gates::Finding& fault, Process& process) {
  if (!process.report_fault) return Complain(fault.message, process);
  const auto report = std::exchange(process.report_fault, nullptr);
  report(fault);
  return process.fault_exit;
}

ExitCode ReportInternal(const std::string& what, Process& process) {
  gates::Finding fault = gates::MakeFinding(gates::Code::kInternal, what);
  return Report(fault, process);
}

}  // namespace

std::span<const Command> AllCommands() { return kAllCommands; }

ExitCode ExitCodeFor(const std::optional<gates::Decision>& decision) {
  if (!decision) return ExitCode::kAllowed;
  switch (*decision) {
    case gates::Decision::kAllow: return ExitCode::kAllowed;
    case gates::Decision::kBlock: return ExitCode::kRefused;
    case gates::Decision::kCannotEvaluate: break;
  }
  return ExitCode::kCannotEvaluate;
}

ExitCode Run(Arguments arguments, Process& process) {
  // A report that cannot be written throws as well: the outer try has only
  // standard error left to say so.
  try {
    try {
      const git::Library library;
      return Dispatch(arguments, process);
    } catch (const UsageError& error) {
      return Complain(fmt::format("{} (--help shows how)", error.what()), process);
    } catch (const gates::WorldError& error) {
      gates::Finding fault = gates::MakeFinding(error.code, error.what(), error.remedy);
      fault.sha = error.sha;
      fault.weight = gates::Weight::kCannotEvaluate;
      return Report(fault, process);
    } catch (const std::exception& error) {
      return ReportInternal(error.what(), process);
    }
  } catch (const std::exception& error) {
    return Complain(error.what(), process);
  }
}

}  // namespace hooks
