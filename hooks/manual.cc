// Command: the manual. It and the overview that --help shows are made here, from the same table.

#include "hooks/manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "gates/core/policy.h"
#include "gates/core/reasons.h"
#include "hooks/build_info.h"
#include "hooks/command_line.h"
#include "hooks/description.h"
#include "hooks/output.h"

namespace hooks {

ExitCode PrintManual(Arguments, Process&);

namespace {

constexpr std::string_view kQuestion = "may this change land?";

constexpr std::string_view kAbout =
    "It reads the verdict logs that a pipeline commits next to its work items\n"
    "(docs/work-items/<ID>/15-staging-log.md) at the commit under judgement, and\n"
    "says ALLOW, BLOCK or CANNOT-EVALUATE.\n";

constexpr std::string_view kExamples =
    "  git verdict install                     judge every push of this clone\n"
    "  git verdict check --base origin/main    judge HEAD before it is merged\n"
    "  git verdict show HEAD                   which logs a commit holds\n"
    "  git verdict explain STALE_CODE          what a reason means, how to mend it\n";

/// What each exit code says, in a word for the overview and in a sentence for the manual.
constexpr struct {
  std::string_view word;
  std::string_view sentence;
} kExitCodes[] = {
    {"allow", "Allow, or the command did its work."},
    {"block", "Evaluated, and the answer is no."},
    {"could not evaluate (blocks as well)",
     "Could not evaluate: usage, shallow history, a missing object, a broken policy, a fault. "
     "Every "
     "door blocks on this as well."},
};

// --- scdoc ----------------------------------------------------------------------------------

/// Text that scdoc takes for nothing but text. A backslash makes it of any character.
std::string Plain(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (std::string_view("\\*_#-+.~[]|`<>").find(c) != std::string_view::npos) plain += '\\';
    plain += c;
  }
  return plain;
}

std::string Bold(std::string_view text) { return "*" + Plain(text) + "*"; }
std::string Underlined(std::string_view text) { return "_" + Plain(text) + "_"; }

std::string Heading(std::string_view text) { return fmt::format("\n# {}\n\n", text); }

/// A term, and what it means below it.
std::string Item(const std::string& term, std::string_view meaning) {
  return fmt::format("{}\n\t{}\n\n", term, Plain(meaning));
}

/// Lines of text as --help shows them: what is indented stands as it is.
std::string Notes(const std::string& notes) {
  std::istringstream in(notes);
  std::string text;
  bool is_literal = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("  ") != is_literal) text += is_literal ? "```\n\n" : "\n```\n";
    is_literal = line.starts_with("  ");
    if (line.starts_with("exit codes:")) text += '\n';
    text += (is_literal ? line : Plain(line)) + '\n';
  }
  return text + (is_literal ? "```\n" : "");
}

// --- commands -------------------------------------------------------------------------------

bool IsHelp(const Argument& option) { return std::ranges::count(option.names, "--help") != 0; }

std::string TermOf(const Argument& argument) {
  std::string term;
  for (const std::string& name : argument.names)
    term += (term.empty() ? "" : ", ") + (name.starts_with('-') ? Bold(name) : Underlined(name));
  return argument.value.empty() || !argument.names[0].starts_with('-')
             ? term
             : term + " " + Underlined(argument.value);
}

std::string ItemOf(const Argument& argument) {
  const bool is_option = argument.names[0].starts_with('-');
  const std::string more = is_option && argument.repeats ? " (may be given more than once)" : "";
  return Item(TermOf(argument), argument.summary + more);
}

std::string SynopsisOf(const Description& command) {
  std::string synopsis = Bold("git verdict " + command.name) + " \\[_options_\\]";
  for (const Argument& operand : command.operands) {
    const std::string name = TermOf(operand) + (operand.repeats ? "..." : "");
    synopsis += " " + (operand.is_required ? name : "\\[" + name + "\\]");
  }
  return synopsis;
}

std::string SectionOf(const Description& command) {
  std::string text = fmt::format("## git verdict {}\n\n{}\n\n{}\n\n", command.name,
                                 SynopsisOf(command), Plain(command.prose));
  for (const Argument& operand : command.operands) text += ItemOf(operand);
  for (const Argument& option : command.options)
    if (!IsHelp(option)) text += ItemOf(option);
  return text + Notes(command.notes) + '\n';
}

// --- the rest of the page -------------------------------------------------------------------

std::string Introduction() {
  std::string text =
      fmt::format("git-verdict(1) \"git-verdict {}\" \"git-verdict Manual\"\n", Version());
  text += Heading("NAME") + "git-verdict - " + Plain(kQuestion) + '\n';
  text += Heading("SYNOPSIS") + "*git verdict* \\[*-C* _DIR_\\] _command_ \\[_options_\\]\n";
  text += Heading("DESCRIPTION") + "git-verdict answers one question: " + Plain(kQuestion) + '\n';
  text += Plain(kAbout) + Heading("OPTIONS");
  for (const Argument& option : GlobalOptions()) text += ItemOf(option);
  return text + "Each command has *-h* and *--help* as well.\n";
}

std::string ExitStatus() {
  std::string text = Heading("EXIT STATUS");
  int code = 0;
  for (const auto& [word, sentence] : kExitCodes)
    text += Item(Bold(std::to_string(code++)), sentence);
  return text +
         "No flag and no variable turns 1 or 2 into 0. *fold* and *stage* make a verdict: what "
         "they\n"
         "cannot evaluate is FAILED, exit code 1.\n";
}

std::string ReasonCodes() {
  std::string text =
      Heading("REASON CODES") + "*git verdict explain* _CODE_ tells how to mend it.\n\n";
  for (const gates::Reason& reason : gates::AllReasons())
    text += Item(Bold(reason.name), reason.meaning);
  return text;
}

std::string Files() {
  const gates::Policy policy = gates::BuiltInPolicy();
  std::string text = Heading("FILES");
  text += Item(Bold(gates::Policy::kPath), "the policy, at the root of the default branch");
  for (const gates::GateRule& gate : policy.gates)
    text += Item(Bold(policy.root + "/") + "_ID_" + Bold("/" + gate.file),
                 fmt::format("the log of the gate {}, where no policy says otherwise", gate.id));
  return text + Heading("SEE ALSO") + "*git*(1), *githooks*(5), *ssh-keygen*(1)\n";
}

}  // namespace

std::string Overview() {
  size_t width = 0;
  for (const Command& command : AllCommands()) width = std::max(width, command.name.size());
  std::string text = fmt::format(
      "git-verdict answers one question: {}\n\n{}\n"
      "usage: git verdict [-C DIR] COMMAND [OPTIONS]\n"
      "       git verdict COMMAND --help | --help | --version\n"
      "\ncommands:\n",
      kQuestion, kAbout);
  for (const Command& command : AllCommands())
    text += fmt::format("  {:<{}}  {}\n", command.name, width, command.summary);
  text += fmt::format("\nexamples:\n{}\nexit codes:", kExamples);
  int code = 0;
  for (const auto& [word, sentence] : kExitCodes) {
    text += fmt::format("{} {} {}", code == 0 ? "" : ",", code, word);
    ++code;
  }
  return text + '\n';
}

std::string ManualSource() {
  std::string text = Introduction() + Heading("COMMANDS");
  for (const Description& command : DescribeCommands()) text += SectionOf(command);
  text += Heading("EXAMPLES") + Notes(std::string(kExamples));
  return text + ExitStatus() + ReasonCodes() + Files();
}

ExitCode PrintManual(Arguments arguments, Process& process) {
  CommandLine line("Prints the source of the man page: `git verdict manual | scdoc`.",
                   "git verdict manual");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  Write(ManualSource(), Stream::kOut, process);
  return ExitCode::kAllowed;
}

}  // namespace hooks
