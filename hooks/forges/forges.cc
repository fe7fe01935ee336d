// The table of CI forges.

#include <fmt/format.h>

#include "hooks/forges/forge.h"

namespace forges {

bool RunsGenericJob(const Variables&);
bool RunsGiteaJob(const Variables&);
bool RunsGithubJob(const Variables&);
bool RunsGitlabJob(const Variables&);
Job ReadGenericJob(const Variables&);
Job ReadGiteaJob(const Variables&);
Job ReadGithubJob(const Variables&);
Job ReadGitlabJob(const Variables&);

namespace {

constexpr Forge kForges[] = {
    {"GitHub Actions", "`fetch-depth: 0` for actions/checkout", RunsGithubJob, ReadGithubJob},
    {"Gitea or Forgejo Actions", "`fetch-depth: 0` for actions/checkout", RunsGiteaJob,
     ReadGiteaJob},
    {"GitLab CI", "`GIT_DEPTH: 0` under the job's `variables:`", RunsGitlabJob, ReadGitlabJob},
    {"Jenkins", "a checkout without `shallow: true`, or `git fetch --unshallow` before",
     RunsGenericJob, ReadGenericJob},
};

}  // namespace

std::span<const Forge> AllForges() { return kForges; }

const Forge* FindForge(const Variables& variables) {
  const Forge* found = nullptr;
  for (const Forge& forge : kForges) {
    if (!forge.runs(variables)) continue;
    if (found)
      throw Unfit(
          fmt::format("the variables are those of {} and of {}", found->title, forge.title));
    found = &forge;
  }
  return found;
}

}  // namespace forges
