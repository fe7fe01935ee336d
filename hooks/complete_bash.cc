// Completions for bash: tables as case statements, and one function that reads the line.

#include <fmt/format.h>

#include "hooks/completion.h"

namespace hooks {
namespace {

using Kind = Offer::Kind;

// The name of a ref is a stranger's: it never reaches what bash would expand (compgen -W).
constexpr std::string_view kFunctions = R"bash(
# Sets COMPREPLY. Arguments: what may stand at the cursor, as the tables above name it.
__git_verdict_reply() {
  local kind=$1 word
  shift
  case "$kind" in
    words)
      for word in "$@"; do
        [[ "$word" != "$cur"* ]] || COMPREPLY+=("$prefix$word")
      done
      ;;
    commits)
      while IFS= read -r word; do
        [[ "$word" != "$cur"* ]] || COMPREPLY+=("$prefix$(printf '%q' "$word")")
      done < <(echo HEAD && git for-each-ref --format='%(refname:short)' 2>/dev/null)
      ;;
    folders | files)
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do
        COMPREPLY+=("$prefix$word")
      done < <(if [[ "$kind" == files ]]; then compgen -f -- "$cur"; else compgen -d -- "$cur"; fi)
      ;;
  esac
}

# The same for a report's FORMAT=FILE. Arguments: the formats.
__git_verdict_reply_format_is_file() {
  if [[ "$cur" == *=* ]]; then
    [[ "$COMP_WORDBREAKS" == *=* ]] || prefix+=${cur%%=*}=
    cur=${cur#*=}
    __git_verdict_reply files
  else
    compopt -o nospace 2>/dev/null
    __git_verdict_reply words "${@/%/=}"
  fi
}

# Prints what may stand at the cursor. Arguments: the command, and the option before it or nothing.
__git_verdict_offer() {
  if [[ "$2" == -* ]] && __git_verdict_value "$1" "$2"; then
    return
  elif [[ "$cur" == -* ]]; then
    __git_verdict_options "$1"
  else
    __git_verdict_names "$1" || __git_verdict_operand "$1"
  fi
}

# Sets COMPREPLY. Arguments: the words behind `git verdict`, the last one at the cursor.
__git_verdict_complete() {
  local cur=${!#} command option='' prefix=''
  local -a words=("${@:1:$#-1}") offer
  COMPREPLY=()
  while [[ "${words[0]-}" == -C ]] && ((${#words[@]} > 1)); do
    words=("${words[@]:2}")
  done
  command=${words[0]-}
  if ((${#words[@]} > 1)) && __git_verdict_names "$command" >/dev/null; then
    command+=" ${words[1]}"
    words=("${words[@]:1}")
  fi
  ((${#words[@]} < 2)) || option=${words[-1]}
  [[ "$command" != -C ]] || command='' option=-C
  if [[ "$cur" == --*=* ]]; then
    option=${cur%%=*}
    [[ "$COMP_WORDBREAKS" == *=* ]] || prefix=$option=
    cur=${cur#*=}
  fi
  read -r -a offer < <(__git_verdict_offer "$command" "$option")
  if [[ "${offer[0]-}" == format=file ]]; then
    __git_verdict_reply_format_is_file "${offer[@]:1}"
  elif ((${#offer[@]} > 0)); then
    __git_verdict_reply "${offer[@]}"
  fi
}

# git's own completion calls this for `git verdict`, with these variables set.
_git_verdict() {
  local first=$((${__git_cmd_idx:-1} + 1))
  # shellcheck disable=SC2154
  __git_verdict_complete "${words[@]:first:cword - first + 1}"
}

# For `git-verdict`. Bash breaks words at =, here they are whole again.
__git_verdict_main() {
  local i
  local -a words=()
  for ((i = 1; i <= COMP_CWORD; ++i)); do
    if ((i > 1)) && [[ "${COMP_WORDS[i]}" == = || "${COMP_WORDS[i - 1]}" == = ]]; then
      words[-1]+=${COMP_WORDS[i]}
    else
      words+=("${COMP_WORDS[i]}")
    fi
  done
  __git_verdict_complete "${words[@]}"
}
complete -F __git_verdict_main git-verdict
)bash";

/// An offer as __git_verdict_reply takes it.
std::string Told(const Offer& offer) {
  switch (offer.kind) {
    case Kind::kWords: return "words " + Joined(offer.words);
    case Kind::kFiles: return "files";
    case Kind::kFolders: return "folders";
    case Kind::kCommits: return "commits";
    case Kind::kFormatIsFile: return "format=file " + Joined(offer.words);
    case Kind::kNothing: break;
  }
  return "nothing";
}

/// A function of bash that prints what belongs to its arguments, and fails where nothing does.
class Table {
 public:
  Table(std::string_view name, std::string_view about) {
    text_ = fmt::format("\n# {}\n{}() {{\n  case \"$*\" in\n", about, name);
  }

  void Add(std::string_view key, const std::string& printed) {
    text_ += fmt::format("    {}) echo {} ;;\n", Quoted(key), Quoted(printed));
  }

  std::string Text() const { return text_ + "    *) return 1 ;;\n  esac\n}\n"; }

 private:
  std::string text_;
};

std::string TableOfNames(std::span<const Description> commands) {
  Table table("__git_verdict_names", "Arguments: the first word of a command, or nothing.");
  const std::vector<std::string> firsts = NextWords("", commands);
  table.Add("", "words " + Joined(firsts));
  for (const std::string& first : firsts)
    if (const auto seconds = NextWords(first, commands); !seconds.empty())
      table.Add(first, "words " + Joined(seconds));
  return table.Text();
}

std::string NamesOf(std::span<const Argument> options) {
  std::string names = "words";
  for (const Argument& option : options)
    for (const std::string& name : option.names) names += " " + name;
  return names;
}

std::string TableOfOptions(std::span<const Description> commands) {
  Table table("__git_verdict_options", "Arguments: a command, or nothing.");
  table.Add("", NamesOf(GlobalOptions()));
  for (const Description& command : commands) table.Add(command.name, NamesOf(command.options));
  return table.Text();
}

std::string TableOfValues(std::span<const Description> commands) {
  Table table("__git_verdict_value", "Arguments: a command and an option that wants a value.");
  for (const Argument& option : GlobalOptions())
    if (!option.value.empty()) table.Add(" " + option.names[0], Told(OfferFor(option, {})));
  for (const Description& command : commands)
    for (const Argument& option : command.options)
      for (const std::string& name : option.names)
        if (!option.value.empty())
          table.Add(command.name + " " + name, Told(OfferFor(option, command)));
  return table.Text();
}

std::string TableOfOperands(std::span<const Description> commands) {
  Table table("__git_verdict_operand", "Arguments: a command. What its operands may be.");
  for (const Description& command : commands)
    if (!command.operands.empty())
      table.Add(command.name, Told(OfferFor(command.operands.front(), command)));
  return table.Text();
}

}  // namespace

std::string BashCompletion(std::span<const Description> commands) {
  return "# shellcheck shell=bash\n"
         "# Completes git-verdict in bash, and `git verdict` beside git's own completion.\n"
         "# Made by `git verdict completion bash`.\n" +
         TableOfNames(commands) + TableOfOptions(commands) + TableOfValues(commands) +
         TableOfOperands(commands) + std::string(kFunctions);
}

}  // namespace hooks
