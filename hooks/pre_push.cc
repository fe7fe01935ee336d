// Command: git's pre-push hook. Judges what a push would move on the remote.

#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/hook_input.h"
#include "hooks/kept_hook.h"
#include "hooks/lost_input.h"
#include "hooks/named_push.h"
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

gates::Report Fault(gates::Finding finding) {
  return {.updates = {}, .findings = {std::move(finding)}};
}

void RequireRemote(const std::string& remote) {
  if (remote.empty()) throw UsageError("hook pre-push wants what git gives it: REMOTE URL");
}

// Git's own input comes first: no variable speaks against it.
gates::Report JudgeWithoutInput(const std::string& remote, const Process& process) {
  const auto named = ReadNamedPush(process);
  if (!named) return Fault(named.error());
  if (*named) return JudgeNamedPush(**named, OpenForHook(process));
  if (auto lost = FindLostInput(process)) return Fault(*std::move(lost));
  RequireRemote(remote);
  return {};
}

gates::Report Judge(const std::string& input, const std::string& remote, const Process& process) {
  if (input.empty()) return JudgeWithoutInput(remote, process);
  RequireRemote(remote);
  auto updates = ReadPrePushLines(input);
  if (!updates) return Fault(updates.error());
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
  const std::string input = ReadAll(process.in);
  const gates::Report report = Judge(input, options.remote, process);
  Deliver(report, options.output, Stream::kErr, process);
  const ExitCode verdict = ExitCodeFor(report.decision());
  if (verdict != ExitCode::kAllowed) return verdict;
  return AskKeptHook(options.kept, {options.remote, options.url}, input);
}

}  // namespace hooks
