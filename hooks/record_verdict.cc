#include "hooks/record_verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/report/escape.h"
#include "hooks/clock.h"
#include "hooks/committer.h"
#include "hooks/door.h"
#include "hooks/record_signature.h"
#include "hooks/recording.h"
#include "hooks/run_lock.h"

namespace hooks {
namespace {

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

}  // namespace

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

OrRefusal<Told> RecordVerdict(Scene& scene, gates::NewVerdict verdict, Named named,
                              const std::string& key, Process& process) {
  const std::string path =
      scene.trusted.rules.ItemFolder(verdict.work_item) + "/" + verdict.gate.file;
  const auto present = FindPresent(scene, verdict, path);
  if (!present) return tl::unexpected(present.error());
  for (const std::string& file : {path, path + ".sig"})
    if (const auto safe = RequireCommitted(scene, file); !safe) return tl::unexpected(safe.error());
  verdict.written_at = TimeFor(scene, verdict, *present);
  const auto log = MakeLog(scene, verdict, *present, path, key, process);
  if (!log) return tl::unexpected(log.error());
  if (SaysTheSame(scene, *present, verdict, named) &&
      IsSignedAlike(scene, *present, log->signature))
    return TellNothing(scene, verdict, *present, *log);
  return CommitVerdict(scene, verdict, *log, process);
}

OrRefusal<Told> OnScene(const std::string& onto,
                        const std::function<OrRefusal<Told>(Scene&)>& work) {
  auto scene = SetScene(onto);
  if (!scene) return tl::unexpected(scene.error());
  if (!scene->commits_here) return work(*scene);
  const auto lock = RunLock::TryTake(scene->writer.git_directory());
  if (lock) return work(*scene);
  return tl::unexpected(
      Refusal{"another `git verdict record` is at work in this work tree", "run it again"});
}

}  // namespace hooks
