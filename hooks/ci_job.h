#pragma once

#include <optional>
#include <string>

#include "gates/judge.h"
#include "hooks/command.h"
#include "hooks/forges/forge.h"
#include "hooks/git/repository.h"

namespace hooks {

/// The change that the CI job around this process is about.
struct JobChange {
  gates::RefUpdate update;
  forges::Kind kind = forges::Kind::kProposed;
  std::string default_branch;  // full name; empty: the forge does not tell
  std::string told;            // where it comes from, in a line for people
};

/// Nothing outside of CI. Throws WorldError where the job cannot be read, or this clone does not
/// hold what it is about: never a guess.
std::optional<JobChange> FindJobChange(const Process& process, const git::Repository& repository,
                                       const gates::Refs& refs);

/// The refs as they stood before an update that has happened already.
class RefsBefore final : public gates::Refs {
 public:
  /// `update`: nothing where none has happened. `default_branch`: as the forge tells, else empty.
  RefsBefore(const gates::Refs& now, std::optional<gates::RefUpdate> update,
             std::string default_branch)
      : now_(now), update_(std::move(update)), default_branch_(std::move(default_branch)) {}

  std::optional<gates::ObjectId> Find(std::string_view name) const override;
  std::vector<gates::Ref> Under(std::string_view prefix) const override;
  std::string MovedBy(std::string_view name) const override { return now_.MovedBy(name); }
  /// A job's clone need not hold any other branch. The default branch was there before them.
  bool AreAll() const override { return update_ ? update_->ref == default_branch_ : now_.AreAll(); }

 private:
  const gates::Refs& now_;
  std::optional<gates::RefUpdate> update_;
  std::string default_branch_;
};

}  // namespace hooks
