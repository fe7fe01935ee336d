// Forge: GitLab CI.

#include <fmt/format.h>

#include "hooks/forges/forge.h"
#include "hooks/ref_lines.h"

namespace forges {

bool RunsGitlabJob(const Variables&);
Job ReadGitlabJob(const Variables&);

namespace {

// Whatever kind of pipeline it is (detached, merged results, merge train): its head is judged on
// what the target holds now. The first parent of a head may be its author's choice here.
Job ReadMergeRequest(const Variables& variables) {
  if (variables.Require("CI_MERGE_REQUEST_PROJECT_ID") != variables.Require("CI_PROJECT_ID"))
    throw Unfit("this pipeline runs in a fork, where origin is not what it would be merged into");
  Job job;
  job.target = variables.RequireBranch("CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  job.head = variables.RequireCommit("CI_COMMIT_SHA");
  return job;
}

std::string PushedRef(const Variables& variables) {
  const std::string tag = variables.Find("CI_COMMIT_TAG");
  if (tag.empty()) return variables.RequireBranch("CI_COMMIT_BRANCH");
  std::string ref = "refs/tags/" + tag;
  if (hooks::MayBeRefName(ref)) return ref;
  throw Unfit(fmt::format("CI_COMMIT_TAG is '{}' and no name of a tag", tag));
}

Job ReadPush(const Variables& variables) {
  Job job;
  job.target = PushedRef(variables);
  job.kind = Kind::kPushed;
  job.head = variables.RequireCommit("CI_COMMIT_SHA");
  job.base = Base::kGiven;
  const auto before = variables.RequireCommit("CI_COMMIT_BEFORE_SHA");
  if (!before.is_zero()) job.before = before;
  return job;
}

}  // namespace

// A runner on somebody's own machine says `false`, and is meant as well.
bool RunsGitlabJob(const Variables& variables) { return !variables.Find("GITLAB_CI").empty(); }

Job ReadGitlabJob(const Variables& variables) {
  const std::string source = variables.Require("CI_PIPELINE_SOURCE");
  if (source != "merge_request_event" && source != "push")
    throw Unfit(fmt::format("CI_PIPELINE_SOURCE is '{}', which proposes nothing and pushes nothing",
                            source));
  Job job = source == "push" ? ReadPush(variables) : ReadMergeRequest(variables);
  job.event = source;
  job.default_branch = variables.RequireBranch("CI_DEFAULT_BRANCH");
  return job;
}

}  // namespace forges
