#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gates/core/world.h"

namespace git {

/// The direct refs whose full name starts with `prefix`, in name order: loose ones, and packed
/// ones that no loose one hides. Opens no file of another ref. Leaves out what git leaves out:
/// files that hold no ref, and names that are none.
/// Throws REPOSITORY_UNREADABLE where a file or folder cannot be read.
std::vector<gates::Ref> ListRefFiles(const std::string& common_directory, std::string_view prefix);

}  // namespace git
