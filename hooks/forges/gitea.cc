// Forge: Gitea Actions, and Forgejo Actions, which call their variables alike.

#include <fmt/format.h>

#include "hooks/forges/actions.h"

namespace forges {

bool RunsGiteaJob(const Variables&);
Job ReadGiteaJob(const Variables&);

namespace {

// GITHUB_SHA is the head of the pull request as its author made it: nobody has merged it yet.
Job ReadPullRequest(const Variables& variables) {
  const std::string ref = variables.Require("GITHUB_REF");
  if (!ref.starts_with("refs/pull/"))
    throw Unfit(fmt::format("GITHUB_REF is '{}' and no pull request", ref));
  Job job = JobFor(variables, PayloadOf(variables), variables.RequireBranch("GITHUB_BASE_REF"));
  job.head = variables.RequireCommit("GITHUB_SHA");
  return job;
}

}  // namespace

bool RunsGiteaJob(const Variables& variables) {
  return variables.IsOn("GITEA_ACTIONS") || variables.IsOn("FORGEJO_ACTIONS");
}

Job ReadGiteaJob(const Variables& variables) {
  const std::string event = variables.Require("GITHUB_EVENT_NAME");
  if (event == "pull_request") return ReadPullRequest(variables);
  if (event == "pull_request_target") return ReadPullRequestTarget(variables);
  if (event == "push") return ReadPush(variables);
  throw UnfitEvent(variables);
}

}  // namespace forges
