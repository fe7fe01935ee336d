#pragma once

#include <optional>
#include <string>

#include "hooks/git/repository.h"

namespace hooks {

/// Whether text is a URI (RFC 3986), its scheme and its host in lower case.
bool IsUri(const std::string& text);

/// Whether it can name a repository, so that a commit and a path can stand behind it: a URI
/// without query and fragment.
bool IsResourceUri(const std::string& text);

/// A remote's URL in git's spelling (`https://...`, `user@host:path`, `/srv/x.git`) as a URI,
/// `git+https://host/path`, without the user and the password in it; nothing for any other.
std::optional<std::string> UriOfRemote(const std::string& url);

/// The URI of this repository: that of its remote, else that of its own folder.
std::string UriOfRepository(const git::Repository& repository);

}  // namespace hooks
