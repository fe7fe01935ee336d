#include "hooks/description.h"

#include <algorithm>
#include <sstream>

#include "gates/core/policy.h"
#include "gates/core/reasons.h"

namespace hooks {
namespace {

using Kind = Offer::Kind;
using Words = std::vector<std::string>;

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
    process.describe = [&](const CommandLine& line) {
      description.prose = line.prose();
      description.operands = line.operands();
      description.options = line.options();
      description.notes = line.notes();
    };
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
