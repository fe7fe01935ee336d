// The table of what `doctor` looks at, and the checks of the repository around the hooks.

#include <fmt/format.h>

#include "gates/core/rules.h"
#include "gates/core/shell_word.h"
#include "hooks/build_info.h"
#include "hooks/ssh_signatures.h"
#include "install/git_process.h"
#include "install/patient.h"
#include "install/places.h"

namespace install {
namespace {

using gates::Health;

// THE TABLE of checks. A further one: a function, its line here, its row in docs/install.md.
constexpr void (*kAllChecks[])(const Patient&, Checks&) = {
    CheckHooks,         CheckHooksPath, CheckWorktrees, CheckSkips,    CheckPolicy,
    CheckDefaultBranch, CheckObjects,   CheckHistory,   CheckVersions,
};

tl::expected<hooks::TrustedRules, gates::Finding> RulesOf(const Patient& patient) {
  return hooks::FindTrustedRules(*patient.repository, patient.Refs(),
                                 patient.repository->FindRef("HEAD"));
}

/// What is the matter with the default branch as such; empty where nothing is.
gates::Examined OfDefaultBranch(const Patient& patient, const std::string& branch) {
  constexpr const char* kName = "default branch";
  const bool on_server = patient.side() == Side::kServer;
  if (!on_server && patient.remote.empty())
    return {kName, Health::kNote, "this clone has no remote to push to", ""};
  if (branch.empty())
    return {kName, Health::kWrong,
            on_server ? "HEAD names a commit and no branch"
                      : fmt::format("refs/remotes/{}/HEAD is not there, so nobody knows which "
                                    "branch it is",
                                    patient.remote),
            on_server ? "`git symbolic-ref HEAD refs/heads/main`"
                      : HowToKnowDefaultBranch(patient.remote, patient.directory)};
  if (patient.Refs().Find(branch)) return {kName, Health::kGood, branch + " is protected", ""};
  if (on_server && patient.repository->RefsUnder("refs/heads/").empty())
    return {kName, Health::kNote, branch + " is not there yet: the first push is free", ""};
  return {kName, Health::kWrong,
          fmt::format("{} leads to {}, which is not there",
                      on_server ? "HEAD" : "refs/remotes/" + patient.remote + "/HEAD", branch),
          on_server ? "`git symbolic-ref HEAD refs/heads/...`, with the branch that is"
                    : HowToKnowDefaultBranch(patient.remote, patient.directory)};
}

bool HasPartOfItsObjects(const Patient& patient) {
  return AskGit({"config", "--get-regexp", "^remote\\..*\\.promisor$"}, patient.directory)
      .Succeeded();
}

}  // namespace

gates::Examination Examine(const Patient& patient) {
  gates::Examination examination;
  for (const auto& check : kAllChecks) check(patient, examination.checks);
  return examination;
}

void CheckPolicy(const Patient& patient, Checks& checks) {
  if (!patient.repository) return;
  const auto rules = RulesOf(patient);
  if (rules)
    return checks.push_back({"policy", Health::kGood, "valid, from " + rules->origin.source, ""});
  const gates::Finding& finding = rules.error();
  std::string place = finding.path;
  if (finding.line > 0) place += fmt::format(":{}:{}", finding.line, finding.column);
  checks.push_back(
      {"policy", Health::kWrong, fmt::format("{}: {}", place, finding.message), finding.remedy});
}

void CheckDefaultBranch(const Patient& patient, Checks& checks) {
  if (!patient.repository) return;
  const std::string branch = patient.Refs().DefaultBranch();
  gates::Examined examined = OfDefaultBranch(patient, branch);
  const auto rules = RulesOf(patient);
  if (examined.health == Health::kGood && !rules)
    examined = {"default branch", Health::kWrong,
                branch + " cannot be judged while no policy can be read", "mend the policy"};
  else if (examined.health == Health::kGood && !rules->rules.IsProtected(branch))
    examined = {"default branch", Health::kWrong,
                fmt::format("the policy does not protect {}", branch),
                "put HEAD under `protected` in .verdict.yml"};
  checks.push_back(std::move(examined));
}

void CheckObjects(const Patient& patient, Checks& checks) {
  if (patient.side() == Side::kClient || !patient.repository) return;
  for (const char* key : {"receive.fsckObjects", "transfer.fsckObjects"}) {
    const GitAnswer value = AskGit({"config", "--type=bool", key}, patient.directory);
    if (!value.Succeeded()) continue;
    if (value.output != "true") break;
    return checks.push_back({"fsckObjects", Health::kGood, std::string(key) + " is true", ""});
  }
  checks.push_back(
      {"fsckObjects", Health::kWrong,
       "receive.fsckObjects is not true: git takes broken objects in",
       "`git -C " + gates::ShellWord(patient.directory) + " config receive.fsckObjects true`"});
}

void CheckHistory(const Patient& patient, Checks& checks) {
  if (!patient.repository) return;
  if (patient.repository->IsShallow())
    return checks.push_back({"history", Health::kWrong,
                             "this repository is shallow: nothing can be judged in it",
                             "`git fetch --unshallow`"});
  if (HasPartOfItsObjects(patient))
    return checks.push_back({"history", Health::kNote,
                             "a partial clone: objects that are not here are not fetched to judge",
                             "`git fetch --refetch --no-filter`"});
  checks.push_back({"history", Health::kGood, "complete", ""});
}

void CheckVersions(const Patient& patient, Checks& checks) {
  const std::string all = hooks::VersionText();
  const size_t second = all.find('\n') + 1;
  checks.push_back(
      {"versions", Health::kGood,
       fmt::format("{}, git {}.{}, {}", all.substr(0, second - 1), patient.git_version / 1000,
                   patient.git_version % 1000, all.substr(second, all.find('\n', second) - second)),
       ""});
  if (!patient.repository) return;
  const auto rules = RulesOf(patient);
  if (!rules || !rules->rules.policy().writers) return;
  if (hooks::SshSignatures().HasProgram())
    return checks.push_back({"ssh-keygen", Health::kGood, "is here, for the policy's writers", ""});
  checks.push_back({"ssh-keygen", Health::kWrong,
                    "the policy has writers, and no ssh-keygen is here to verify who signed",
                    "install openssh-client"});
}

}  // namespace install
