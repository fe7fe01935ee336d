#pragma once

#include <string>

#include "gates/core/world.h"

namespace git {

/// REPOSITORY_UNREADABLE, about the object `sha` where one is known.
gates::WorldError Unreadable(const std::string& message, const std::string& sha = "");

/// What libgit2 said about its last failure, on this thread.
std::string Libgit2Message();

}  // namespace git
