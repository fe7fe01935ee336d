#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace hooks {

/// A program to run, without a shell in between.
struct ChildOrder {
  std::vector<std::string> arguments;  // the program first; without a slash it is looked up in PATH
  std::vector<std::string> environment;  // "NAME=value", all that the program sees
  std::string directory;                 // empty: where we stand
  std::string input;
  std::chrono::milliseconds limit = std::chrono::minutes(1);
  size_t most_output = 1024 * 1024;  // bytes kept of each stream; the rest is read and dropped

  enum class Errors { kKept, kShared };
  Errors errors = Errors::kKept;  // kShared: what it writes to stderr goes to ours at once

  enum class Terminal { kNone, kOurs };
  Terminal terminal = Terminal::kNone;  // kOurs: it may ask at the one that we run in front of

  int stop = -1;  // a descriptor: as soon as it can be read from, the child is taken down
};

/// How a child ended. The zero value is no success.
struct ChildAnswer {
  enum class End { kNotStarted, kOutOfTime, kStopped, kSignal, kExit };

  End end = End::kNotStarted;
  int status = -1;  // exit status, number of the signal, or errno of a start that failed
  std::string output;
  std::string errors;
  bool output_was_cut = false;  // either stream

  bool Succeeded() const { return end == End::kExit && status == 0; }
};

/// Runs a program in a session of its own, so that it can ask nobody, and waits for it. When
/// time is up, or it is to stop, all of its process group is killed; one that has our terminal
/// is in our group and is asked to end first. Throws std::system_error where pipes fail.
ChildAnswer RunChild(const ChildOrder& order);

/// This process's environment, for children that should see it, but for the
/// variables whose name starts with one of `left_out`.
std::vector<std::string> EnvironmentWithout(const std::vector<std::string>& left_out);

}  // namespace hooks
