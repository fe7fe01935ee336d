// Completions for fish: one line for each command and each of its options.

#include <fmt/format.h>

#include <set>

#include "hooks/completion.h"

namespace hooks {
namespace {

using Kind = Offer::Kind;

constexpr std::string_view kFunctions = R"fish(
function __git_verdict_is --description 'whether this is the command, of one word or two'
    set -l words (commandline -opc)
    set -e words[1]
    while test "$words[1]" = -C
        set -e words[1..2]
    end
    set -l wanted (string split ' ' -- "$argv")
    test "$words[1..$(count $wanted)]" = "$argv"
end

function __git_verdict_starts --description 'whether the command is still to be named, behind this word'
    set -l words (commandline -opc)
    set -e words[1]
    while test "$words[1]" = -C
        set -e words[1..2]
    end
    test "$words" = "$argv"
end

function __git_verdict_commits
    echo HEAD
    git for-each-ref --format='%(refname:short)' 2>/dev/null
end

function __git_verdict_format_is_file --description 'FORMAT=FILE, of these formats'
    set -l words (string split -m 1 = -- (string replace -r '^--[^=]*=' '' -- (commandline -ct)))
    if test (count $words) = 1
        string replace -r '$' = -- $argv
        return
    end
    set -l start $words[2]
    for file in $start*
        test -d $file; and set file $file/
        echo $words[1]=$file
    end
end

# For `git verdict`.
complete -c git -n __fish_git_needs_command -a verdict -d 'may this change land?'
complete -c git -f -n '__fish_git_using_command verdict' -a '(__fish_git_complete_custom_command verdict)'

complete -c git-verdict -f
)fish";

std::string InQuotes(std::string_view text) { return Quoted(text, "\\'"); }

/// What is offered, as arguments of fish's `complete`.
std::string Told(const Offer& offer) {
  switch (offer.kind) {
    case Kind::kWords: return " -a " + InQuotes(Joined(offer.words));
    case Kind::kFiles: return " -F";
    case Kind::kFolders: return " -a '(__fish_complete_directories (commandline -ct))'";
    case Kind::kCommits: return " -a '(__git_verdict_commits)'";
    case Kind::kFormatIsFile:
      return " -a '(__git_verdict_format_is_file " + Joined(offer.words) + ")'";
    case Kind::kNothing: break;
  }
  return "";
}

std::string Line(const std::string& when, const std::string& what, std::string_view summary) {
  return fmt::format("complete -c git-verdict -n {}{} -d {}\n", InQuotes(when), what,
                     InQuotes(summary));
}

std::string NamesOf(const Argument& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return names;
}

std::string OptionLine(const std::string& when, const Argument& option, const Offer& offer) {
  std::string what = NamesOf(option);
  if (!option.value.empty()) what += (offer.kind == Kind::kFiles ? " -r" : " -x") + Told(offer);
  return Line(when, what, option.summary);
}

std::string LinesOf(const Description& command) {
  const std::string when = "__git_verdict_is " + command.name;
  std::string lines;
  for (const Argument& option : command.options)
    lines += OptionLine(when, option, OfferFor(option, command));
  if (command.operands.empty()) return lines;
  const Argument& operand = command.operands.front();
  const std::string offer = Told(OfferFor(operand, command));
  return lines + (offer.empty() ? "" : Line(when, offer, operand.summary));
}

}  // namespace

std::string FishCompletion(std::span<const Description> commands) {
  std::string text =
      "# Completes git-verdict and `git verdict` in fish.\n"
      "# Made by `git verdict completion fish`.\n";
  text += kFunctions;
  const std::string first = "__git_verdict_starts";
  for (const Argument& option : GlobalOptions())
    text += OptionLine(first, option, OfferFor(option, {}));
  std::set<std::string> groups;
  for (const Description& command : commands) {
    const std::string group = FirstOfTwo(command);
    if (!group.empty() && groups.insert(group).second)
      text += Line(first, " -a " + group, Joined(NextWords(group, commands)));
    text += Line(group.empty() ? first : first + " " + group, " -a " + LastWord(command),
                 command.summary);
    text += LinesOf(command);
  }
  return text;
}

}  // namespace hooks
