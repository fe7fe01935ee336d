#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hooks {

/// The texts that git may make of a message file when it cleans it up: cut at the scissors
/// line, with and without the lines that begin with `comment` (a hook is not told which).
/// `auto` stands for the mark that the last line begins with.
std::vector<std::string> ReadingsOf(std::string_view file, std::string_view comment);

/// Whether git wrote the title of this message: of a fixup, a merge, a revert.
bool HasATitleOfGits(std::string_view message);

/// Whether there is nothing in it, so that git makes no commit.
bool IsEmpty(std::string_view message);

}  // namespace hooks
