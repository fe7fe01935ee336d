// Command: the gate's own reader over files on disk, for authors.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "frontmatter/document.h"
#include "gates/core/guard.h"
#include "gates/survey.h"
#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/output.h"

namespace hooks {

ExitCode Lint(Arguments, Process&);

namespace {

struct LintOptions {
  std::vector<std::string> files;
  std::string gate;
  OutputOptions output;
};

/// The bytes of an ordinary file, or why the gate would not take it.
tl::expected<std::string, gates::Finding> ReadOrdinaryFile(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0)
    throw gates::WorldError(gates::Code::kInputMalformed,
                            fmt::format("cannot read {}: {}", path, std::strerror(errno)),
                            "name a file that is there");
  if (!S_ISREG(status.st_mode) || (status.st_mode & S_IXUSR))
    return tl::unexpected(gates::NotAFile(path, status.st_mode, {}));
  // One byte more than a log may have tells a large file from the largest.
  std::string text(std::min<size_t>(static_cast<size_t>(status.st_size), gates::kLogBytes + 1),
                   '\0');
  const int file = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  const ssize_t got = file < 0 ? -1 : read(file, text.data(), text.size());
  const int error = errno;
  if (file >= 0) close(file);
  if (got < 0)
    throw gates::WorldError(gates::Code::kInputMalformed,
                            fmt::format("cannot read {}: {}", path, std::strerror(error)),
                            "make the file readable");
  text.resize(static_cast<size_t>(got));
  return text;
}

/// The gate whose log this is: the one asked for, else by the file's name,
/// else by the status key it holds, else the first.
const gates::GateRule& GateOf(const std::string& path, const std::string& text,
                              const LintOptions& options, const gates::Policy& policy) {
  const std::string name = std::filesystem::path(path).filename();
  for (const gates::GateRule& gate : policy.gates)
    if (options.gate.empty() ? gate.file == name : gate.id == options.gate) return gate;
  if (const auto document = frontmatter::ReadFrontmatter(text))
    for (const gates::GateRule& gate : policy.gates)
      if (document->fields.Find(gate.key)) return gate;
  return policy.gates.front();
}

/// The item in whose folder the file stands, where its path tells.
std::string ItemOf(const std::string& path, const gates::Rules& rules) {
  const auto folder = std::filesystem::absolute(path).lexically_normal().parent_path();
  const std::string item = folder.filename();
  const std::string root = folder.parent_path();
  return rules.IsWorkItem(item) && ("/" + root).ends_with("/" + rules.policy().root) ? item : "";
}

gates::SurveyedLog LintFile(const std::string& path, const LintOptions& options,
                            const gates::Rules& rules) {
  gates::SurveyedLog seen;
  seen.path = path;
  seen.work_item = ItemOf(path, rules);
  seen.findings = gates::Guard([&]() -> std::vector<gates::Finding> {
    const auto text = ReadOrdinaryFile(path);
    if (!text) return {text.error()};
    const gates::GateRule& gate = GateOf(path, *text, options, rules.policy());
    seen.gate = gate.id;
    const auto log = gates::ReadVerdictLog(*text, gate, seen.work_item, path, "");
    if (!log) return {log.error()};
    gates::Note(*log, seen);
    return {};
  });
  return seen;
}

gates::Survey LintFiles(const LintOptions& options) {
  gates::Survey survey;
  auto effective = EffectivePolicy();
  if (!effective) {
    survey.findings.push_back(effective.error());
    return survey;
  }
  const gates::Rules rules(std::move(effective->policy), "");
  if (!options.gate.empty() && !rules.policy().FindGate(options.gate))
    throw UsageError("--gate names no gate of the policy");
  for (const std::string& file : options.files)
    survey.logs.push_back(LintFile(file, options, rules));
  return survey;
}

}  // namespace

ExitCode Lint(Arguments arguments, Process& process) {
  CommandLine line("Reads verdict logs on disk as strictly as the gate reads them in a commit.",
                   "git verdict lint");
  LintOptions options;
  line.AddOperand("files", options.files, "FILE", "the logs");
  line.AddOption("--gate", options.gate, "GATE", "whose log it is (else by its name, or its key)");
  AddOutputOptions(line, options.output, Answer::kSurvey);
  line.AddNotes(
      "\nA log that records a failure is well-formed.\n"
      "exit codes: 0 every log is well-formed, 1 one is not, 2 could not evaluate");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kSurvey);
  if (options.files.empty()) throw UsageError("lint wants the files to read");
  const gates::Survey survey = LintFiles(options);
  Deliver(survey, options.output, process);
  return ExitCodeFor(survey.decision());
}

}  // namespace hooks
