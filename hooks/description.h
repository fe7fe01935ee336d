#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hooks/command_line.h"

namespace hooks {

/// What a command tells of itself. --help, the manual and the completions all show this.
struct Description {
  std::string name;  // "check", "hook pre-push"
  std::string summary;
  std::string prose;
  std::vector<Argument> operands;
  std::vector<Argument> options;
  std::string notes;  // examples, exit codes: lines of text
};

/// All rows of the command table, in its order. Each command is called, and does nothing.
std::vector<Description> DescribeCommands();

/// What `git verdict` itself takes before a command.
std::span<const Argument> GlobalOptions();

/// What can be offered for a value.
struct Offer {
  enum class Kind { kNothing, kWords, kFiles, kFolders, kCommits, kFormatIsFile };
  Kind kind = Kind::kNothing;
  std::vector<std::string> words = {};  // all there are; of kFormatIsFile the formats
};

/// What can be offered for the value of an argument of this command.
Offer OfferFor(const Argument& argument, const Description& command);

}  // namespace hooks
