#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hooks/command.h"

namespace CLI {
class App;
}

namespace hooks {

/// An option or an operand of a command, as --help shows it.
struct Argument {
  std::vector<std::string> names;  // "-h", "--help"; an operand has one, without dashes
  std::string value;               // what is wanted: "REV", "text|json"; empty: nothing, a flag
  std::string summary;
  bool is_required = false;
  bool repeats = false;
};

enum class Need { kOptional, kRequired };
enum class Parsed { kRun, kHelpShown };

/// What one command takes: its options, its operands and its help. Targets outlive it, and are
/// as they were until Parse().
class CommandLine {
 public:
  /// Where words go. A list takes as many as there are.
  using Target = std::variant<std::reference_wrapper<std::string>,
                              std::reference_wrapper<std::optional<std::string>>,
                              std::reference_wrapper<std::vector<std::string>>>;

  /// `name` is what people type: "git verdict check".
  CommandLine(std::string_view prose, std::string_view name) : prose_(prose), name_(name) {}

  /// A word without dashes, at this place among the operands.
  void AddOperand(std::string_view name, Target target, std::string_view value,
                  std::string_view summary, Need need = Need::kOptional);

  /// One word behind its name; to be given once, or into a list as often as one likes.
  void AddOption(std::string_view name, Target target, std::string_view value,
                 std::string_view summary, Need need = Need::kOptional);

  /// All words behind its name, and each of them split at commas.
  void AddListOption(std::string_view name, std::vector<std::string>& target,
                     std::string_view value, std::string_view summary);

  /// True where its name stands; nobody can say `=false`.
  void AddFlag(std::string_view name, bool& target, std::string_view summary);

  /// What --help shows at its end: examples, exit codes.
  void AddNotes(std::string_view notes) { notes_ = notes; }

  /// Parses into the targets; a sole `--help` prints its help instead, and `process.describe` gets
  /// this line. Throws UsageError, for an empty value too.
  Parsed Parse(Arguments arguments, Process& process) const;

  const std::string& prose() const { return prose_; }
  const std::string& notes() const { return notes_; }
  std::vector<Argument> operands() const;
  std::vector<Argument> options() const;

 private:
  enum class Kind { kOperand, kOption, kListOption, kFlag };

  struct Row {
    Kind kind;
    Argument argument;
    std::optional<Target> target;  // of all that takes words
    bool* flag = nullptr;          // of all that takes none
  };

  void AddTo(CLI::App& app) const;

  std::string prose_;
  std::string name_;
  std::string notes_;
  std::vector<Row> rows_;
};

}  // namespace hooks
