#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hooks {

/// Runs the hook that stood here before ours with the same arguments and the
/// same standard input, and gives its exit status (128 + signal where one
/// ended it). A file that is absent or not executable is not run: 0, as git does.
int RunKeptHook(const std::string& path, const std::vector<std::string>& arguments,
                std::string_view input);

}  // namespace hooks
