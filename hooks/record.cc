// Command: write a verdict down as a log, and commit it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "gates/report/escape.h"
#include "gates/staging/log_text.h"
#include "hooks/arguments.h"
#include "hooks/clock.h"
#include "hooks/committer.h"
#include "hooks/digest.h"
#include "hooks/door.h"
#include "hooks/folding.h"
#include "hooks/held_signals.h"
#include "hooks/output.h"
#include "hooks/record_log.h"
#include "hooks/record_verdict.h"
#include "hooks/recording.h"
#include "hooks/result_files.h"
#include "hooks/run_lock.h"
#include "hooks/staging_policy.h"

namespace hooks {

ExitCode Record(Arguments, Process&);

const gates::GateRule& GateCalled(const std::string& name, const gates::Policy& policy) {
  if (const gates::GateRule* gate = policy.FindGate(name)) return *gate;
  std::string names;
  for (const gates::GateRule& gate : policy.gates) names += (names.empty() ? "" : ", ") + gate.id;
  throw UsageError(fmt::format("the policy has no gate '{}' (there are {})", name, names));
}

void RequireWorkItem(const std::string& work_item, const gates::Rules& rules) {
  // What is no part of a ref's name could not keep V, and what breaks a line no trailer.
  if (rules.IsWorkItem(work_item) && git::IsRefName("refs/verdicts/" + work_item)) return;
  throw UsageError(
      fmt::format("'{}' is no work item ID (the policy: {})", work_item, rules.policy().id));
}

namespace {

struct RecordOptions {
  std::string gate;
  std::string work_item;
  std::string results;
  std::string status;
  std::string validated;
  std::string base_url;
  std::string onto;
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

std::string PlaceName(const Target& target) {
  constexpr std::string_view kBranches = "refs/heads/";
  return target.ref.starts_with(kBranches) ? target.ref.substr(kBranches.size())
                                           : "the detached HEAD";
}

std::string RemoteName(const git::Repository& repository) {
  const auto tracking = FindTracking(repository);
  return tracking && tracking->remote != "." ? tracking->remote : "origin";
}

std::string ToldRecorded(const Scene& scene, const gates::NewVerdict& verdict,
                         const gates::ObjectId& commit) {
  const std::string what = fmt::format(
      "recorded {} {} for {} on {} in {}; it is about {}", verdict.gate.id, verdict.token(),
      verdict.work_item, PlaceName(scene.target), commit.hex12(), verdict.validated.hex12());
  const std::string next = fmt::format(
      "whoever judges it must have that commit: `git push {} {}:{}`", RemoteName(scene.repository),
      verdict.validated.hex(), RefOfValidated(verdict.work_item, verdict.validated));
  return gates::Escape(what) + '\n' + gates::Escape(next) + '\n';
}

OrRefusal<Recording> MakeRecording(const Scene& scene, const gates::NewVerdict& verdict,
                                   std::vector<EvidenceFile> files, const Process& process) {
  auto author = FindSignature("AUTHOR", scene.writer, process, Now());
  if (!author) return tl::unexpected(author.error());
  auto committer = FindSignature("COMMITTER", scene.writer, process, Now());
  if (!committer) return tl::unexpected(committer.error());
  return Recording{.ref = scene.target.ref,
                   .tip = scene.target.tip.id,
                   .work_item = verdict.work_item,
                   .validated = verdict.validated,
                   .files = std::move(files),
                   .message = fmt::format("{}: record {} {}\n\n{}: {}\n", verdict.work_item,
                                          verdict.gate.id, verdict.token(),
                                          scene.trusted.rules.policy().trailer, verdict.work_item),
                   .author = *std::move(author),
                   .committer = *std::move(committer)};
}

OrRefusal<std::string> CommitVerdict(Scene& scene, const gates::NewVerdict& verdict,
                                     std::vector<EvidenceFile> files, const Process& process) {
  const auto recording = MakeRecording(scene, verdict, std::move(files), process);
  if (!recording) return tl::unexpected(recording.error());
  const HeldSignals held;
  const gates::ObjectId commit = WriteEvidence(*recording, scene.writer);
  RequireEvidenceOnly(scene, commit, verdict);
  git::WorkTree* const tree = scene.commits_here ? &*scene.tree : nullptr;
  if (Land(*recording, commit, scene.writer, tree) == git::RefMove::kMoved)
    return ToldRecorded(scene, verdict, commit);
  return tl::unexpected(
      Refusal{fmt::format("{} moved meanwhile, so nothing was recorded", PlaceName(scene.target)),
              "run it again"});
}

OrRefusal<std::string> TellNothing(Scene& scene, const Present& present, const std::string& path) {
  if (scene.commits_here) {
    const HeldSignals held;
    BringUpToDate({{path, present.text}, {path + ".sig", present.signature}}, scene.writer,
                  *scene.tree);
  }
  return gates::Escape(fmt::format("nothing to record: {} on {} says this already", path,
                                   PlaceName(scene.target))) +
         '\n';
}

}  // namespace

OrRefusal<std::string> RecordVerdict(Scene& scene, gates::NewVerdict verdict, Named named,
                                     const Process& process) {
  const std::string path =
      scene.trusted.rules.ItemFolder(verdict.work_item) + "/" + verdict.gate.file;
  const auto present = FindPresent(scene, verdict, path);
  if (!present) return tl::unexpected(present.error());
  for (const std::string& file : {path, path + ".sig"})
    if (const auto safe = RequireCommitted(scene, file); !safe) return tl::unexpected(safe.error());
  if (SaysTheSame(scene, *present, verdict, named)) return TellNothing(scene, *present, path);
  // Who puts an older log back, its signature included, is told from who writes a newer one.
  if (const auto before = present->time())
    verdict.written_at = std::max(verdict.written_at, *before + 1);
  return CommitVerdict(scene, verdict,
                       {{path, WriteStrictly(verdict, path)}, {path + ".sig", std::nullopt}},
                       process);
}

OrRefusal<std::string> OnScene(const std::string& onto,
                               const std::function<OrRefusal<std::string>(Scene&)>& work) {
  auto scene = SetScene(onto);
  if (!scene) return tl::unexpected(scene.error());
  if (!scene->commits_here) return work(*scene);
  const auto lock = RunLock::TryTake(scene->writer.git_directory());
  if (lock) return work(*scene);
  return tl::unexpected(
      Refusal{"another `git verdict record` is at work in this work tree", "run it again"});
}

namespace {

OrRefusal<std::string> RecordIn(Scene& scene, const RecordOptions& options, Process& process) {
  RequireWorkItem(options.work_item, scene.trusted.rules);
  auto verdict = MakeVerdict(scene, options, process);
  if (!verdict) return tl::unexpected(verdict.error());
  const Named named = options.validated.empty() ? Named::kByDefault : Named::kByHand;
  return RecordVerdict(scene, *std::move(verdict), named, process);
}

void AddOptions(CLI::App& app, RecordOptions& options) {
  app.add_option("gate", options.gate, "staging, deploy or another gate of the policy")
      ->type_name("GATE")
      ->required();
  app.add_option("--work-item", options.work_item, "the item that the verdict is about")
      ->type_name("ID")
      ->required();
  app.add_option("--results", options.results, "per-check results to fold; - is standard input")
      ->type_name("FILE");
  app.add_option("--status", options.status, "the verdict itself, one of the gate's two tokens")
      ->type_name("TOKEN");
  app.add_option("--validated-sha", options.validated, "the commit that was validated (HEAD)")
      ->type_name("REV");
  app.add_option("--base-url", options.base_url, "where the staged service was")->type_name("URL");
  app.add_option("--onto", options.onto, "commit on this branch and leave the work tree alone")
      ->type_name("BRANCH");
  AddFoldOptions(app, options.fold);
}

void CheckOptions(const RecordOptions& options) {
  if (options.results.empty() == options.status.empty())
    throw UsageError("record wants either --results or --status");
  if (options.results.empty() && (options.fold.strict || !options.fold.base.empty()))
    throw UsageError("--base and --strict are about --results");
  if (const auto fault = gates::FindLineFault(options.base_url))
    throw UsageError("--base-url: " + *fault);
}

}  // namespace

ExitCode Record(Arguments arguments, Process& process) {
  CLI::App app("Writes a verdict down as a log and commits it, and nothing else.",
               "git verdict record");
  RecordOptions options;
  AddOptions(app, options);
  app.footer(
      "\nexamples:\n"
      "  git verdict record staging --work-item ORCH-061 --results results.json\n"
      "  git verdict record deploy --work-item ORCH-061 --status SUCCESS\n"
      "  git verdict record staging --work-item ORCH-061 --status FAILED --onto main\n"
      "\nexit codes: 0 recorded (whatever the verdict), or recorded before; 1 refused; 2 a fault");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  CheckOptions(options);
  PrepareForFaults({}, Stream::kErr, process);
  const auto told =
      OnScene(options.onto, [&](Scene& scene) { return RecordIn(scene, options, process); });
  if (!told) return Tell(told.error(), process);
  Write(*told, Stream::kOut, process);
  return ExitCode::kAllowed;
}

}  // namespace hooks
