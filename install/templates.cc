#include "install/templates.h"

#include <algorithm>

namespace install {
namespace {

constexpr CiFile kCiFiles[] = {
    {"github", ".github/actions/git-verdict/action.yml", "action/action.yml", ""},
    {"github", ".github/actions/git-verdict/check", "action/check", ""},
    {"github", ".github/workflows/git-verdict.yml", "github/workflow.yml",
     "name the program in .github/workflows/git-verdict.yml, land it, then make the job "
     "git-verdict a required check"},
    {"gitea", ".gitea/actions/git-verdict/action.yml", "action/action.yml", ""},
    {"gitea", ".gitea/actions/git-verdict/check", "action/check", ""},
    {"gitea", ".gitea/workflows/git-verdict.yml", "gitea/workflow.yml",
     "name the program in .gitea/workflows/git-verdict.yml, land it, then require the status "
     "of git-verdict"},
    {"gitlab", ".gitlab/git-verdict-check", "action/check", ""},
    {"gitlab", ".gitlab/git-verdict.yml", "gitlab/git-verdict.yml",
     "include .gitlab/git-verdict.yml in .gitlab-ci.yml, name the program in it, land both, then "
     "require that pipelines succeed"},
    {"jenkins", ".jenkins/git-verdict-check", "action/check",
     "add the stage of docs/ci/jenkins.md to the Jenkinsfile and land both"},
};

}  // namespace

std::span<const CiFile> AllCiFiles() { return kCiFiles; }

std::vector<std::string_view> CiForges() {
  std::vector<std::string_view> forges;
  for (const CiFile& file : kCiFiles)
    if (std::ranges::find(forges, file.forge) == forges.end()) forges.push_back(file.forge);
  return forges;
}

}  // namespace install
