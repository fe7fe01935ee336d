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
#include "hooks/output.h"
#include "hooks/record_log.h"
#include "hooks/record_signature.h"
#include "hooks/recording.h"
#include "hooks/result_files.h"
#include "hooks/run_lock.h"
#include "hooks/staging_policy.h"

namespace hooks {

ExitCode Record(Arguments, Process&);

namespace {

/// How a run that was not refused ended.
struct Told {
  std::string text;
  std::optional<Refusal> warning = std::nullopt;
};

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

/// A log to be recorded over the one at the tip.
struct NewLog {
  std::string path;
  std::string text;
  std::optional<LogSignature> signature;
  bool is_over_a_signed_one = false;

  std::vector<EvidenceFile> files() const {
    return {{path, text},
            {path + ".sig", signature ? std::optional(signature->text) : std::nullopt}};
  }
};

std::string ToldSigners(const NewLog& log) {
  if (!log.signature) return log.is_over_a_signed_one ? ", no longer signed" : "";
  std::string told = ", signed";
  for (const std::string& signer : log.signature->signers)
    told += (told == ", signed" ? " by " : ", ") + signer;
  return told;
}

std::string ToldRecorded(const Scene& scene, const gates::NewVerdict& verdict, const NewLog& log,
                         const gates::ObjectId& commit) {
  const std::string what =
      fmt::format("recorded {} {} for {} on {} in {}{}; it is about {}", verdict.gate.id,
                  verdict.token(), verdict.work_item, PlaceName(scene.target), commit.hex12(),
                  ToldSigners(log), verdict.validated.hex12());
  const std::string next = fmt::format(
      "whoever judges it must have that commit: `git push {} {}:{}`", RemoteName(scene.repository),
      verdict.validated.hex(), RefOfValidated(verdict.work_item, verdict.validated));
  return gates::Escape(what) + '\n' + gates::Escape(next) + '\n';
}

// It is recorded all the same: whoever signs it later, or lands it elsewhere, may be right.
std::optional<Refusal> WarningOf(const std::optional<gates::Finding>& objection) {
  if (!objection) return std::nullopt;
  Refusal warning = RefusalFrom(*objection);
  warning.what = "the gate would refuse this log: " + warning.what;
  return warning;
}

OrRefusal<Recording> MakeRecording(const Scene& scene, const gates::NewVerdict& verdict,
                                   const NewLog& log, const Process& process) {
  auto author = FindSignature("AUTHOR", scene.writer, process, Now());
  if (!author) return tl::unexpected(author.error());
  auto committer = FindSignature("COMMITTER", scene.writer, process, Now());
  if (!committer) return tl::unexpected(committer.error());
  return Recording{.ref = scene.target.ref,
                   .tip = scene.target.tip.id,
                   .work_item = verdict.work_item,
                   .validated = verdict.validated,
                   .files = log.files(),
                   .message = fmt::format("{}: record {} {}\n\n{}: {}\n", verdict.work_item,
                                          verdict.gate.id, verdict.token(),
                                          scene.trusted.rules.policy().trailer, verdict.work_item),
                   .author = *std::move(author),
                   .committer = *std::move(committer)};
}

OrRefusal<Told> CommitVerdict(Scene& scene, const gates::NewVerdict& verdict, const NewLog& log,
                              const Process& process) {
  const auto recording = MakeRecording(scene, verdict, log, process);
  if (!recording) return tl::unexpected(recording.error());
  const gates::ObjectId commit = WriteEvidence(*recording, scene.writer);
  RequireEvidenceOnly(scene, commit, verdict);
  const auto objection = FindObjection(scene, verdict, commit);
  git::WorkTree* const tree = scene.commits_here ? &*scene.tree : nullptr;
  if (Land(*recording, commit, scene.writer, tree) == git::RefMove::kLost)
    return tl::unexpected(
        Refusal{fmt::format("{} moved meanwhile, so nothing was recorded", PlaceName(scene.target)),
                "run it again"});
  return Told{ToldRecorded(scene, verdict, log, commit), WarningOf(objection)};
}

// A clone that got the log from elsewhere need not have fetched the ref that keeps V.
void KeepValidated(const Scene& scene, const gates::NewVerdict& verdict,
                   const gates::VerdictLog& log) {
  const auto validated = gates::ObjectId::FromHex(log.validated_sha->text);
  if (!validated || !scene.repository.Has(*validated)) return;
  const std::string ref = RefOfValidated(verdict.work_item, *validated);
  if (scene.repository.FindRef(ref) != validated) scene.writer.PutRef(ref, *validated);
}

Told TellNothing(Scene& scene, const gates::NewVerdict& verdict, const Present& present,
                 const NewLog& log) {
  KeepValidated(scene, verdict, *present.log);
  if (scene.commits_here)
    BringUpToDate({{log.path, present.text}, {log.path + ".sig", present.signature}}, scene.writer,
                  *scene.tree);
  const std::string told =
      fmt::format("nothing to record: {} on {} says this already{}", log.path,
                  PlaceName(scene.target), log.signature ? ToldSigners(log) : "");
  return {gates::Escape(told) + '\n',
          WarningOf(FindObjection(scene, verdict, scene.target.tip.id))};
}

OrRefusal<NewLog> MakeLog(const Scene& scene, const gates::NewVerdict& verdict,
                          const Present& present, const std::string& path, const std::string& key,
                          Process& process) {
  NewLog log{path, WriteStrictly(verdict, path), std::nullopt, present.signature.has_value()};
  if (key.empty()) return log;
  auto signature = SignLog(scene, verdict, log.text, key, process);
  if (!signature) return tl::unexpected(std::move(signature.error()));
  log.signature = *std::move(signature);
  return log;
}

OrRefusal<Told> RecordIn(Scene& scene, const RecordOptions& options, Process& process) {
  RequireWorkItem(options.work_item, scene.trusted.rules);
  auto verdict = MakeVerdict(scene, options, process);
  if (!verdict) return tl::unexpected(verdict.error());
  const std::string path =
      scene.trusted.rules.ItemFolder(options.work_item) + "/" + verdict->gate.file;
  const auto present = FindPresent(scene, *verdict, path);
  if (!present) return tl::unexpected(present.error());
  for (const std::string& file : {path, path + ".sig"})
    if (const auto safe = RequireCommitted(scene, file); !safe) return tl::unexpected(safe.error());
  verdict->written_at = TimeFor(scene, *verdict, *present);
  const auto log = MakeLog(scene, *verdict, *present, path, options.key, process);
  if (!log) return tl::unexpected(log.error());
  const Named named = options.validated.empty() ? Named::kByDefault : Named::kByHand;
  if (SaysTheSame(scene, *present, *verdict, named) &&
      IsSignedAlike(scene, *present, log->signature))
    return TellNothing(scene, *verdict, *present, *log);
  return CommitVerdict(scene, *verdict, *log, process);
}

OrRefusal<Told> RecordVerdict(const RecordOptions& options, Process& process) {
  auto scene = SetScene(options.onto);
  if (!scene) return tl::unexpected(scene.error());
  if (!scene->commits_here) return RecordIn(*scene, options, process);
  const auto lock = RunLock::TryTake(scene->writer.git_directory());
  if (lock) return RecordIn(*scene, options, process);
  return tl::unexpected(
      Refusal{"another `git verdict record` is at work in this work tree", "run it again"});
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
  app.add_option("--sign", options.key,
                 "sign with this private key, or a public one that an agent has")
      ->type_name("KEY");
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
      "  git verdict record staging --work-item ORCH-061 --results results.json --sign "
      "staging-key\n"
      "\nexit codes: 0 recorded (whatever the verdict), or recorded before; 1 refused; 2 a fault");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  CheckOptions(options);
  PrepareForFaults({}, Stream::kErr, process);
  const auto told = RecordVerdict(options, process);
  if (!told) return Tell(told.error(), process);
  Write(told->text, Stream::kOut, process);
  if (told->warning) Tell(*told->warning, process);
  return ExitCode::kAllowed;
}

}  // namespace hooks
