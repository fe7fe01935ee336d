// Command: run a suite of checks and fold what became of them to one verdict.
// Whatever it cannot evaluate is FAILED.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "gates/core/pattern.h"
#include "gates/report/escape.h"
#include "gates/staging/suite.h"
#include "gates/staging/write_results.h"
#include "hooks/command_line.h"
#include "hooks/folding.h"
#include "hooks/output.h"
#include "hooks/result_files.h"
#include "hooks/services.h"

namespace hooks {

ExitCode Stage(Arguments, Process&);

namespace {

using std::chrono::milliseconds;

/// The run itself as a check: no id of a check, so no allowlist can name it.
constexpr std::string_view kTheRun = "staging run";

constexpr size_t kMostSuiteBytes = 64 * 1024;
constexpr auto kLongestRun = std::chrono::hours(24);

// The other program ends by itself when time is up; it gets this much longer to say so.
constexpr auto kGrace = std::chrono::seconds(10);

struct StageOptions {
  std::string suite;
  std::string base_url;
  std::string mode;
  std::string container;
  std::string engine;
  std::string timeout = "10m";
  std::string results;
  FoldOptions fold;
  OutputOptions output;
};

void AddOptions(CommandLine& line, StageOptions& options) {
  line.AddOption("--suite", options.suite, "FILE", "the checks, in YAML");
  line.AddOption("--base-url", options.base_url, "URL", "where the staged service listens");
  line.AddOption("--mode", options.mode, "stub|full", "which checks to run");
  line.AddOption("--exec-in", options.container, "CONTAINER",
                 "run the programs of `run` checks in a container");
  line.AddOption("--engine", options.engine, "docker|podman",
                 "whose container it is (else of whichever is there)");
  line.AddOption("--timeout", options.timeout, "TIME", "for the whole run, as 90s or 10m (10m)");
  line.AddOption("--results", options.results, "FILE",
                 "write what became of each check, for `record`");
  AddFoldOptions(line, options.fold);
  AddOutputOptions(line, options.output, Answer::kRun);
  line.AddNotes(
      "\nA check that cannot be made has failed. Which failures may be waived stands in\n"
      "the policy of the trusted side.\n"
      "\nexample:\n"
      "  git verdict stage --suite staging.yml --base-url http://127.0.0.1:8080 --mode full\n"
      "\nexit codes: 0 SUCCESS, 1 FAILED or could not evaluate, 2 a part of git-verdict is\n"
      "not installed");
}

bool IsContainerName(const std::string& name) {
  const auto pattern = gates::Pattern::Regex("[A-Za-z0-9][A-Za-z0-9_.-]*");
  return pattern && pattern->Matches(name);
}

void CheckOptions(const StageOptions& options) {
  if (options.suite.empty()) throw UsageError("stage wants --suite FILE");
  if (!gates::IsBaseUrl(options.base_url))
    throw UsageError("stage wants --base-url, http or https, without user, query and fragment");
  if (!gates::StagingModeCalled(options.mode)) throw UsageError("--mode wants stub or full");
  if (!options.container.empty() && !IsContainerName(options.container))
    throw UsageError("--exec-in wants the name of a container");
  if (!options.engine.empty() && options.engine != "docker" && options.engine != "podman")
    throw UsageError("--engine wants docker or podman");
  if (!options.engine.empty() && options.container.empty())
    throw UsageError("--engine goes with --exec-in");
  const auto limit = gates::ReadDuration(options.timeout);
  if (!limit || *limit > kLongestRun)
    throw UsageError("--timeout wants a time of at most a day, as 90s or 10m");
  // An earlier run's results are removed first, and that must not be the suite.
  std::error_code fault;
  if (std::filesystem::equivalent(options.suite, options.results, fault))
    throw UsageError("--results names the suite");
  const auto names_test_result = [](const std::string& text) {
    return text.starts_with("test-result");
  };
  if (names_test_result(options.output.format) ||
      std::ranges::any_of(options.output.files, names_test_result))
    throw UsageError("test-result needs a subject: `git verdict fold --subject REV` writes it");
}

/// What a suite asks for in the mode.
struct Plan {
  std::string suite;  // the file's text
  std::vector<std::string> ids;
  std::vector<std::string> left_out;
};

using Planned = tl::expected<Plan, std::string>;

tl::expected<std::string, std::string> ReadSuiteFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostSuiteBytes + 1, '\0');
  file.read(text.data(), std::ssize(text));
  text.resize(static_cast<size_t>(file.gcount()));
  if (!file.is_open() || file.bad()) return tl::unexpected(fmt::format("{}: cannot be read", path));
  return text;
}

Planned MakePlan(const StageOptions& options) {
  auto text = ReadSuiteFile(options.suite);
  if (!text) return tl::unexpected(text.error());
  const auto suite = gates::ReadSuite(*text);
  if (!suite) {
    const gates::Misfit& misfit = suite.error();
    return tl::unexpected(fmt::format("{}:{}:{}: {}{}", options.suite, misfit.place.line,
                                      misfit.place.column, misfit.message,
                                      misfit.found.empty() ? "" : ", found " + misfit.found));
  }
  Plan plan{.suite = *std::move(text), .ids = {}, .left_out = {}};
  for (const gates::StagingCheck* check : suite->Checks())
    (check->modes.contains(*gates::StagingModeCalled(options.mode)) ? plan.ids : plan.left_out)
        .push_back(check->id);
  if (plan.ids.empty())
    return tl::unexpected(
        fmt::format("{}: no check belongs to the mode {}", options.suite, options.mode));
  return plan;
}

bool TellOf(const std::vector<gates::CheckResult>& results, const std::vector<std::string>& ids) {
  return std::ranges::equal(results, ids, {}, &gates::CheckResult::id);
}

/// The results as the other program wrote them: of every check, in order; or why
/// there are none.
tl::expected<std::string, std::string> RunPlan(const Plan& plan, const StageOptions& options,
                                               const std::string& program) {
  const milliseconds limit = *gates::ReadDuration(options.timeout);
  std::vector<std::string> arguments{"stage",
                                     "--mode",
                                     options.mode,
                                     "--base-url",
                                     options.base_url,
                                     "--timeout",
                                     std::to_string(limit.count())};
  if (!options.container.empty())
    arguments.insert(arguments.end(), {"--exec-in", options.container});
  if (!options.engine.empty()) arguments.insert(arguments.end(), {"--engine", options.engine});
  const ChildAnswer answer = RunServices(program, arguments, plan.suite, limit + kGrace);
  if (const std::string fault = FaultOfServices(answer); !fault.empty())
    return tl::unexpected(fault);
  const auto results = gates::ReadResults(answer.output);
  if (!results) return tl::unexpected("its results cannot be read: " + results.error());
  if (!TellOf(*results, plan.ids))
    return tl::unexpected(std::string("its results are not those of the suite's checks"));
  return answer.output;
}

std::string ResultsOfFault(const StageOptions& options, const std::string& why) {
  const std::string run(kTheRun);
  return gates::WriteResults({options.mode,
                              options.base_url,
                              {{{run, run, gates::Outcome::kFailed, why}, milliseconds(0)}}});
}

/// `not run  C1, C2: not in this mode`, for people.
std::string LeftOut(const Planned& plan, const StageOptions& options) {
  if (!plan || plan->left_out.empty() || options.output.format != "text") return "";
  return fmt::format("not run  {}: not in this mode ({})\n", fmt::join(plan->left_out, ", "),
                     options.mode);
}

}  // namespace

ExitCode Stage(Arguments arguments, Process& process) {
  process.fault_exit = ExitCode::kRefused;
  CommandLine line("Runs a suite of checks against a staged service and folds them to one verdict.",
                   "git verdict stage");
  StageOptions options;
  AddOptions(line, options);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kRun);
  CheckOptions(options);
  // Results of an earlier run must not be taken for those of this one.
  if (!options.results.empty()) RemoveResultFile(options.results);
  const auto program = FindServices();
  const Planned plan = MakePlan(options);
  const auto text = plan.and_then([&](const Plan& made) -> tl::expected<std::string, std::string> {
    if (!program) return tl::unexpected(std::string("git-verdict-services is not installed"));
    return RunPlan(made, options, *program);
  });
  // The report has little room for a reason.
  if (!text) Write("git-verdict: " + gates::Escape(text.error()) + "\n", Stream::kErr, process);
  // What is written down is what is folded, a fault too.
  const std::string results = text ? *text : ResultsOfFault(options, text.error());
  if (!options.results.empty()) WriteResultFile(options.results, results);
  const gates::FoldReport report = FoldHere(gates::ReadResults(results), options.fold, process);
  Write(LeftOut(plan, options), Stream::kOut, process);
  Deliver(report, options.output, process);
  if (!program) return ExitCode::kCannotEvaluate;
  return report.folded.passed ? ExitCode::kAllowed : ExitCode::kRefused;
}

}  // namespace hooks
