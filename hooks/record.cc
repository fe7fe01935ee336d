// Command: write a verdict down as a log, and commit it.

#include <fmt/format.h>

#include <algorithm>

#include "gates/core/pattern.h"
#include "gates/staging/log_text.h"
#include "hooks/clock.h"
#include "hooks/command_line.h"
#include "hooks/digest.h"
#include "hooks/folding.h"
#include "hooks/output.h"
#include "hooks/record_verdict.h"
#include "hooks/result_files.h"
#include "hooks/staging_policy.h"

namespace hooks {

ExitCode Record(Arguments, Process&);

namespace {

struct RecordOptions {
  std::string gate;
  std::string work_item;
  std::string results;
  std::string status;
  std::string validated;
  std::string base_url;
  std::string onto;
  std::string key;  // empty: nothing is signed
  FoldOptions fold;
};

constexpr std::string_view kStaging = "staging";

// --- what is to be written -----------------------------------------------------------------

// Whatever the checks of other gates are called: the allowlist is about staging.
gates::Folded FoldFile(const ResultFile& file, const gates::GateRule& gate,
                       const RecordOptions& options, const Process& process) {
  FoldOptions fold = options.fold;
  fold.strict = fold.strict || gate.id != kStaging;
  return FoldHere(ResultsIn(std::span(&file, 1)), fold, process).folded;
}

bool ReadStatus(const std::string& status, const gates::GateRule& gate) {
  if (status == gate.pass || status == gate.fail) return status == gate.pass;
  throw UsageError(
      fmt::format("--status of {} is {} or {}, not '{}'", gate.id, gate.pass, gate.fail, status));
}

OrRefusal<gates::NewVerdict> MakeVerdict(const Scene& scene, const RecordOptions& options,
                                         Process& process) {
  const gates::Policy& policy = scene.trusted.rules.policy();
  gates::NewVerdict verdict;
  verdict.gate = GateCalled(options.gate, policy);
  verdict.work_item = options.work_item;
  verdict.base_url = options.base_url;
  if (options.results.empty()) {
    verdict.passed = ReadStatus(options.status, verdict.gate);
  } else {
    const ResultFile file = ReadResultFiles(std::span(&options.results, 1), process).front();
    verdict.results_digest = DigestOf(file.bytes);
    verdict.folded = FoldFile(file, verdict.gate, options, process);
    verdict.passed = verdict.folded->passed;
  }
  const auto validated = options.validated.empty()
                             ? FindStagedCommit(scene)
                             : NamedCommit(scene.repository, options.validated, "--validated-sha");
  if (!validated) return tl::unexpected(validated.error());
  verdict.validated = *validated;
  verdict.written_at = Now();
  return verdict;
}

// --- the command ---------------------------------------------------------------------------

OrRefusal<Told> RecordIn(Scene& scene, const RecordOptions& options, Process& process) {
  RequireWorkItem(options.work_item, scene.trusted.rules);
  auto verdict = MakeVerdict(scene, options, process);
  if (!verdict) return tl::unexpected(verdict.error());
  const Named named = options.validated.empty() ? Named::kByDefault : Named::kByHand;
  return RecordVerdict(scene, *std::move(verdict), named, options.key, process);
}

void AddOptions(CommandLine& line, RecordOptions& options) {
  line.AddOperand("gate", options.gate, "GATE", "staging, deploy or another gate of the policy",
                  Need::kRequired);
  line.AddOption("--work-item", options.work_item, "ID", "the item that the verdict is about",
                 Need::kRequired);
  line.AddOption("--results", options.results, "FILE",
                 "per-check results to fold; - is standard input");
  line.AddOption("--status", options.status, "TOKEN",
                 "the verdict itself, one of the gate's two tokens");
  line.AddOption("--validated-sha", options.validated, "REV",
                 "the commit that was validated (HEAD)");
  line.AddOption("--base-url", options.base_url, "URL", "where the staged service was");
  line.AddOption("--onto", options.onto, "BRANCH",
                 "commit on this branch and leave the work tree alone");
  line.AddOption("--sign", options.key, "KEY",
                 "sign with this private key, or a public one that an agent has");
  AddFoldOptions(line, options.fold);
}

// A log is for everybody who reads the repository, for good.
bool NamesUser(const std::string& url) {
  const auto pattern = gates::Pattern::Regex("([A-Za-z][A-Za-z0-9+.-]*:)?/*[^/?#]*@.*");
  return pattern && pattern->Matches(url);
}

void CheckOptions(const RecordOptions& options) {
  if (options.results.empty() == options.status.empty())
    throw UsageError("record wants either --results or --status");
  if (options.results.empty() && (options.fold.strict || !options.fold.base.empty()))
    throw UsageError("--base and --strict are about --results");
  if (const auto fault = gates::FindLineFault(options.base_url))
    throw UsageError("--base-url: " + *fault);
  if (NamesUser(options.base_url))
    throw UsageError("--base-url: a log is no place for a user or a password, leave them out");
}

}  // namespace

ExitCode Record(Arguments arguments, Process& process) {
  CommandLine line("Writes a verdict down as a log and commits it, and nothing else.",
                   "git verdict record");
  RecordOptions options;
  AddOptions(line, options);
  line.AddNotes(
      "\nexamples:\n"
      "  git verdict record staging --work-item ORCH-061 --results results.json\n"
      "  git verdict record deploy --work-item ORCH-061 --status SUCCESS\n"
      "  git verdict record staging --work-item ORCH-061 --status FAILED --onto main\n"
      "  git verdict record staging --work-item ORCH-061 --results results.json --sign "
      "staging-key\n"
      "\nexit codes: 0 recorded (whatever the verdict), or recorded before; 1 refused; 2 a fault");
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  CheckOptions(options);
  PrepareForFaults({}, Stream::kErr, process);
  const auto told =
      OnScene(options.onto, [&](Scene& scene) { return RecordIn(scene, options, process); });
  if (!told) return Tell(told.error(), process);
  Write(told->text, Stream::kOut, process);
  if (told->warning) Tell(*told->warning, process);
  return ExitCode::kAllowed;
}

}  // namespace hooks
