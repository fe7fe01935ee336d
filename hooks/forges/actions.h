#pragma once

#include "hooks/forges/forge.h"
#include "hooks/forges/payload.h"

// What GitHub, Gitea and Forgejo have in common: variables GITHUB_* and a payload.

namespace forges {

/// The payload of the running event.
Payload PayloadOf(const Variables& variables);

/// A job of this event, about `target`.
Job JobFor(const Variables& variables, const Payload& payload, std::string target);

/// A branch or tag that was pushed.
Job ReadPush(const Variables& variables);

/// `pull_request_target`: the head is a stranger's, and all else is the target's.
Job ReadPullRequestTarget(const Variables& variables);

/// That nothing is proposed and nothing was pushed.
gates::WorldError UnfitEvent(const Variables& variables);

}  // namespace forges
