// Command: git's commit-msg hook. Where the policy asks for it, a commit has to name its work
// item in a trailer.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "gates/proof/trailers.h"
#include "gates/report/text.h"
#include "hooks/command_line.h"
#include "hooks/commit_message.h"
#include "hooks/door.h"
#include "hooks/hook_input.h"
#include "hooks/kept_hook.h"
#include "hooks/output.h"

namespace hooks {

ExitCode CommitMsg(Arguments, Process&);

namespace {

std::string ReadMessage(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw gates::WorldError(gates::Code::kInputMalformed, "cannot read the message in " + path,
                            "let git call this hook; it gives the name of a file");
  return ReadAll(file);
}

std::string CommentMark(const git::Repository& repository) {
  for (const char* key : {"core.commentstring", "core.commentchar"})
    if (const auto mark = repository.AnyConfig(key)) return *mark;
  return "#";
}

gates::Finding NoWorkItem(const std::string& path, const std::vector<std::string>& words,
                          const gates::Policy& policy) {
  gates::Finding finding = gates::MakeFinding(
      gates::Code::kWorkItemNone, "the last paragraph of the message names no work item",
      fmt::format("end it with an empty line and `{}: ID`; `git commit -eF {}` brings it back",
                  policy.trailer, path));
  finding.path = path;
  finding.expected = fmt::format("`{}: ID`, where ID matches {}", policy.trailer, policy.id);
  for (const std::string& word : words) finding.found += (finding.found.empty() ? "" : " ") + word;
  return finding;
}

std::vector<gates::Finding> FindMissingTrailer(const std::string& path, const gates::Rules& rules,
                                               const git::Repository& repository) {
  std::vector<std::string> words;
  const auto readings = ReadingsOf(ReadMessage(path), CommentMark(repository));
  if (IsEmpty(readings.front())) return {};
  for (const std::string& reading : readings) {
    if (HasATitleOfGits(reading)) return {};
    std::ranges::copy(gates::ReadTrailer(reading, rules.policy().trailer),
                      std::back_inserter(words));
  }
  const auto is_item = [&](const std::string& word) { return rules.IsWorkItem(word); };
  if (std::ranges::any_of(words, is_item)) return {};
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return {NoWorkItem(path, words, rules.policy())};
}

gates::Report Look(const std::string& path, const Process& process) {
  const auto repository = OpenForHook(process);
  const auto trusted = FindTrustedRules(repository, repository.FindRef("HEAD"));
  if (!trusted) return {.updates = {}, .findings = {trusted.error()}};
  // Whoever rewrites commits did not write their messages, and git writes that of a merge.
  if (!trusted->rules.policy().require_trailer || repository.IsInTheMiddle()) return {};
  return {.updates = {}, .findings = FindMissingTrailer(path, trusted->rules, repository)};
}

}  // namespace

ExitCode CommitMsg(Arguments arguments, Process& process) {
  CommandLine line(
      "Git's commit-msg hook: refuses a message that names no work item, where the policy has\n"
      "`work_items: {require_trailer: true}`.",
      "git verdict hook commit-msg");
  std::string path, kept;
  OutputOptions output;
  AddKeptOption(line, kept);
  line.AddOperand("file", path, "FILE", "where the message is");
  AddOutputOptions(line, output);
  line.AddNotes(
      "\nNobody is asked for one by a merge, a rebase, a cherry-pick, a revert, or a commit that\n"
      "`git rebase --autosquash` folds into another one.");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kErr, process);
  if (path.empty()) throw UsageError("hook commit-msg wants what git gives it: FILE");
  const gates::Report report = Look(path, process);
  const auto render = [&](const std::string& format, gates::Colour colour) {
    const bool is_quiet = format == "text" && !report.decision();
    return is_quiet ? "" : gates::FindFormat(format)->render(report, colour);
  };
  Deliver(render, output, Stream::kErr, process);
  const ExitCode verdict = ExitCodeFor(report.decision());
  return verdict == ExitCode::kAllowed ? AskKeptHook(kept, {path}, "") : verdict;
}

}  // namespace hooks
