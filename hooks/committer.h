#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

#include "hooks/command.h"
#include "hooks/git/writer.h"
#include "hooks/refusal.h"

namespace hooks {

/// Who a commit is by: GIT_<role>_NAME, _EMAIL and _DATE of the environment, else
/// user.name and user.email of git's config, and `now`. `role`: AUTHOR or COMMITTER.
tl::expected<git::Signature, Refusal> FindSignature(const std::string& role,
                                                    const git::Writer& writer,
                                                    const Process& process, std::int64_t now);

}  // namespace hooks
