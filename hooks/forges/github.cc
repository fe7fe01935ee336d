// Forge: GitHub Actions.

#include <fmt/format.h>

#include <algorithm>

#include "hooks/forges/actions.h"
#include "hooks/ref_lines.h"

namespace forges {

bool RunsGiteaJob(const Variables&);
bool RunsGithubJob(const Variables&);
Job ReadGithubJob(const Variables&);

namespace {

// refs/pull/<number>/merge: nobody but GitHub writes it.
bool IsMergeRef(std::string_view ref) {
  constexpr std::string_view kStart = "refs/pull/", kEnd = "/merge";
  if (!ref.starts_with(kStart) || !ref.ends_with(kEnd)) return false;
  if (ref.size() <= kStart.size() + kEnd.size()) return false;
  ref.remove_prefix(kStart.size());
  ref.remove_suffix(kEnd.size());
  return std::ranges::all_of(ref, [](char c) { return c >= '0' && c <= '9'; });
}

// GITHUB_SHA is a merge that GitHub made. The event's own base may be older than its first parent.
Job ReadPullRequest(const Variables& variables) {
  const std::string ref = variables.Require("GITHUB_REF");
  if (!IsMergeRef(ref))
    throw Unfit(fmt::format("GITHUB_REF is '{}' and not the merge of an open pull request", ref));
  Job job = JobFor(variables, PayloadOf(variables), variables.RequireBranch("GITHUB_BASE_REF"));
  job.head = variables.RequireCommit("GITHUB_SHA");
  job.base = Base::kFirstParent;
  return job;
}

// The commit that the branch gets if all goes well, on what stands before it in the queue.
Job ReadMergeGroup(const Variables& variables) {
  const Payload payload = PayloadOf(variables);
  if (!payload.queue_target.starts_with("refs/heads/") ||
      !hooks::MayBeRefName(payload.queue_target))
    throw Unfit("the file at GITHUB_EVENT_PATH names no branch that the merge group is for");
  Job job = JobFor(variables, payload, payload.queue_target);
  job.kind = Kind::kQueued;
  job.head = variables.RequireCommit("GITHUB_SHA");
  if (RequireId(payload.queue_head, "`merge_group.head_sha` of the event") != *job.head)
    throw Unfit("the file at GITHUB_EVENT_PATH tells of another merge group than GITHUB_SHA");
  job.base = Base::kGiven;
  job.before = RequireId(payload.queue_base, "`merge_group.base_sha` of the event");
  return job;
}

}  // namespace

bool RunsGithubJob(const Variables& variables) {
  return variables.IsOn("GITHUB_ACTIONS") && !RunsGiteaJob(variables);
}

Job ReadGithubJob(const Variables& variables) {
  const std::string event = variables.Require("GITHUB_EVENT_NAME");
  if (event == "pull_request") return ReadPullRequest(variables);
  if (event == "pull_request_target") return ReadPullRequestTarget(variables);
  if (event == "merge_group") return ReadMergeGroup(variables);
  if (event == "push") return ReadPush(variables);
  throw UnfitEvent(variables);
}

}  // namespace forges
