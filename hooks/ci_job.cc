#include "hooks/ci_job.h"

#include <fmt/format.h>

namespace hooks {
namespace {

gates::WorldError NotHere(const std::string& what) {
  return {gates::Code::kInputMalformed, what + " is not in this clone",
          "fetch all branches of origin, and the commit that the job is about"};
}

gates::ObjectId HeadOf(const forges::Job& job, const git::Repository& repository) {
  if (job.head) {
    if (repository.Has(*job.head)) return *job.head;
    throw NotHere("the commit " + job.head->hex12() + " of this job");
  }
  if (const auto checked_out = repository.ResolveTyped("HEAD")) return *checked_out;
  throw NotHere("what is checked out");
}

gates::ObjectId FirstParentOf(const gates::ObjectId& head, const git::Repository& repository) {
  const auto commit = repository.FindCommit(head);
  if (commit && commit->parents.size() == 2) return commit->parents[0];
  throw forges::Unfit(head.hex12() + " is not the merge that this job should be about");
}

std::optional<gates::ObjectId> BaseOf(const forges::Job& job, const gates::ObjectId& head,
                                      const git::Repository& repository, const gates::Refs& refs) {
  switch (job.base) {
    case forges::Base::kGiven: return job.before;
    case forges::Base::kFirstParent: return FirstParentOf(head, repository);
    case forges::Base::kTargetTip: break;
  }
  if (const auto tip = refs.Find(job.target)) return tip;
  throw NotHere(job.target + ", the target of this job,");
}

}  // namespace

std::optional<JobChange> FindJobChange(const Process& process, const git::Repository& repository,
                                       const gates::Refs& refs) {
  const forges::Variables variables(process.environment);
  const forges::Forge* forge = forges::FindForge(variables);
  if (!forge) return std::nullopt;
  const forges::Job job = forge->read(variables);
  if (repository.IsShallow())
    throw gates::WorldError(
        gates::Code::kHistoryShallow,
        fmt::format("this clone of {} does not hold the whole history", forge->title),
        fmt::format("have it hold all: {}", forge->whole_history));
  JobChange change;
  change.kind = job.kind;
  change.default_branch = job.default_branch;
  change.update.ref = job.target;
  change.update.after = HeadOf(job, repository);
  change.update.before = BaseOf(job, *change.update.after, repository, refs);
  change.told =
      fmt::format("{} ({}): {} on {} of {}", forge->title, job.event, change.update.after->hex12(),
                  change.update.before ? change.update.before->hex12() : "nothing", job.target);
  return change;
}

std::optional<gates::ObjectId> RefsBefore::Find(std::string_view name) const {
  return update_ && update_->ref == name ? update_->before : now_.Find(name);
}

std::vector<gates::Ref> RefsBefore::Under(std::string_view prefix) const {
  std::vector<gates::Ref> refs = now_.Under(prefix);
  if (!update_ || !update_->ref) return refs;
  std::erase_if(refs, [&](const gates::Ref& ref) { return ref.name == *update_->ref; });
  if (update_->before && update_->ref->starts_with(prefix))
    refs.push_back({*update_->ref, *update_->before});
  return refs;
}

}  // namespace hooks
