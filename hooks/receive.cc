// Commands: git's pre-receive and update hooks, where a server judges a push.

#include <filesystem>
#include <istream>

#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/git/format.h"
#include "hooks/hook_input.h"
#include "hooks/lost_input.h"
#include "hooks/output.h"
#include "hooks/quarantine.h"
#include "hooks/ref_lines.h"

namespace hooks {

ExitCode PreReceive(Arguments, Process&);
ExitCode Update(Arguments, Process&);

namespace {

git::Repository OpenForReceive(const Process& process) {
  const std::string git_dir = Variable(process, "GIT_DIR");
  if (git_dir.empty())
    throw UsageError("this hook wants GIT_DIR, as git sets it for a push that it receives");
  // A push to a linked worktree moves the refs of the repository that it is linked
  // to, so that one's HEAD says which branch is the default.
  const std::string common = git::CommonDirectoryOf(git_dir);
  return git::Repository::OpenGitDirectory(common, QuarantinedObjects(common, process));
}

gates::Report Judge(std::vector<gates::RefUpdate> updates, const Process& process) {
  const auto repository = OpenForReceive(process);
  return JudgeAtDoor(std::move(updates), repository, KnownRefs::Own(repository));
}

ExitCode Conclude(const gates::Report& report, const OutputOptions& output, Process& process) {
  Deliver(report, output, Stream::kErr, process);
  return ExitCodeFor(report.decision());
}

}  // namespace

ExitCode PreReceive(Arguments arguments, Process& process) {
  CommandLine line(
      "Git's pre-receive hook: judges all refs of a push on the server, and refuses it whole.",
      "git verdict hook pre-receive");
  OutputOptions output;
  AddOutputOptions(line, output);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kErr, process);
  if (auto lost = FindNullInput(process))
    return Conclude({.updates = {}, .findings = {*std::move(lost)}}, output, process);
  auto updates = ReadPreReceiveLines(ReadAll(process.in));
  if (!updates) return Conclude({.updates = {}, .findings = {updates.error()}}, output, process);
  if (updates->empty()) return Conclude({}, output, process);
  return Conclude(Judge(*std::move(updates), process), output, process);
}

ExitCode Update(Arguments arguments, Process& process) {
  CommandLine line(
      "Git's update hook: judges one ref of a push on the server, and refuses it alone.",
      "git verdict hook update");
  OutputOptions output;
  std::string ref, before, after;
  line.AddOperand("ref", ref, "REF", "full name of the ref");
  line.AddOperand("old", before, "OLD", "what it points at");
  line.AddOperand("new", after, "NEW", "what it would point at");
  AddOutputOptions(line, output);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kErr, process);
  auto updates = ReadPreReceiveLines(before + " " + after + " " + ref + "\n");
  if (!updates) return Conclude({.updates = {}, .findings = {updates.error()}}, output, process);
  return Conclude(Judge(*std::move(updates), process), output, process);
}

}  // namespace hooks
