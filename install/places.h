#pragma once

#include <optional>
#include <string>

#include "install/plan.h"

namespace install {

/// Where a hook stands, or would, and who runs it there.
struct Place {
  std::string path;
  Runner runner = Runner::kTaken;
  std::string owner;  // as in HookFacts
};

/// What git says about the repository at `directory`; throws hooks::UsageError where there is
/// none, or it is another user's.
std::string GitDirectoryOf(const std::string& directory);

/// The folder that git looks for hooks in, absolute: core.hooksPath, or the repository's own.
std::string HooksFolder(const std::string& directory);

/// Where git looks for a hook of the repository at `directory`.
Place PlaceInRepository(const std::string& hook, const std::string& directory);

/// The same for a server: a bare repository (of a forge's as well), a forge's folder of hooks,
/// or a clone of gitolite-admin. Throws hooks::UsageError where it is none of them.
Place PlaceOnServer(const std::string& hook, const std::string& directory);

/// The repository that a server's folder belongs to, where it does to one.
std::optional<std::string> RepositoryOfServer(const std::string& directory);

/// What makes the default branch of a remote known in the repository at `directory`, as words
/// between backquotes. A bare clone fetches no branches before it is told to.
std::string HowToKnowDefaultBranch(const std::string& remote, const std::string& directory);

/// What a value in git's config says and where it says so.
struct ConfigOrigin {
  std::string scope;
  std::string origin;
  std::string value;
};
std::optional<ConfigOrigin> FindConfig(const std::string& key, const std::string& directory);

}  // namespace install
