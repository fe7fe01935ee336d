// Command: git's pre-push hook. Judges what a push would move on the remote.

#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/hook_input.h"
#include "hooks/kept_hook.h"
#include "hooks/output.h"
#include "hooks/ref_lines.h"

namespace hooks {

ExitCode PrePush(Arguments, Process&);

namespace {

struct PrePushOptions {
  std::string kept;  // the hook that stood here before
  std::string remote;
  std::string url;
  OutputOptions output;
};

void AddOptions(CommandLine& line, PrePushOptions& options) {
  AddKeptOption(line, options.kept);
  line.AddOperand("remote", options.remote, "REMOTE", "name of the remote, as git gives it");
  line.AddOperand("url", options.url, "URL", "where it is, as git gives it");
  AddOutputOptions(line, options.output);
}

gates::Report Judge(const std::string& input, const std::string& remote, const Process& process) {
  auto updates = ReadPrePushLines(input);
  if (!updates) return {.updates = {}, .findings = {updates.error()}};
  if (updates->empty()) return {};
  const auto repository = OpenForHook(process);
  const KnownRefs refs = KnownRefs::OfPush(repository, remote, *updates);
  return JudgeAtDoor(*std::move(updates), repository, refs);
}

}  // namespace

ExitCode PrePush(Arguments arguments, Process& process) {
  CommandLine line(
      "Git's pre-push hook: judges what a push would move, and refuses it by its exit code.",
      "git verdict hook pre-push");
  PrePushOptions options;
  AddOptions(line, options);
  line.AddNotes(
      "\ngit verdict install puts it in place. What it cannot promise: `git push\n"
      "--no-verify` skips every client hook; only the server has the last word.");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kErr, process);
  if (options.remote.empty()) throw UsageError("hook pre-push wants what git gives it: REMOTE URL");
  const std::string input = ReadAll(process.in);
  const gates::Report report = Judge(input, options.remote, process);
  Deliver(report, options.output, Stream::kErr, process);
  const ExitCode verdict = ExitCodeFor(report.decision());
  if (verdict != ExitCode::kAllowed) return verdict;
  return AskKeptHook(options.kept, {options.remote, options.url}, input);
}

}  // namespace hooks
