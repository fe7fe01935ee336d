#include "install/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace install {
namespace {

constexpr int kConfigHooks = 2054;  // the first git that runs hooks from its config

void Refuse(Plan& plan, std::string why) { plan.refusals.push_back(std::move(why)); }

Step Write(const HookFacts& facts, int made_folders) {
  const HookText text{facts.hook, facts.program, made_folders};
  return {.kind = Step::Kind::kWriteHook, .path = facts.path, .from = "", .text = WriteHook(text)};
}

std::string Promise(const HookFacts& facts) {
  return fmt::format("{} {}", facts.path, FindHook(facts.hook)->promise);
}

void PlanOverOurs(const HookFacts& facts, Plan& plan) {
  const Step write = Write(facts, facts.ours->made_folders);
  if (facts.runs && facts.text == write.text)
    return plan.messages.push_back(facts.path + " is in place already");
  plan.steps.push_back(write);
  plan.messages.push_back(Promise(facts));
}

void PlanOverForeign(const HookFacts& facts, Plan& plan) {
  const std::string kept = KeptPath(facts.path);
  if (facts.runner == Runner::kFolder)
    return Refuse(plan, facts.path +
                            " is another program's: give that file another name, then "
                            "install again");
  if (facts.kept && *facts.kept != facts.text)
    return Refuse(plan, fmt::format("{} is another program's, and {} holds a hook of before; "
                                    "make one of the two, then install again",
                                    facts.path, kept));
  if (!facts.kept)
    plan.steps.push_back({.kind = Step::Kind::kKeep, .path = kept, .from = facts.path, .text = ""});
  plan.steps.push_back(Write(facts, 0));
  plan.messages.push_back(
      fmt::format("{}, then runs the hook that was there (kept as {})", Promise(facts), kept));
}

void PlanHookFile(const HookFacts& facts, Plan& plan) {
  if (facts.runner == Runner::kTaken) return Refuse(plan, facts.path + " " + facts.owner);
  if (facts.in_config)
    return Refuse(plan, fmt::format("{} is in git's config already and would run twice; "
                                    "`git verdict uninstall` first",
                                    facts.hook));
  switch (facts.there) {
    case There::kNothing:
      plan.steps.push_back(Write(facts, facts.missing_folders));
      return plan.messages.push_back(Promise(facts));
    case There::kOurs: return PlanOverOurs(facts, plan);
    case There::kForeign: return PlanOverForeign(facts, plan);
    case There::kOursChanged: break;
  }
  Refuse(plan, facts.path +
                   " is ours with changes of somebody's, which would be lost: move it "
                   "away, then install again");
}

void PlanHookInConfig(const HookFacts& facts, const Facts& all, Plan& plan) {
  if (all.git_version < kConfigHooks)
    return Refuse(plan, fmt::format("this git is {}.{}, and git runs hooks from its config from "
                                    "2.54 on; install without --as config",
                                    all.git_version / 1000, all.git_version % 1000));
  if (FindHook(facts.hook)->side == Side::kServer)
    return Refuse(plan,
                  "only client hooks can be in git's config: a server's hook has to be seen "
                  "to answer ALLOW; install without --as config");
  if (facts.there == There::kOurs)
    return Refuse(plan, facts.path +
                            " is in place already and would run as well; `git verdict "
                            "uninstall` first");
  const std::string section = ConfigSection(facts.hook);
  const std::string command = WriteHookCommand({facts.hook, facts.program});
  if (facts.in_config == command)
    return plan.messages.push_back(section + " in this repository's config is in place already");
  for (const auto& [key, value] : {std::pair("event", facts.hook), std::pair("command", command)})
    plan.steps.push_back(
        {.kind = Step::Kind::kConfig, .path = section + "." + key, .from = "", .text = value});
  plan.messages.push_back(
      fmt::format("{} in this repository's config {}", section, FindHook(facts.hook)->promise));
}

void PlanFile(const FileFacts& facts, Plan& plan) {
  if (facts.there == facts.text)
    return plan.messages.push_back(facts.path + " is in place already");
  if (facts.there)
    return Refuse(plan, facts.path +
                            " is there already and stays as it is: leave this one out, "
                            "or move it away");
  plan.steps.push_back(
      {.kind = Step::Kind::kWriteFile, .path = facts.path, .from = "", .text = facts.text});
  plan.messages.push_back(facts.path + " is written; commit it");
}

std::string Shown(const ForeignHooksPath& path) {
  std::string text = fmt::format(
      "core.hooksPath is set for more than this repository ({}), so nothing was changed\n"
      "  {}  {}  core.hooksPath={}\n"
      "do one of these:",
      path.scope, path.scope, path.origin, path.value);
  if (path.scope == "local" || path.scope == "worktree")
    text = fmt::format(
        "core.hooksPath is another program's, which makes that folder anew, so nothing was "
        "changed\n"
        "  {}  {}  core.hooksPath={}\n"
        "do one of these:",
        path.scope, path.origin, path.value);
  int number = 0;
  for (const std::string& remedy : path.remedies)
    text += fmt::format("\n  {}. {}", ++number, remedy);
  return text;
}

bool IsAnyFileOfGits(const Facts& facts) {
  for (const HookFacts& hook : facts.hooks)
    if (hook.runner == Runner::kGit) return true;
  return false;
}

Plan PlanInstall(const Facts& facts) {
  Plan plan;
  plan.next = facts.next;
  if (facts.foreign_path && facts.form == Form::kFiles && IsAnyFileOfGits(facts)) {
    Refuse(plan, Shown(*facts.foreign_path));
    return plan;
  }
  for (const HookFacts& hook : facts.hooks)
    facts.form == Form::kFiles ? PlanHookFile(hook, plan) : PlanHookInConfig(hook, facts, plan);
  for (const FileFacts& file : facts.files) PlanFile(file, plan);
  return plan;
}

void RemoveFolders(const HookFacts& facts, Plan& plan) {
  std::filesystem::path folder = facts.path;
  for (int left = facts.ours->made_folders; left > 0; --left) {
    folder = folder.parent_path();
    plan.steps.push_back(
        {.kind = Step::Kind::kRemoveFolder, .path = folder.string(), .from = "", .text = ""});
  }
}

void PlanRemoval(const HookFacts& facts, Plan& plan) {
  if (facts.in_config) {
    plan.steps.push_back({.kind = Step::Kind::kForgetConfig,
                          .path = ConfigSection(facts.hook),
                          .from = "",
                          .text = ""});
    plan.messages.push_back(ConfigSection(facts.hook) + " is taken out of git's config");
    if (facts.there == There::kNothing) return;
  }
  switch (facts.there) {
    case There::kNothing:
      return plan.messages.push_back(facts.path + " is not there, nothing to take out");
    case There::kForeign:
      return plan.messages.push_back(facts.path + " is another program's and stays as it is");
    case There::kOursChanged:
      return Refuse(plan, facts.path +
                              " is ours with changes of somebody's, which would be lost: "
                              "move it away");
    case There::kOurs: break;
  }
  if (facts.runner == Runner::kTaken) return Refuse(plan, facts.path + " " + facts.owner);
  if (facts.kept && facts.runner == Runner::kGit) {
    plan.steps.push_back({.kind = Step::Kind::kRestore,
                          .path = facts.path,
                          .from = KeptPath(facts.path),
                          .text = ""});
    return plan.messages.push_back(facts.path + " is again the hook of before");
  }
  plan.steps.push_back({.kind = Step::Kind::kRemove, .path = facts.path, .from = "", .text = ""});
  RemoveFolders(facts, plan);
  plan.messages.push_back(facts.path + " is taken out");
}

}  // namespace

std::string ConfigSection(const std::string& hook) { return "hook.git-verdict-" + hook; }

Plan MakePlan(Aim aim, const Facts& facts) {
  Plan plan;
  if (aim == Aim::kInstall) plan = PlanInstall(facts);
  if (aim == Aim::kUninstall)
    for (const HookFacts& hook : facts.hooks) PlanRemoval(hook, plan);
  if (!plan.refusals.empty()) plan.steps.clear();
  // Folders go when all that was put into them is gone.
  std::stable_partition(plan.steps.begin(), plan.steps.end(),
                        [](const Step& step) { return step.kind != Step::Kind::kRemoveFolder; });
  return plan;
}

std::string Describe(const Step& step) {
  switch (step.kind) {
    case Step::Kind::kKeep: return fmt::format("keep {} as {}", step.from, step.path);
    case Step::Kind::kRestore: return fmt::format("put {} back as {}", step.from, step.path);
    case Step::Kind::kWriteHook: return fmt::format("write the hook {}", step.path);
    case Step::Kind::kWriteFile: return fmt::format("write {}", step.path);
    case Step::Kind::kRemove: return fmt::format("remove {}", step.path);
    case Step::Kind::kRemoveFolder: return fmt::format("remove the folder {} if empty", step.path);
    case Step::Kind::kConfig: return fmt::format("git config {}", step.path);
    case Step::Kind::kForgetConfig: break;
  }
  return fmt::format("git config --remove-section {}", step.path);
}

}  // namespace install
