// Command: what completes commands in a shell. To add a shell: write its file, add its line here.

#include "hooks/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "hooks/command_line.h"
#include "hooks/output.h"

namespace hooks {

ExitCode Complete(Arguments, Process&);

namespace {

constexpr struct Shell {
  std::string_view name;
  std::string (*complete)(std::span<const Description>);
} kShells[] = {
    {"bash", BashCompletion},
    {"zsh", ZshCompletion},
    {"fish", FishCompletion},
};

std::string NamesOfShells(std::string_view between) {
  std::string names;
  for (const Shell& shell : kShells) names.append(names.empty() ? "" : between).append(shell.name);
  return names;
}

}  // namespace

std::string FirstOfTwo(const Description& command) {
  const size_t blank = command.name.find(' ');
  return blank == command.name.npos ? "" : command.name.substr(0, blank);
}

std::string LastWord(const Description& command) {
  return command.name.substr(command.name.rfind(' ') + 1);
}

std::vector<std::string> NextWords(const std::string& first,
                                   std::span<const Description> commands) {
  std::vector<std::string> words;
  for (const Description& command : commands) {
    const std::string group = FirstOfTwo(command);
    const std::string word = first.empty() && !group.empty() ? group : LastWord(command);
    if ((first.empty() || group == first) && std::ranges::find(words, word) == words.end())
      words.push_back(word);
  }
  return words;
}

std::string Quoted(std::string_view text, std::string_view quote) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string(quote) : std::string(1, c);
  return quoted + "'";
}

std::string Joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

ExitCode Complete(Arguments arguments, Process& process) {
  CommandLine line("Prints what completes commands, options and their values in a shell.",
                   "git verdict completion");
  std::string name;
  line.AddOperand("shell", name, NamesOfShells("|"), "whose completions", Need::kRequired);
  line.AddNotes(
      "\nexamples:\n"
      "  source <(git verdict completion bash)     in ~/.bashrc\n"
      "  source <(git verdict completion zsh)      in ~/.zshrc, below compinit\n"
      "  git verdict completion fish | source      in ~/.config/fish/config.fish\n"
      "\nA package has them in place already.");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  for (const Shell& shell : kShells) {
    if (shell.name != name) continue;
    Write(shell.complete(DescribeCommands()), Stream::kOut, process);
    return ExitCode::kAllowed;
  }
  throw UsageError(
      fmt::format("no completions for '{}' (there are {})", name, NamesOfShells(", ")));
}

}  // namespace hooks
