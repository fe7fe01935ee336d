#include "hooks/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "hooks/output.h"

namespace hooks {
namespace {

constexpr std::string_view kHelpNames[] = {"-h", "--help"};
constexpr std::string_view kHelpSummary = "show this help";

// Help is no answer to anything else that was asked, and exits with 0: a file, or a variable, that
// is called `-h` must not make a success of what stands beside it.
bool AsksForHelp(Arguments arguments) {
  const auto end = std::ranges::find(arguments, "--");
  const bool asks = std::any_of(arguments.begin(), end, [](const std::string& word) {
    return std::ranges::count(kHelpNames, word) != 0;
  });
  if (asks && arguments.size() > 1)
    throw UsageError("--help stands beside other words, so nothing was done");
  return asks;
}

// CLI11 reads `[a,b]` as two words and `[]` as none, where it fills a list.
void RefuseBrackets(Arguments arguments) {
  for (const std::string& word : arguments)
    if (word.starts_with('[') && word.ends_with(']'))
      throw UsageError(fmt::format("'{0}' would be taken for a list: write ./{0}", word));
}

// An empty value is a variable that a script forgot to set: to go on without
// it would answer another question than the one that was asked.
void RefuseEmptyValues(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options())
    for (const std::string& value : option->results())
      if (value.empty()) throw UsageError(option->get_name() + " is empty");
}

bool IsList(const CommandLine::Target& target) {
  return std::holds_alternative<std::reference_wrapper<std::vector<std::string>>>(target);
}

Argument ArgumentOf(std::string_view name, std::string_view value, std::string_view summary,
                    Need need = Need::kOptional, bool repeats = false) {
  return {.names = {std::string(name)},
          .value = std::string(value),
          .summary = std::string(summary),
          .is_required = need == Need::kRequired,
          .repeats = repeats};
}

}  // namespace

void CommandLine::AddOperand(std::string_view name, Target target, std::string_view value,
                             std::string_view summary, Need need) {
  rows_.push_back({Kind::kOperand, ArgumentOf(name, value, summary, need, IsList(target)), target});
}

void CommandLine::AddOption(std::string_view name, Target target, std::string_view value,
                            std::string_view summary, Need need) {
  rows_.push_back({Kind::kOption, ArgumentOf(name, value, summary, need, IsList(target)), target});
}

void CommandLine::AddListOption(std::string_view name, std::vector<std::string>& target,
                                std::string_view value, std::string_view summary) {
  rows_.push_back(
      {Kind::kListOption, ArgumentOf(name, value, summary, Need::kOptional, true), target});
}

void CommandLine::AddFlag(std::string_view name, bool& target, std::string_view summary) {
  rows_.push_back({Kind::kFlag, ArgumentOf(name, "", summary), std::nullopt, &target});
}

void CommandLine::AddTo(CLI::App& app) const {
  for (const Row& row : rows_) {
    const std::string& name = row.argument.names.front();
    const std::string& summary = row.argument.summary;
    if (!row.target) {
      app.add_flag(name, *row.flag, summary)->disable_flag_override();
      continue;
    }
    CLI::Option* option = std::visit(
        [&](auto words) { return app.add_option(name, words.get(), summary); }, *row.target);
    option->type_name(row.argument.value)->required(row.argument.is_required);
    if (row.kind == Kind::kListOption) option->delimiter(',');
    if (row.kind == Kind::kOption && row.argument.repeats)
      option->allow_extra_args(false)->take_all();
  }
  // Last, as --help shows it.
  app.set_help_flag(fmt::format("{}", fmt::join(kHelpNames, ",")), std::string(kHelpSummary));
  app.footer(notes_);
}

Parsed CommandLine::Parse(Arguments arguments, Process& process) const {
  if (process.describe) {
    process.describe(*this);
    return Parsed::kHelpShown;
  }
  CLI::App app(prose_, name_);
  AddTo(app);
  if (AsksForHelp(arguments)) {
    Write(app.help(), Stream::kOut, process);
    return Parsed::kHelpShown;
  }
  const auto takes_lists = [](const Row& row) {
    return row.argument.repeats && row.kind != Kind::kOption;
  };
  if (std::ranges::any_of(rows_, takes_lists)) RefuseBrackets(arguments);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  RefuseEmptyValues(app);
  return Parsed::kRun;
}

std::vector<Argument> CommandLine::operands() const {
  std::vector<Argument> operands;
  for (const Row& row : rows_)
    if (row.kind == Kind::kOperand) operands.push_back(row.argument);
  return operands;
}

std::vector<Argument> CommandLine::options() const {
  std::vector<Argument> options;
  for (const Row& row : rows_)
    if (row.kind != Kind::kOperand) options.push_back(row.argument);
  options.push_back({.names = {std::begin(kHelpNames), std::end(kHelpNames)},
                     .value = "",
                     .summary = std::string(kHelpSummary)});
  return options;
}

}  // namespace hooks
