// Commands: put hooks, CI files and a policy in place, and take the hooks out again.

#include <fmt/format.h>

#include <algorithm>

#include "gates/report/escape.h"
#include "hooks/command_line.h"
#include "hooks/output.h"
#include "install/scene.h"
#include "install/templates.h"

namespace hooks {

ExitCode Install(Arguments, Process&);
ExitCode Uninstall(Arguments, Process&);

namespace {

using install::Aim;

struct InstallOptions {
  install::Wish wish;
  std::string form = "files";
  bool dry_run = false;
};

void AddCommonOptions(CommandLine& line, InstallOptions& options) {
  std::vector<std::string_view> names;
  for (const install::HookKind& kind : install::AllHooks()) names.push_back(kind.name);
  line.AddListOption("--hooks", options.wish.hooks, fmt::format("{},...", fmt::join(names, "|")),
                     "which hooks");
  line.AddOption("--server", options.wish.server, "DIR",
                 "a bare repository, or a folder of hooks that a forge runs");
  line.AddFlag("--dry-run", options.dry_run, "tell what would be done, and do nothing");
}

install::Side SideOf(const install::Wish& wish) {
  return wish.server.empty() ? install::Side::kClient : install::Side::kServer;
}

// A bare repository is a server's, and may be a clone that somebody pushes from.
bool MayBeAServers(const install::Wish& wish) {
  return wish.server.empty() && std::ranges::none_of(wish.hooks, [](const std::string& hook) {
           const install::HookKind* kind = install::FindHook(hook);
           return kind && kind->side == install::Side::kClient;
         });
}

void RequireHooksOfSide(const install::Wish& wish) {
  for (const std::string& hook : wish.hooks) {
    const install::HookKind* kind = install::FindHook(hook);
    if (!kind) throw UsageError("--hooks: there is no '" + hook + "' to install");
    if (kind->side == SideOf(wish)) continue;
    throw UsageError("--hooks: " + hook +
                     (kind->side == install::Side::kServer
                          ? " is a server's hook: name it with --server DIR"
                          : " is a client's hook, and --server wants others"));
  }
}

/// All hooks that can stand on this side, the usual one first.
std::vector<std::string> HooksOf(install::Side side) {
  std::vector<std::string> hooks;
  for (const install::HookKind& kind : install::AllHooks())
    if (kind.side == side) hooks.emplace_back(kind.name);
  return hooks;
}

// Of hooks that nobody named, only those are told of that are ours; or else the first.
void LeaveOutWhatIsNotOurs(std::vector<install::HookFacts>& hooks) {
  const auto is_not_ours = [](const install::HookFacts& hook) {
    return !hook.in_config &&
           (hook.there == install::There::kNothing || hook.there == install::There::kForeign);
  };
  const install::HookFacts first = hooks.front();
  std::erase_if(hooks, is_not_ours);
  if (hooks.empty()) hooks.push_back(first);
}

void Say(const std::string& text, Process& process) {
  Write(gates::Escape(text) + "\n", Stream::kOut, process);
}

ExitCode Refuse(const install::Plan& plan, Process& process) {
  for (const std::string& refusal : plan.refusals) {
    // Its lines are ours; what stands in them need not be.
    std::string text, rest = "git-verdict: " + refusal;
    for (size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
      text += gates::Escape(rest.substr(0, end)) + "\n";
      rest.erase(0, end + 1);
    }
    Write(text + gates::Escape(rest) + "\n", Stream::kErr, process);
  }
  return ExitCode::kRefused;
}

ExitCode Perform(const install::Plan& plan, bool dry_run, Process& process) {
  if (!plan.refusals.empty()) return Refuse(plan, process);
  if (dry_run) {
    for (const install::Step& step : plan.steps) Say("would " + Describe(step), process);
    if (!plan.steps.empty()) return ExitCode::kAllowed;
  }
  install::CarryOut(plan);
  for (const std::string& message : plan.messages) Say(message, process);
  for (const std::string& next : plan.next) Say("next: " + next, process);
  return ExitCode::kAllowed;
}

}  // namespace

ExitCode Install(Arguments arguments, Process& process) {
  CommandLine line(
      "Puts hooks where git, or a forge, looks for them; a clone's pre-push hook, or a\n"
      "server's pre-receive hook, where nothing else is asked for.",
      "git verdict install");
  InstallOptions options;
  AddCommonOptions(line, options);
  line.AddOption("--as", options.form, "files|config",
                 "files, or config (git 2.54 runs hooks from there)");
  line.AddOption("--ci", options.wish.forge, fmt::format("{}", fmt::join(install::CiForges(), "|")),
                 "the files of a CI job");
  line.AddFlag("--policy", options.wish.policy, "a .verdict.yml to start from");
  line.AddOption("--program", options.wish.program, "FILE",
                 "how hooks call git-verdict, where not so");
  line.AddNotes(
      "\nA hook that is there already is kept and still runs. Twice is once. `git verdict\n"
      "doctor` tells whether all is well.\n"
      "`git push --no-verify` skips every client hook: the server has the last word.");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  if (MayBeAServers(options.wish)) options.wish.server = install::ServerHere();
  if (options.form != "files" && options.form != "config")
    throw UsageError("--as wants files or config");
  if (options.form == "config") options.wish.form = install::Form::kConfig;
  if (options.wish.program.empty()) options.wish.program = install::ThisProgram();
  if (!options.wish.program.starts_with('/')) throw UsageError("--program wants an absolute path");
  RequireHooksOfSide(options.wish);
  const bool wants_files = options.wish.policy || !options.wish.forge.empty();
  if (options.wish.hooks.empty() && !(wants_files && options.wish.server.empty()))
    options.wish.hooks = {HooksOf(SideOf(options.wish)).front()};
  return Perform(MakePlan(Aim::kInstall, LookAround(Aim::kInstall, options.wish)), options.dry_run,
                 process);
}

ExitCode Uninstall(Arguments arguments, Process& process) {
  CommandLine line(
      "Takes hooks out again and puts back what was there before; all of this clone's,\n"
      "or of the server's, where none is named. Files that were committed stay.",
      "git verdict uninstall");
  InstallOptions options;
  AddCommonOptions(line, options);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  if (MayBeAServers(options.wish)) options.wish.server = install::ServerHere();
  const bool named = !options.wish.hooks.empty();
  options.wish.program = install::ThisProgram();
  RequireHooksOfSide(options.wish);
  if (!named) options.wish.hooks = HooksOf(SideOf(options.wish));
  install::Facts facts = LookAround(Aim::kUninstall, options.wish);
  if (!named) LeaveOutWhatIsNotOurs(facts.hooks);
  return Perform(MakePlan(Aim::kUninstall, facts), options.dry_run, process);
}

}  // namespace hooks
