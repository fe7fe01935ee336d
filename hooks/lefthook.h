#pragma once

#include <optional>
#include <string>

namespace hooks {

/// The program of the lefthook that runs us, however many shells stand in between. It sets
/// no variable, so this goes by the names of the programs above us.
std::optional<std::string> FindLefthook();

/// Whether lefthook's own configuration (`lefthook dump`) has each pre-push job that runs git
/// verdict get git's input, and get it whole. Else its empty input says nothing.
bool PassesInput(const std::string& lefthook);

}  // namespace hooks
