// Command: which verdict logs a commit holds, what they say, to what they bind.

#include <fmt/format.h>

#include <algorithm>

#include "gates/proof/change.h"
#include "gates/proof/work_items.h"
#include "gates/report/escape.h"
#include "gates/report/json.h"
#include "gates/report/text.h"
#include "gates/report/verification_summary.h"
#include "gates/survey.h"
#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/output.h"
#include "hooks/resource_uri.h"

namespace hooks {

ExitCode Show(Arguments, Process&);

namespace {

struct ShowOptions {
  std::string revision = "HEAD";
  std::optional<std::string> work_item;
  std::string resource;
  std::string verifier;
  OutputOptions output;
};

void AddOptions(CommandLine& line, ShowOptions& options) {
  line.AddOperand("revision", options.revision, "REV", "the commit (HEAD)");
  line.AddOption("--work-item", options.work_item, "ID", "only this item's logs");
  AddOutputOptions(line, options.output, Answer::kShow);
  line.AddOption("--resource", options.resource, "URI",
                 "the repository, for in-toto (its remote, or its folder)");
  line.AddOption("--verifier", options.verifier, "URI",
                 "who verified, for in-toto (the log's gate)");
  line.AddNotes(
      "\nexamples:\n"
      "  git verdict show origin/main --work-item ORCH-061\n"
      "  git verdict show --format in-toto --resource git+https://example.org/product\n"
      "\nexit codes: 0 every log is well-formed (for in-toto: and there is a statement about\n"
      "it), 1 not so, 2 could not evaluate");
}

void CheckOptions(const ShowOptions& options) {
  for (const auto& [name, uri] :
       {std::pair{"--resource", options.resource}, {"--verifier", options.verifier}}) {
    if (uri.empty()) continue;
    if (!AsksFor(gates::kInToto, options.output))
      throw UsageError(fmt::format("{} goes with --format in-toto", name));
    if (!IsResourceUri(uri))
      throw UsageError(fmt::format("{} wants a URI, in lower case up to its path", name));
  }
}

/// The logs, and what statements say besides.
struct Shown {
  gates::Survey survey;
  gates::Attested attested;
};

gates::Survey Fault(const gates::ObjectId& commit, gates::Finding finding) {
  return {.commit = commit, .logs = {}, .findings = {std::move(finding)}};
}

Shown Look(const ShowOptions& options) {
  const auto repository = git::Repository::Discover(".");
  const auto commit = repository.ResolveTyped(options.revision);
  if (!commit)
    throw gates::WorldError(gates::Code::kInputMalformed,
                            "'" + options.revision + "' names no commit here",
                            "git log lists what there is");
  const auto trusted = FindTrustedRules(repository, *commit);
  if (!trusted) return {Fault(*commit, trusted.error()), {}};
  if (options.work_item) {
    auto invalid = gates::FindInvalidItems({*options.work_item}, trusted->rules);
    if (!invalid.empty()) return {Fault(*commit, std::move(invalid.front())), {}};
  }
  return {gates::SurveyLogs(gates::RootOf(gates::RequireCommit(repository, *commit)),
                            trusted->rules, repository, options.work_item),
          {.verifier = options.verifier,
           .resource = options.resource.empty() ? UriOfRepository(repository) : options.resource,
           .policy = trusted->origin}};
}

Render RendererOf(Shown shown) {
  return [shown = std::move(shown)](const std::string& format, gates::Colour colour) {
    if (format == gates::kInToto)
      return gates::RenderVerificationSummaries(shown.survey, shown.attested);
    return format == "json" ? gates::RenderSurveyJson(shown.survey)
                            : gates::RenderSurveyText(shown.survey, colour);
  };
}

/// Tells on standard error of which logs there is no statement, since statements have no place
/// for that. Whether there is any such log.
bool TellWhatIsLeftOut(const gates::Survey& survey, Process& process) {
  gates::Report faults{.updates = {}, .findings = survey.findings};
  std::string gaps;
  for (const gates::SurveyedLog& log : survey.logs) {
    faults.findings.insert(faults.findings.end(), log.findings.begin(), log.findings.end());
    const auto gap = log.findings.empty() ? gates::FindStatementGap(log) : std::nullopt;
    if (gap)
      gaps += fmt::format("git-verdict: {}: {}, so there is no statement about it\n",
                          gates::Escape(log.path), *gap);
  }
  if (!faults.findings.empty()) gaps = gates::RenderText(faults, gates::Colour::kNever) + gaps;
  Write(gaps, Stream::kErr, process);
  return !gaps.empty();
}

}  // namespace

ExitCode Show(Arguments arguments, Process& process) {
  CommandLine line(
      "Lists the verdict logs of a commit: what they say, and the commit they bind to.",
      "git verdict show");
  ShowOptions options;
  AddOptions(line, options);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kShow);
  CheckOptions(options);
  const Shown shown = Look(options);
  Deliver(RendererOf(shown), options.output, Stream::kOut, process);
  const ExitCode exit = ExitCodeFor(shown.survey.decision());
  if (!AsksFor(gates::kInToto, options.output)) return exit;
  const bool is_whole = !TellWhatIsLeftOut(shown.survey, process);
  return is_whole ? exit : std::max(exit, ExitCode::kRefused);
}

}  // namespace hooks
