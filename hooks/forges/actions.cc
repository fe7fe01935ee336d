#include "hooks/forges/actions.h"

#include <fmt/format.h>

#include "hooks/ref_lines.h"

namespace forges {

Payload PayloadOf(const Variables& variables) {
  return ReadPayload(variables.Require("GITHUB_EVENT_PATH"));
}

Job JobFor(const Variables& variables, const Payload& payload, std::string target) {
  Job job;
  job.event = variables.Require("GITHUB_EVENT_NAME");
  job.target = std::move(target);
  if (!payload.default_branch.empty())
    job.default_branch = FullName(payload.default_branch, "the default branch of the event");
  return job;
}

Job ReadPush(const Variables& variables) {
  const Payload payload = PayloadOf(variables);
  const std::string ref = variables.Require("GITHUB_REF");
  const auto after = variables.RequireCommit("GITHUB_SHA");
  if (!hooks::MayBeRefName(ref)) throw Unfit(fmt::format("GITHUB_REF is '{}' and no ref", ref));
  if (payload.ref != ref || RequireId(payload.after, "`after` of the event") != after)
    throw Unfit(
        "the file at GITHUB_EVENT_PATH tells of another push than GITHUB_REF and GITHUB_SHA");
  Job job = JobFor(variables, payload, ref);
  job.kind = Kind::kPushed;
  job.head = after;
  job.base = Base::kGiven;
  const auto before = RequireId(payload.before, "`before` of the event");
  if (!before.is_zero()) job.before = before;
  return job;
}

Job ReadPullRequestTarget(const Variables& variables) {
  const Payload payload = PayloadOf(variables);
  Job job = JobFor(variables, payload, variables.RequireBranch("GITHUB_BASE_REF"));
  job.head = RequireId(payload.proposed, "`pull_request.head.sha` of the event");
  return job;
}

gates::WorldError UnfitEvent(const Variables& variables) {
  return Unfit(fmt::format("GITHUB_EVENT_NAME is '{}', which proposes nothing and pushes nothing",
                           variables.Find("GITHUB_EVENT_NAME")));
}

}  // namespace forges
