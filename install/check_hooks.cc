// The checks of `doctor` that look at hooks and at the programs they call.

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "gates/core/shell_word.h"
#include "hooks/build_info.h"
#include "hooks/child.h"
#include "install/git_process.h"
#include "install/hook_owner.h"
#include "install/patient.h"

namespace install {
namespace {

namespace fs = std::filesystem;
using gates::Examined;
using gates::Health;

constexpr int kConfigHooks = 2054;

std::string Again(const Patient& patient, const HookFacts& hook) {
  const bool usual = hook.hook == "pre-push" || hook.hook == "pre-receive";
  return fmt::format("`git verdict install{}{}`", patient.ServerOption(),
                     usual ? "" : " --hooks " + hook.hook);
}

std::string Quoted(const std::string& path) { return gates::ShellWord(path); }

/// What is wrong with the program that a hook calls; empty where nothing is.
std::string FaultOfProgram(const std::string& program) {
  std::error_code fault;
  if (!fs::is_regular_file(program, fault)) return "which is not there";
  if (access(program.c_str(), X_OK) != 0) return "which is not executable";
  if (fs::file_size(program, fault) == 0) return "which is an empty file";
  const hooks::ChildOrder order{.arguments = {program, "--version"},
                                .environment = hooks::EnvironmentWithout({"GIT_"}),
                                .directory = "/",
                                .input = "",
                                .limit = std::chrono::seconds(20)};
  const std::string said = hooks::RunChild(order).output;
  const std::string ours = hooks::VersionText();
  if (said == ours) return "";
  if (!said.starts_with("git-verdict ")) return "which is no git-verdict";
  return fmt::format("which is {}, and this is {}", said.substr(0, said.find('\n')),
                     ours.substr(0, ours.find('\n')));
}

/// Whether the hook of a forge runs the folder that ours is in.
std::string FaultOfRunner(const HookFacts& hook) {
  const fs::path folder = fs::path(hook.path).parent_path();
  if (hook.runner != Runner::kFolder || folder.parent_path().filename() != "hooks") return "";
  const std::string runner = folder.parent_path() / folder.stem();
  if (!fs::exists(runner)) return fmt::format("nothing runs {}: {} is gone", hook.path, runner);
  if (access(runner.c_str(), X_OK) != 0)
    return fmt::format("nothing runs {}: {} is not executable", hook.path, runner);
  return "";
}

Examined OfOurs(const Patient& patient, const HookFacts& hook) {
  if (!hook.runs)
    return {hook.hook, Health::kWrong, hook.path + " is not executable, and is passed over",
            "`chmod +x " + Quoted(hook.path) + "`"};
  const std::string& program = hook.ours->program;
  if (const std::string fault = FaultOfProgram(program); !fault.empty())
    return {hook.hook, Health::kWrong, fmt::format("{} calls {}, {}", hook.path, program, fault),
            Again(patient, hook)};
  if (const std::string fault = FaultOfRunner(hook); !fault.empty())
    return {hook.hook, Health::kWrong, fault, "mend it by the forge's own means"};
  if (WriteHook(*hook.ours) != hook.text)
    return {hook.hook, Health::kNote, hook.path + " is of an earlier version",
            Again(patient, hook)};
  return {hook.hook, Health::kGood, fmt::format("{} calls {}", hook.path, program), ""};
}

Examined OfManagers(const Patient& patient, const HookFacts& hook, const HookManager& manager) {
  const std::string configuration = ConfigurationOf(manager, hook, patient.directory);
  const std::string whose = fmt::format("{} is {}'s", hook.path, manager.name);
  if (!NamesUs(configuration))
    return {hook.hook, Health::kWrong, whose + ", and its configuration does not name git-verdict",
            fmt::format("{} has what to put there", manager.page)};
  if (manager.name == "lefthook" && hook.hook == "pre-push" &&
      configuration.find("use_stdin: true") == std::string::npos)
    return {hook.hook, Health::kWrong, whose + ", which hands our command no input",
            "put `use_stdin: true` beside it"};
  if (!hook.runs)
    return {hook.hook, Health::kWrong, hook.path + " is not executable, and is passed over",
            "`chmod +x " + Quoted(hook.path) + "`"};
  return {hook.hook, Health::kNote,
          fmt::format("{}; {} ({})", whose, manager.caution, manager.page), ""};
}

Examined OfOthers(const Patient& patient, const HookFacts& hook) {
  if (const HookManager* manager = FindManager(hook)) return OfManagers(patient, hook, *manager);
  if (NamesUs(hook.text) && hook.runs)
    return {hook.hook, Health::kNote, hook.path + " is another program's and names git-verdict",
            "`git verdict doctor" + patient.ServerOption() + " --prove` tells whether it refuses"};
  std::string found = hook.path + " is another program's and does not call git-verdict";
  if (IsOfGitLfs(hook.text))
    found = hook.path + " is Git LFS's, put there by `git lfs install --force`";
  else if (hook.kept)
    found = hook.path + " took the place of our hook and does not call git-verdict";
  return {hook.hook, Health::kWrong, found, Again(patient, hook)};
}

Examined OfConfig(const Patient& patient, const HookFacts& hook) {
  const std::string section = ConfigSection(hook.hook);
  if (patient.git_version < kConfigHooks)
    return {hook.hook, Health::kWrong,
            fmt::format("{} is in git's config, where this git {}.{} does not look", section,
                        patient.git_version / 1000, patient.git_version % 1000),
            "`git verdict uninstall && git verdict install`"};
  const GitAnswer enabled =
      AskGit({"config", "--type=bool", section + ".enabled"}, patient.directory);
  if (enabled.output == "false")
    return {hook.hook, Health::kWrong, section + ".enabled is false, so git passes over it",
            "`git config --unset " + section + ".enabled`"};
  if (*hook.in_config != WriteHookCommand({hook.hook, hook.program}))
    return {hook.hook, Health::kWrong, section + ".command is not what this version writes",
            "`git verdict install --as config`"};
  return {hook.hook, Health::kGood, fmt::format("{} calls {}", section, hook.program), ""};
}

/// Our hook in the repository's own folder, where git looks in another one.
std::optional<Examined> ShadowOf(const Patient& patient, const HookFacts& hook) {
  const std::string own = patient.common_directory + "/hooks/" + hook.hook;
  const auto path = FindConfig("core.hooksPath", patient.directory);
  if (!path || own == hook.path || !ReadHook(ReadWhole(own))) return std::nullopt;
  return Examined{hook.hook, Health::kWrong,
                  fmt::format("core.hooksPath={} ({}, {}) has git look for it elsewhere than at {}",
                              path->value, path->scope, path->origin, own),
                  path->scope == "local" ? "`git config --unset core.hooksPath`"
                                         : "`git verdict install` shows the ways out"};
}

Examined OfNothing(const Patient& patient, const HookFacts& hook) {
  if (auto shadow = ShadowOf(patient, hook)) return *shadow;
  return {hook.hook, Health::kWrong, "there is no " + hook.path, Again(patient, hook)};
}

Examined OfHook(const Patient& patient, const HookFacts& hook) {
  if (hook.in_config) return OfConfig(patient, hook);
  switch (hook.there) {
    case There::kNothing: return OfNothing(patient, hook);
    case There::kOurs: return OfOurs(patient, hook);
    case There::kForeign: {
      const auto shadow = NamesUs(hook.text) ? std::nullopt : ShadowOf(patient, hook);
      return shadow ? *shadow : OfOthers(patient, hook);
    }
    case There::kOursChanged: break;
  }
  return {hook.hook, Health::kWrong, hook.path + " was changed since git-verdict wrote it",
          "move it away, then " + Again(patient, hook)};
}

}  // namespace

// The first hook of a side has to be there; for the others nothing is wrong with none.
void CheckHooks(const Patient& patient, Checks& checks) {
  bool any = false;
  for (const HookFacts& hook : patient.hooks) any = any || IsDoor(hook);
  for (const HookFacts& hook : patient.hooks) {
    const bool is_first = &hook == &patient.hooks.front();
    const bool is_needed = is_first && (patient.side() == Side::kClient || !any);
    if (is_needed || IsDoor(hook)) checks.push_back(OfHook(patient, hook));
  }
}

void CheckHooksPath(const Patient& patient, Checks& checks) {
  const auto path = FindConfig("core.hooksPath", patient.directory);
  if (!path || !patient.repository) return;
  const std::string where =
      fmt::format("core.hooksPath={} ({}, {})", path->value, path->scope, path->origin);
  const bool relative = !path->value.starts_with('/') && !path->value.starts_with('~');
  if (relative && patient.side() == Side::kClient)
    return checks.push_back({"hooks path", Health::kNote,
                             where + " is relative: each worktree has hooks of its own, or none",
                             ""});
  checks.push_back({"hooks path", Health::kGood, where, ""});
}

void CheckWorktrees(const Patient& patient, Checks& checks) {
  const HookFacts& hook = patient.hooks.front();
  if (patient.side() == Side::kServer || hook.in_config || !fs::exists(hook.path)) return;
  const std::string list = AskGit({"worktree", "list", "--porcelain"}, patient.directory).output;
  constexpr std::string_view kWord = "worktree ";
  int count = 0;
  for (size_t at = 0; at < list.size(); at = std::min(list.find('\n', at), list.size() - 1) + 1) {
    if (list.compare(at, kWord.size(), kWord) != 0) continue;
    const size_t begin = at + kWord.size();
    const std::string tree = list.substr(begin, list.find('\n', begin) - begin);
    if (!fs::is_directory(tree)) continue;
    ++count;
    const std::string path = HooksFolder(tree) + "/" + hook.hook;
    if (access(path.c_str(), X_OK) == 0 || path == hook.path) continue;
    checks.push_back({hook.hook, Health::kWrong,
                      fmt::format("the worktree {} looks for it at {}, where none is", tree, path),
                      "make core.hooksPath absolute, or have its program run there"});
  }
  if (count > 1)
    checks.push_back({"worktrees", Health::kGood, fmt::format("{} were looked at", count), ""});
}

void CheckSkips(const Patient& patient, Checks& checks) {
  for (const HookFacts& hook : patient.hooks) {
    const HookManager* manager = FindManager(hook);
    if (!manager) continue;
    for (const std::string_view name : manager->skips) {
      const auto found = patient.environment.find(name);
      if (found == patient.environment.end() || found->second.empty()) continue;
      if (manager->name == "husky" && found->second != "0") continue;
      if (manager->name == "lefthook" && found->second != "0" && found->second != "false") continue;
      checks.push_back(
          {hook.hook, Health::kWrong,
           fmt::format("{}={} is set: {} leaves out checks", name, found->second, manager->name),
           fmt::format("`unset {}`", name)});
    }
  }
}

}  // namespace install
