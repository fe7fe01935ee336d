#include "hooks/description.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "gates/core/policy.h"
#include "gates/core/reasons.h"

namespace hooks {
namespace {

using Kind = Offer::Kind;
using Words = std::vector<std::string>;

// --- what a command tells -------------------------------------------------------------------

Words NamesOf(const CLI::Option& option) {
  if (option.get_positional()) return {option.get_name(true)};
  Words names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

Argument ArgumentFrom(const CLI::Option& option) {
  return {.names = NamesOf(option),
          .value = option.get_items_expected_max() == 0 ? "" : option.get_type_name(),
          .summary = option.get_description(),
          .is_required = option.get_required(),
          .repeats = option.get_expected_max() > 1};
}

void Describe(const CLI::App& app, Description& command) {
  command.prose = app.get_description();
  command.notes = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    auto& arguments = option->get_positional() ? command.operands : command.options;
    arguments.push_back(ArgumentFrom(*option));
  }
}

// --- what can be offered --------------------------------------------------------------------

/// What a name of a value stands for, in every command.
constexpr struct {
  std::string_view value;
  Kind kind;
} kKinds[] = {
    {"FILE", Kind::kFiles},  {"RESULTS", Kind::kFiles},  {"DIR", Kind::kFolders},
    {"KEY", Kind::kFiles},   {"REV", Kind::kCommits},    {"SHA", Kind::kCommits},
    {"REF", Kind::kCommits}, {"BRANCH", Kind::kCommits}, {"FMT=FILE", Kind::kFormatIsFile},
};

Words Split(const std::string& text, char at) {
  std::istringstream in(text);
  Words words;
  for (std::string word; std::getline(in, word, at);) words.push_back(word);
  return words;
}

Words ClosedSet(const std::string& value) {
  Words words;
  if (value == "CODE")
    for (const gates::Reason& reason : gates::AllReasons()) words.emplace_back(reason.name);
  else if (value == "GATE")
    for (const gates::GateRule& gate : gates::BuiltInPolicy().gates) words.push_back(gate.id);
  else if (value.find('|') != value.npos)
    words = Split(value.substr(0, value.find(",...")), '|');
  return words;
}

Words FormatsOf(const Description& command) {
  for (const Argument& option : command.options)
    if (std::ranges::count(option.names, "--format") != 0) return ClosedSet(option.value);
  return {};
}

}  // namespace

std::vector<Description> DescribeCommands() {
  std::vector<Description> descriptions;
  std::istringstream nothing;
  std::ostringstream unread;
  for (const Command& command : AllCommands()) {
    Description& description = descriptions.emplace_back();
    description.name = command.name;
    description.summary = command.summary;
    Process process{.in = nothing, .out = unread, .err = unread, .environment = {}};
    process.describe = [&](const CLI::App& app) { Describe(app, description); };
    command.run({}, process);
  }
  return descriptions;
}

std::span<const Argument> GlobalOptions() {
  static const Argument kOptions[] = {
      {.names = {"-C"}, .value = "DIR", .summary = "do as if started in this directory"},
      {.names = {"-h", "--help"}, .value = "", .summary = "show the overview"},
      {.names = {"--version"}, .value = "", .summary = "show the version and how it is linked"},
  };
  return kOptions;
}

Offer OfferFor(const Argument& argument, const Description& command) {
  if (const Words words = ClosedSet(argument.value); !words.empty()) return {Kind::kWords, words};
  const auto* row =
      std::ranges::find(kKinds, argument.value, [](const auto& r) { return r.value; });
  if (row == std::end(kKinds)) return {};
  return {row->kind, row->kind == Kind::kFormatIsFile ? FormatsOf(command) : Words{}};
}

}  // namespace hooks
