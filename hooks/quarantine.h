#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hooks/command.h"

namespace hooks {

/// The object directories that git puts beside the repository's own while it
/// receives a push: the quarantine and its alternates. None where there is no
/// quarantine (`update`, a push that only deletes). Throws WorldError where
/// the quarantine does not lie in the repository's own objects.
std::vector<std::string> QuarantinedObjects(const std::string& git_dir, const Process& process);

/// GIT_ALTERNATE_OBJECT_DIRECTORIES: colon-separated, an entry with a colon or
/// a quote in it C-quoted by git. A broken quote ends the list.
std::vector<std::string> SplitAlternates(std::string_view text);

}  // namespace hooks
