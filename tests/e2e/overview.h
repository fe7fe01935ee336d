#pragma once

#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/story.h"

namespace e2e {

/// The names in the list of commands that --help shows: "check", "hook pre-push".
inline std::vector<std::string> CommandsOfOverview() {
  static const std::regex kRow("  (\\S+( \\S+)?)  .*");
  std::istringstream lines(Verdict("/", {"--help"}).out);
  std::vector<std::string> names;
  bool in_list = false;
  std::smatch match;
  for (std::string line; std::getline(lines, line) && !(in_list && line.empty());)
    if (line == "commands:")
      in_list = true;
    else if (in_list && std::regex_match(line, match, kRow))
      names.push_back(match[1]);
  return names;
}

}  // namespace e2e
