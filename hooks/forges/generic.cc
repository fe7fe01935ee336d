// Forge: Jenkins, and whoever sets the plain variables that its multibranch jobs have.

#include "hooks/forges/forge.h"

namespace forges {

bool RunsGenericJob(const Variables&);
Job ReadGenericJob(const Variables&);

namespace {

// What is checked out is the head, or the head merged into the target, as the job is set up.
Job ReadChange(const Variables& variables) {
  Job job;
  job.event = "change request";
  job.target = variables.RequireBranch("CHANGE_TARGET");
  return job;
}

// What came to a branch since its last build.
Job ReadBranch(const Variables& variables) {
  if (!variables.Find("TAG_NAME").empty())
    throw Unfit(
        "TAG_NAME is set: this job is about a tag, and nothing tells what was there before");
  Job job;
  job.event = "branch";
  job.target = variables.RequireBranch("BRANCH_NAME");
  job.kind = Kind::kPushed;
  job.head = variables.RequireCommit("GIT_COMMIT");
  job.base = Base::kGiven;
  job.before = variables.RequireCommit("GIT_PREVIOUS_COMMIT");
  return job;
}

bool IsChange(const Variables& variables) {
  return !variables.Find("CHANGE_ID").empty() || !variables.Find("CHANGE_TARGET").empty();
}

}  // namespace

bool RunsGenericJob(const Variables& variables) {
  return !variables.Find("JENKINS_URL").empty() || IsChange(variables);
}

Job ReadGenericJob(const Variables& variables) {
  return IsChange(variables) ? ReadChange(variables) : ReadBranch(variables);
}

}  // namespace forges
