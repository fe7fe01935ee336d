// Command: which verdict logs a commit holds, what they say, to what they bind.

#include <CLI/CLI.hpp>

#include "gates/proof/change.h"
#include "gates/survey.h"
#include "hooks/arguments.h"
#include "hooks/door.h"
#include "hooks/output.h"

namespace hooks {

ExitCode Show(Arguments, Process&);

namespace {

struct ShowOptions {
  std::string revision = "HEAD";
  std::string work_item;
  OutputOptions output;
};

gates::Survey Survey(const git::Repository& repository, const gates::Rules& rules,
                     const gates::ObjectId& commit, const ShowOptions& options) {
  std::optional<std::string> work_item;
  if (!options.work_item.empty()) work_item = options.work_item;
  return gates::SurveyLogs(gates::RootOf(gates::RequireCommit(repository, commit)), rules,
                           repository, work_item);
}

gates::Survey Fault(const gates::ObjectId& commit, gates::Finding finding) {
  return {.commit = commit, .logs = {}, .findings = {std::move(finding)}};
}

gates::Survey Look(const ShowOptions& options) {
  const auto repository = git::Repository::Discover(".");
  const auto commit = repository.ResolveTyped(options.revision);
  if (!commit)
    throw gates::WorldError(gates::Code::kInputMalformed,
                            "'" + options.revision + "' names no commit here",
                            "git log lists what there is");
  const auto trusted = FindTrustedRules(repository, *commit);
  if (!trusted) return Fault(*commit, trusted.error());
  const gates::Rules& rules = trusted->rules;
  if (options.work_item.empty() || rules.IsWorkItem(options.work_item))
    return Survey(repository, rules, *commit, options);
  gates::Finding finding =
      gates::MakeFinding(gates::Code::kWorkItemInvalid, "this is no work item ID");
  finding.expected = rules.policy().id;
  finding.found = options.work_item;
  return Fault(*commit, std::move(finding));
}

}  // namespace

ExitCode Show(Arguments arguments, Process& process) {
  CLI::App app("Lists the verdict logs of a commit: what they say, and the commit they bind to.",
               "git verdict show");
  ShowOptions options;
  app.add_option("revision", options.revision, "the commit (HEAD)")->type_name("REV");
  app.add_option("--work-item", options.work_item, "only this item's logs")->type_name("ID");
  AddOutputOptions(app, options.output, Answer::kSurvey);
  app.footer("\nexit codes: 0 every log is well-formed, 1 one is not, 2 could not evaluate");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kSurvey);
  const gates::Survey survey = Look(options);
  Deliver(survey, options.output, process);
  return ExitCodeFor(survey.decision());
}

}  // namespace hooks
