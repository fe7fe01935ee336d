#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hooks/description.h"

namespace hooks {

/// What a shell sources to complete `git-verdict`, and `git verdict` where it completes git.
std::string BashCompletion(std::span<const Description> commands);
std::string FishCompletion(std::span<const Description> commands);
std::string ZshCompletion(std::span<const Description> commands);

/// "policy" of "policy show"; empty for a command of one word.
std::string FirstOfTwo(const Description& command);

/// "show" of "policy show"; the name itself for a command of one word.
std::string LastWord(const Description& command);

/// The words that go on a command which begins with `first`; without one, all first words.
std::vector<std::string> NextWords(const std::string& first, std::span<const Description> commands);

/// `text` in single quotes, with what the shell takes for a quote inside of them.
std::string Quoted(std::string_view text, std::string_view quote = "'\\''");

/// Words with a blank between them.
std::string Joined(const std::vector<std::string>& words);

}  // namespace hooks
