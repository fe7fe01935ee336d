// Completions for zsh: a function for each command, which zsh's own completion of git finds too.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "hooks/completion.h"

namespace hooks {
namespace {

using Kind = Offer::Kind;

constexpr std::string_view kHead = R"zsh(#compdef git-verdict
# Completes git-verdict and `git verdict` in zsh.
# Made by `git verdict completion zsh`.

_git_verdict_commits() {
  local -a expl commits
  commits=(HEAD ${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"})
  _wanted commits expl commit compadd -a - commits
}

# FORMAT=FILE. Arguments: the formats.
_git_verdict_format_is_file() {
  local -a formats=("$@") expl
  if compset -P '*='; then
    _files
  else
    _wanted formats expl format compadd -S = -a - formats
  fi
}

# The second word of a command and what follows it. Arguments: FIRST SECOND:SUMMARY...
_git_verdict_second() {
  local first=$1 curcontext=$curcontext state line
  local -a seconds=("${@[2,-1]}")
  _arguments -C '1: :->second' '*:: :->rest' && return
  case $state in
    second) _describe -t commands "command of $first" seconds ;;
    rest) (( $+functions[_git_verdict_${first}_$words[1]] )) && _git_verdict_${first}_$words[1] ;;
  esac
}
)zsh";

constexpr std::string_view kTail = R"zsh(
# As an autoloaded file this is the body of the function itself.
if [[ "$funcstack[1]" == _git-verdict ]]; then
  _git-verdict "$@"
else
  compdef _git-verdict git-verdict
fi
)zsh";

/// Text inside of a specification, where these characters part its fields.
std::string Field(std::string_view text) {
  std::string field;
  for (const char c : text) {
    if (std::string_view("\\:[]").find(c) != std::string_view::npos) field += '\\';
    field += c;
  }
  return field;
}

/// What is offered, as an action of zsh's _arguments.
std::string Told(const Offer& offer) {
  switch (offer.kind) {
    case Kind::kWords: return "(" + Joined(offer.words) + ")";
    case Kind::kFiles: return "_files";
    case Kind::kFolders: return "_directories";
    case Kind::kCommits: return "_git_verdict_commits";
    case Kind::kFormatIsFile: return "{_git_verdict_format_is_file " + Joined(offer.words) + "}";
    case Kind::kNothing: break;
  }
  return " ";
}

std::string Spec(const std::string& spec) { return " \\\n    " + Quoted(spec); }

std::string OptionSpecs(const Argument& option, const Description& command) {
  const bool ends = std::ranges::count(option.names, "--help") != 0 ||
                    std::ranges::count(option.names, "--version") != 0;
  std::string specs;
  for (const std::string& name : option.names) {
    std::string spec = ends ? "(- *)" : option.repeats ? "*" : "";
    spec += name;
    if (!option.value.empty() && name.starts_with("--")) spec += '=';
    spec += "[" + Field(option.summary) + "]";
    if (!option.value.empty())
      spec += ":" + Field(option.value) + ":" + Told(OfferFor(option, command));
    specs += Spec(spec);
  }
  return specs;
}

std::string FunctionOf(const Description& command) {
  std::string name = command.name;
  std::ranges::replace(name, ' ', '_');
  std::string text = fmt::format("\n_git_verdict_{}() {{\n  _arguments -S", name);
  for (const Argument& option : command.options) text += OptionSpecs(option, command);
  int place = 0;
  for (const Argument& operand : command.operands) {
    const std::string where = operand.repeats ? "*" : std::to_string(++place);
    text += Spec(where + (operand.is_required || operand.repeats ? ":" : "::") +
                 Field(operand.value) + ":" + Told(OfferFor(operand, command)));
  }
  return text + "\n}\n";
}

std::string Row(std::string_view name, std::string_view summary) {
  return " \\\n      " + Quoted(fmt::format("{}:{}", Field(name), Field(summary)));
}

std::string Main(std::span<const Description> commands) {
  std::string rows, cases;
  std::map<std::string, std::string> seconds;
  for (const Description& command : commands) {
    const std::string first = FirstOfTwo(command);
    if (!first.empty()) {
      if (!seconds.contains(first)) rows += Row(first, Joined(NextWords(first, commands)));
      seconds[first] += Row(LastWord(command), command.summary);
    } else {
      rows += Row(command.name, command.summary);
      cases += fmt::format("        {0}) _git_verdict_{0} ;;\n", command.name);
    }
  }
  for (const auto& [first, names] : seconds)
    cases += fmt::format("        {0}) _git_verdict_second {0}{1} ;;\n", first, names);
  std::string globals;
  for (const Argument& option : GlobalOptions()) globals += OptionSpecs(option, {});
  return "\n_git-verdict() {\n  local curcontext=$curcontext state line\n  local -a commands\n"
         "  _arguments -C" +
         globals + Spec("1: :->command") + Spec("*:: :->arguments") +
         " && return\n  case $state in\n    command)\n      commands=(" + rows +
         ")\n      _describe -t commands command commands\n      ;;\n"
         "    arguments)\n      case $words[1] in\n" +
         cases + "      esac\n      ;;\n  esac\n}\n";
}

}  // namespace

std::string ZshCompletion(std::span<const Description> commands) {
  std::string text(kHead);
  for (const Description& command : commands) text += FunctionOf(command);
  return text + Main(commands) + std::string(kTail);
}

}  // namespace hooks
