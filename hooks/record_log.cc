#include "hooks/record_log.h"

#include <algorithm>

#include "gates/core/timestamp.h"
#include "gates/proof/change.h"
#include "gates/proof/trailers.h"
#include "hooks/git/merging.h"

namespace hooks {
namespace {

bool HaveOneContent(const Scene& scene, const gates::ObjectId& a, const gates::ObjectId& b) {
  gates::TreeReader reader(scene.repository);
  const auto content = [&](const gates::ObjectId& id) {
    return gates::Content(gates::RootOf(gates::RequireCommit(scene.repository, id)),
                          scene.trusted.rules, reader);
  };
  return content(a) == content(b) && reader.malformed().empty();
}

// The commit that the log names, where HEAD has grown by evidence alone since: by this very
// log, when somebody records it twice.
std::optional<gates::ObjectId> FindNamedBefore(const Scene& scene, const Present& present,
                                               const gates::ObjectId& head) {
  if (!present.log || !present.log->validated_sha) return std::nullopt;
  const auto named = gates::ObjectId::FromHex(present.log->validated_sha->text);
  if (!named || !scene.repository.Has(*named) || !scene.repository.FindCommit(*named) ||
      !HaveOneContent(scene, *named, head))
    return std::nullopt;
  return named;
}

gates::WorldError OurFault(const std::string& what) {
  return {gates::Code::kInternal, what + ", so nothing was recorded", "report this, with the log"};
}

void RequireReadsBack(const gates::VerdictLog& log, const gates::NewVerdict& verdict) {
  const auto is = [](const std::optional<gates::LogValue>& value, const std::string& written) {
    return value ? value->text == written : written.empty();
  };
  if (log.token.text != verdict.token() || log.passed != verdict.passed ||
      !is(log.validated_sha, verdict.validated.hex()) ||
      !is(log.timestamp, gates::WriteTimestamp(verdict.written_at)) ||
      !is(log.base_url, verdict.base_url) || !is(log.results_digest, verdict.results_digest))
    throw OurFault("the log does not read back as written");
}

// What only looks like a signature counts as content, and content is not recorded over.
bool IsSignatureOf(const std::optional<std::string>& log, const std::string& signature,
                   const Scene& scene) {
  return log && !signature.empty() &&
         gates::ReadSignature(git::Merging().NameBlob(signature), scene.repository);
}

std::optional<std::int64_t> TimeIn(const std::optional<gates::VerdictLog>& log) {
  return log && log->timestamp ? gates::ReadTimestamp(log->timestamp->text) : std::nullopt;
}

// By so many seconds clocks of machines that work together may differ. What is further ahead
// was not written by one of them, and nobody is to be drawn along.
constexpr std::int64_t kClocksDifferBy = 600;

}  // namespace

std::optional<std::int64_t> Present::time() const { return TimeIn(log); }

// Who puts an older log back, its signature included, is told from who writes a newer one, and
// the deployment of this round from one of a round before.
std::int64_t TimeFor(const Scene& scene, const gates::NewVerdict& verdict, const Present& present) {
  std::int64_t time = verdict.written_at;
  if (const auto before = present.time()) time = std::max(time, *before + 1);
  gates::TreeReader reader(scene.repository);
  for (const gates::GateRule& gate : scene.trusted.rules.policy().gates) {
    if (gate.id == verdict.gate.id) continue;
    const auto log = gates::FindVerdictLog(gates::RootOf(scene.target.tip), verdict.work_item, gate,
                                           scene.trusted.rules, reader);
    const auto other = log ? TimeIn(*log) : std::nullopt;
    if (other && *other < verdict.written_at + kClocksDifferBy) time = std::max(time, *other + 1);
  }
  return time;
}

OrRefusal<Present> FindPresent(const Scene& scene, const gates::NewVerdict& verdict,
                               const std::string& path) {
  const auto text = ReadAtTip(scene, path);
  if (!text) return tl::unexpected(text.error());
  const auto signature = ReadAtTip(scene, path + ".sig");
  if (!signature) return tl::unexpected(signature.error());
  if (*signature && !IsSignatureOf(*text, **signature, scene))
    return tl::unexpected(
        Refusal{path + ".sig is no signature of a log beside it, so it counts as content",
                "take it out in a commit of its own, and stage that one"});
  Present present{*text, *signature, std::nullopt};
  if (!present.text) return present;
  auto log = gates::ReadVerdictLog(*present.text, verdict.gate, verdict.work_item, path, "");
  if (log) present.log = *std::move(log);
  return present;
}

bool SaysTheSame(const Scene& scene, const Present& present, gates::NewVerdict verdict,
                 Named named) {
  const auto time = present.time();
  if (!time) return false;
  verdict.written_at = *time;
  if (gates::WriteVerdictLog(verdict) == present.text) return true;
  const auto before = named == Named::kByDefault
                          ? FindNamedBefore(scene, present, verdict.validated)
                          : std::nullopt;
  if (!before) return false;
  verdict.validated = *before;
  return gates::WriteVerdictLog(verdict) == present.text;
}

std::string WriteStrictly(const gates::NewVerdict& verdict, const std::string& path) {
  std::string text = gates::WriteVerdictLog(verdict);
  const auto log = gates::ReadVerdictLog(text, verdict.gate, verdict.work_item, path, "");
  if (!log) throw OurFault("the gate would not read the log: " + log.error().message);
  RequireReadsBack(*log, verdict);
  return text;
}

void RequireEvidenceOnly(const Scene& scene, const gates::ObjectId& id,
                         const gates::NewVerdict& verdict) {
  gates::TreeReader reader(scene.repository);
  const gates::Commit commit = gates::RequireCommit(scene.repository, id);
  const auto log = gates::FindVerdictLog(gates::RootOf(commit), verdict.work_item, verdict.gate,
                                         scene.trusted.rules, reader);
  if (!log || !*log) throw OurFault("the commit does not hold the log");
  RequireReadsBack(**log, verdict);
  const auto items = gates::ReadTrailer(commit.message, scene.trusted.rules.policy().trailer);
  if (!std::ranges::count(items, verdict.work_item))
    throw OurFault("the trailer does not read back");
  if (!HaveOneContent(scene, scene.target.tip.id, id))
    throw OurFault("the commit would change more than evidence");
}

}  // namespace hooks
