// Command: per-check results to one verdict. Whatever it cannot evaluate is FAILED.

#include <functional>

#include "gates/core/guard.h"
#include "hooks/command_line.h"
#include "hooks/folding.h"
#include "hooks/git/merging.h"
#include "hooks/output.h"
#include "hooks/resource_uri.h"
#include "hooks/result_files.h"
#include "hooks/staging_policy.h"

namespace hooks {

ExitCode Fold(Arguments, Process&);

namespace {

constexpr std::string_view kTestResult = "test-result";

struct Options {
  std::vector<std::string> files;
  FoldOptions fold;
  std::string subject;
  std::string url;
  OutputOptions output;
};

void AddOptions(CommandLine& line, Options& options) {
  line.AddOperand("results", options.files, "RESULTS",
                  "JSON, JUnit XML or TAP; - for standard input");
  AddFoldOptions(line, options.fold);
  AddOutputOptions(line, options.output, Answer::kFold);
  line.AddOption("--subject", options.subject, "REV",
                 "the commit that was tested, for test-result (HEAD)");
  line.AddOption("--url", options.url, "URL", "of the test run, for test-result");
  line.AddNotes(
      "\nThe same id twice is one check. One answer that is not a pass makes FAILED, unless\n"
      "the policy of the trusted side lists the check as infrastructure.\n"
      "\nexamples:\n"
      "  git verdict fold results.json\n"
      "  run-the-suite --tap | git verdict fold --base origin/main -\n"
      "\nexit codes: 0 SUCCESS, 1 FAILED or could not evaluate");
}

// The commit that was tested. Where none is known, the bytes that were folded.
std::vector<gates::Subject> SubjectsOf(const Options& options,
                                       const std::vector<ResultFile>& files) {
  if (!options.subject.empty())
    return {{"", "gitCommit",
             NamedCommit(git::Repository::Discover("."), options.subject, "--subject")}};
  const auto repository = git::Repository::DiscoverIfAny(".");
  const auto head = repository ? repository->ResolveTyped("HEAD") : std::nullopt;
  if (head) return {{"", "gitCommit", *head}};
  std::vector<gates::Subject> subjects;
  const git::Merging bytes;
  for (const ResultFile& file : files)
    subjects.push_back({file.path, "gitBlob", bytes.NameBlob(file.bytes)});
  return subjects;
}

/// Runs one part of the work; what it throws makes the verdict FAILED.
void GuardVerdict(gates::FoldReport& report, const std::function<void()>& work) {
  const auto faults = gates::Guard([&]() -> std::vector<gates::Finding> {
    work();
    return {};
  });
  if (!faults.empty()) report.folded = gates::FoldedFault(ReasonFrom(faults.front()));
}

gates::FoldReport FoldFiles(const Options& options, Process& process) {
  gates::FoldReport report;
  report.folded = gates::FoldedFault("no results: name their files, or - for standard input");
  std::vector<ResultFile> files;
  GuardVerdict(report, [&] {
    files = ReadResultFiles(options.files, process);
    if (!files.empty()) report = FoldHere(ResultsIn(files), options.fold, process);
  });
  if (AsksFor(kTestResult, options.output))
    GuardVerdict(report, [&] { report.subjects = SubjectsOf(options, files); });
  report.url = options.url;
  return report;
}

}  // namespace

ExitCode Fold(Arguments arguments, Process& process) {
  process.fault_exit = ExitCode::kRefused;
  CommandLine line("Folds the results of single checks to one verdict, SUCCESS or FAILED.",
                   "git verdict fold");
  Options options;
  AddOptions(line, options);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(options.output, Stream::kOut, process, Answer::kFold);
  if (!options.url.empty() && !IsUri(options.url))
    throw UsageError("--url wants a URL, in lower case up to its path");
  const gates::FoldReport report = FoldFiles(options, process);
  Deliver(report, options.output, process);
  // The statement has no place for words.
  if (options.output.format == kTestResult && !report.folded.passed)
    Write(gates::RenderVerdict(report, gates::Colour::kNever), Stream::kErr, process);
  return report.folded.passed ? ExitCode::kAllowed : ExitCode::kRefused;
}

}  // namespace hooks
