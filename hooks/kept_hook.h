#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hooks/command.h"

namespace hooks {

/// Adds --kept.
void AddKeptOption(CommandLine& line, std::string& kept);

/// Runs the hook that stood here before ours with the same arguments and the
/// same standard input, and gives its exit status (128 + signal where one
/// ended it). A file that is absent or not executable is not run: 0, as git does.
int RunKeptHook(const std::string& path, const std::vector<std::string>& arguments,
                std::string_view input);

/// What the hook that stood here before (empty: none) makes of a call that we allow.
ExitCode AskKeptHook(const std::string& path, const std::vector<std::string>& arguments,
                     std::string_view input);

}  // namespace hooks
