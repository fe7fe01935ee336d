#pragma once

#include <string>
#include <vector>

namespace install {

/// What a git command answered.
struct GitAnswer {
  int status = -1;     // exit status; 128 + signal where one ended it
  std::string output;  // its standard output, one last LF cut off
  std::string errors;

  bool Succeeded() const { return status == 0; }
};

/// Runs the user's own git in a directory ("": the current one), without git's variables, for
/// a minute at most. Throws std::system_error where git cannot be started.
GitAnswer AskGit(const std::vector<std::string>& arguments, const std::string& directory = "",
                 const std::string& input = "");

/// The numbers of `git --version`, 2.39 as 2039; 0 where it says none.
int GitVersion();

}  // namespace install
