// Commands: git's pre-commit and pre-merge-commit hooks. Both read the verdict logs that a
// commit would bring, from the index that git is about to commit.

#include <fmt/format.h>

#include <array>

#include "gates/proof/change.h"
#include "gates/report/json.h"
#include "gates/report/text.h"
#include "gates/staged_logs.h"
#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/git/index.h"
#include "hooks/git/merging.h"
#include "hooks/hook_input.h"
#include "hooks/kept_hook.h"
#include "hooks/output.h"

namespace hooks {

ExitCode PreCommit(Arguments, Process&);
ExitCode PreMergeCommit(Arguments, Process&);

namespace {

/// Not always the repository's own index: `git commit -a` and `git commit FILE` make one.
std::string IndexOf(const git::Repository& repository, const Process& process) {
  const std::string given = Variable(process, "GIT_INDEX_FILE");
  return given.empty() ? repository.git_directory() + "/index" : given;
}

gates::Root RootOf(const git::Repository& repository,
                   const std::optional<gates::ObjectId>& commit) {
  const auto peeled = commit ? repository.Peel(*commit) : std::nullopt;
  return peeled ? gates::RootOf(gates::RequireCommit(repository, *peeled)) : gates::Root{};
}

gates::Survey Look(const Process& process) {
  const auto repository = OpenForHook(process);
  const auto head = repository.FindRef("HEAD");
  const auto trusted = FindTrustedRules(repository, head);
  if (!trusted) return {.commit = std::nullopt, .logs = {}, .findings = {trusted.error()}};
  const KnownRefs refs = RefsForCommands(repository);
  // What has landed is nobody's to mend here: a merge of the default branch brings it along.
  const std::array held{RootOf(repository, head),
                        RootOf(repository, refs.Find(refs.DefaultBranch()))};
  return gates::SurveyStaged(git::ReadIndex(IndexOf(repository, process)), held, trusted->rules,
                             repository, git::Merging());
}

std::string TextOf(const gates::Survey& survey, gates::Colour colour) {
  if (survey.decision() != gates::Decision::kAllow) return RenderSurveyText(survey, colour);
  const size_t count = survey.logs.size();
  if (count == 0) return "";
  return count == 1 ? "1 staged verdict log is well-formed\n"
                    : fmt::format("{} staged verdict logs are well-formed\n", count);
}

ExitCode LintStaged(CommandLine& line, Arguments arguments, Process& process) {
  std::string kept;
  OutputOptions output;
  AddKeptOption(line, kept);
  AddOutputOptions(line, output);
  line.AddNotes(
      "\nIt reads what would be committed, never the work tree, and says nothing where no\n"
      "log is among it. A log that records a failure is well-formed.\n"
      "exit codes: 0 every staged log is well-formed, 1 one is not, 2 could not evaluate");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kErr, process, Answer::kSurvey);
  const gates::Survey survey = Look(process);
  const auto render = [&](const std::string& format, gates::Colour colour) {
    return format == "json" ? gates::RenderSurveyJson(survey) : TextOf(survey, colour);
  };
  Deliver(render, output, Stream::kErr, process);
  const ExitCode verdict = ExitCodeFor(survey.decision());
  return verdict == ExitCode::kAllowed ? AskKeptHook(kept, {}, "") : verdict;
}

}  // namespace

ExitCode PreCommit(Arguments arguments, Process& process) {
  CommandLine line(
      "Git's pre-commit hook: reads the staged verdict logs as strictly as the gate does.",
      "git verdict hook pre-commit");
  return LintStaged(line, arguments, process);
}

ExitCode PreMergeCommit(Arguments arguments, Process& process) {
  CommandLine line(
      "Git's pre-merge-commit hook: reads the verdict logs that a merge brings as strictly as\n"
      "the gate does.",
      "git verdict hook pre-merge-commit");
  return LintStaged(line, arguments, process);
}

}  // namespace hooks
