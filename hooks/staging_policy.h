#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gates/policy_source.h"
#include "gates/staging/fold.h"
#include "hooks/command.h"
#include "hooks/git/repository.h"

namespace hooks {

/// The policy that staging goes by here: the pinned one, else that of the commit
/// `base`, else (empty) of the remote's default branch, else the built-in one.
/// Never that of HEAD, the branch being staged. Throws where `base` names no commit.
tl::expected<gates::SourcedPolicy, gates::Finding> StagingPolicy(const std::string& base);

/// Whether the policy and the environment let failures be waived. The
/// environment can only forbid it.
gates::Tolerance ToleranceUnder(const gates::Policy& policy, const Process& process);

/// The commit that an option's value names; throws where it names none.
gates::ObjectId NamedCommit(const git::Repository& repository, const std::string& revision,
                            std::string_view option);

}  // namespace hooks
