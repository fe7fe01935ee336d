#pragma once

#include <string>
#include <vector>

namespace install {

/// What a git command answered.
struct GitAnswer {
  int status = -1;     // exit status; 128 + signal where one ended it
  std::string output;  // its standard output, one last LF cut off
};

/// Runs the user's own git in the current directory. Throws std::system_error
/// where git cannot be started.
GitAnswer AskGit(const std::vector<std::string>& arguments);

}  // namespace install
