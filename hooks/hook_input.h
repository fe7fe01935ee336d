#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "hooks/command.h"
#include "hooks/git/repository.h"

namespace hooks {

/// Everything on the stream. Throws where it cannot be read.
std::string ReadAll(std::istream& in);

/// A variable of the environment; empty where it is not set.
std::string Variable(const Process& process, std::string_view name);

/// The repository that a client hook of git's is about: GIT_DIR, else the one we stand in.
git::Repository OpenForHook(const Process& process);

}  // namespace hooks
