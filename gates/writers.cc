#include "gates/writers.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontmatter/document.h"
#include "gates/core/pattern.h"
#include "gates/core/timestamp.h"

namespace gates {
namespace {

constexpr std::string_view kSignAgain =
    "run the gate again and sign its log: `git verdict record --sign <key>`";

Found SignatureAt(const Root& root, const LogPlace& place, const Change& change) {
  return change.reader().Find(root, PathOf(place, change.rules) + ".sig");
}

Finding WriterFinding(Code code, std::string message, std::string remedy, const LogPlace& place,
                      const Change& change) {
  Finding finding = MakeFinding(code, std::move(message), std::move(remedy));
  finding.gate = place.gate.id;
  finding.work_item = place.work_item;
  finding.path = PathOf(place, change.rules);
  finding.sha = change.landing_name.hex();
  return finding;
}

Finding Untrusted(std::string message, const LogPlace& place, const Change& change) {
  return WriterFinding(Code::kWriterUntrusted, std::move(message), std::string(kSignAgain), place,
                       change);
}

Finding NotSigned(const LogPlace& place, const Change& change) {
  return WriterFinding(Code::kWriterUnsigned, "policy asks for signed verdicts, this one is not",
                       "let the job that ran the gate record it: `git verdict record --sign <key>`",
                       place, change);
}

/// The key of another gate that stands in a log, or nothing.
std::optional<std::string> FindOtherStatusKey(const ObjectId& blob, const LogPlace& place,
                                              const Change& change) {
  if (change.reader().objects().BlobSize(blob) > kLogBytes) return std::nullopt;
  const auto document = frontmatter::ReadFrontmatter(change.reader().objects().ReadBlob(blob));
  if (!document) return std::nullopt;
  for (const GateRule& gate : change.rules.policy().gates)
    if (gate.id != place.gate.id && document->fields.Find(gate.key)) return gate.key;
  return std::nullopt;
}

// A finding of the reader that would be honest of an unsigned log.
Finding AsOfSigned(Finding finding, const LogPlace& place, const Change& change) {
  const bool is_foreign = finding.code == Code::kVerdictForeign;
  if (!is_foreign && finding.code != Code::kVerdictKeyMissing) return finding;
  std::string message = "this log was signed for another work item";
  if (!is_foreign) {
    const Found log = change.reader().Find(change.LandingRoot(), PathOf(place, change.rules));
    const auto key = FindOtherStatusKey(log.id, place, change);
    if (!key) return finding;
    finding.expected = place.gate.key;
    finding.found = *key;
    message = "this log was signed for another gate";
  }
  Finding untrusted = Untrusted(std::move(message), place, change);
  untrusted.line = finding.line;
  untrusted.column = finding.column;
  untrusted.expected = finding.expected;
  untrusted.found = finding.found;
  return untrusted;
}

/// A log and its signature in one commit.
struct SignedLog {
  ObjectId log;
  ObjectId signature;
  std::int64_t signed_at = 0;
};

/// When a log says that it was written; nothing for what cannot be an instant
/// of a signature.
std::optional<std::int64_t> WrittenAt(const VerdictLog& log) {
  const auto seconds = log.timestamp ? ReadTimestamp(log.timestamp->text) : std::nullopt;
  return seconds && *seconds > 0 ? seconds : std::nullopt;
}

// Asked once for each pair: a push that is cut into steps looks at it often.
const tl::expected<Signers, std::string>& SignersOf(const SignedLog& signed_log,
                                                    const Change& change) {
  SignersByLog& known = change.bench.signers;
  const std::pair key{signed_log.log, signed_log.signature};
  if (const auto found = known.find(key); found != known.end()) return found->second;
  const Objects& objects = change.reader().objects();
  const auto signature = ReadSignature(signed_log.signature, objects);
  const auto ask = [&]() -> tl::expected<Signers, std::string> {
    if (!signature) return tl::unexpected<std::string>("it is no armored SSH signature");
    return change.bench.world.signatures.FindSigners({objects.ReadBlob(signed_log.log), *signature,
                                                      change.rules.allowed_signers(),
                                                      signed_log.signed_at});
  };
  return known.emplace(key, ask()).first->second;
}

/// What a signed log lacks that a signature has to speak of.
std::optional<std::string> FindGap(const VerdictLog& log, const LogPlace& place,
                                   const Change& change) {
  if (!log.work_item) return "work_item";
  if (!log.validated_sha) return "validated_sha";
  if (!WrittenAt(log)) return "a timestamp";
  if (auto key = FindOtherStatusKey(log.blob, place, change)) return "no " + *key;
  return std::nullopt;
}

/// The signed log that B has at this place, where it says that it is not older.
std::optional<SignedLog> FindLaterAtBase(const VerdictLog& log, const LogPlace& place,
                                         const Change& change) {
  const Root base = RootOf(change.base);
  const auto before =
      FindVerdictLog(base, place.work_item, place.gate, change.rules, change.reader());
  if (!before || !*before || (*before)->blob == log.blob) return std::nullopt;
  const auto written = WrittenAt(**before);
  if (!written || *written < *WrittenAt(log)) return std::nullopt;
  const Found signature = SignatureAt(base, place, change);
  if (signature.kind != Found::Kind::kEntry || signature.mode != Mode::kRegular)
    return std::nullopt;
  return SignedLog{(*before)->blob, signature.id, *written};
}

std::optional<Finding> FindPutBack(const VerdictLog& log, const LogPlace& place,
                                   const Change& change) {
  const auto later = FindLaterAtBase(log, place, change);
  if (!later || !SignersOf(*later, change)) return std::nullopt;
  Finding finding =
      Untrusted("the base holds a signed log that is not older than this one", place, change);
  finding.line = log.timestamp->line;
  finding.column = log.timestamp->column;
  finding.expected = "later than " + WriteTimestamp(later->signed_at);
  finding.found = log.timestamp->text;
  return finding;
}

// A principal is a name or an OpenSSH pattern of names, where `*` matches
// everything.
bool IsNamedBy(const std::string& email, const std::string& principal) {
  std::string glob;
  for (const char c : principal) glob += c == '*' ? "**" : std::string(1, c);
  return Pattern::Glob(glob, Letters::kAnyCase).Matches(email);
}

std::string_view WithoutBlanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// A commit of evidence alone, such as an earlier log of the same signer: nothing that is
// validated was written in it.
bool RecordsOnly(const Commit& commit, const Change& change) {
  return commit.parents.size() == 1 && change.KeepsContent(commit);
}

std::optional<Finding> FindAuthor(const VerdictLog& log, const Signers& signers,
                                  const LogPlace& place, const Change& change) {
  if (!change.rules.policy().writers->must_not_be_author || !log.passed) return std::nullopt;
  const ObjectId validated = *ObjectId::FromHex(log.validated_sha->text);
  if (!change.history().FindCommit(validated))
    return Untrusted("validated_sha names an object that is no commit", place, change);
  for (const ObjectId& id : change.history().Range(validated, change.base.id)) {
    const Commit commit = RequireCommit(change.history(), id);
    const std::string email(WithoutBlanks(commit.author_email));
    const auto signer =
        std::ranges::find_if(signers, [&](const auto& name) { return IsNamedBy(email, name); });
    if (signer == signers.end() || RecordsOnly(commit, change)) continue;
    Finding finding = WriterFinding(
        Code::kWriterIsAuthor,
        fmt::format("the signer is the author of commit {}, which this log passes", id.hex12()),
        "let somebody else, or a job with a key of its own, run the gate and sign", place, change);
    finding.expected = "a signer who wrote none of the commits";
    finding.found = *signer;
    return finding;
  }
  return std::nullopt;
}

tl::expected<Signers, Finding> FindSigner(const Change& change, const LogPlace& place,
                                          const VerdictLog& log, const Found& signature) {
  const auto refuse = [&](std::string message, std::string expected, std::string found) {
    Finding finding = Untrusted(std::move(message), place, change);
    finding.expected = std::move(expected);
    finding.found = std::move(found);
    return tl::unexpected(std::move(finding));
  };
  if (signature.kind != Found::Kind::kEntry || signature.mode != Mode::kRegular)
    return refuse("the signature must be an ordinary file", "mode 100644",
                  fmt::format("mode {:06o}", signature.mode));
  if (const auto gap = FindGap(log, place, change))
    return refuse("a signed log must say what it is about", *gap, "");
  const auto& signers = SignersOf({log.blob, signature.id, *WrittenAt(log)}, change);
  if (!signers)
    return refuse("the signature beside this log does not make it count",
                  "one of " + change.rules.policy().writers->allowed_signers, signers.error());
  if (auto finding = FindPutBack(log, place, change)) return tl::unexpected(*std::move(finding));
  if (auto finding = FindAuthor(log, *signers, place, change))
    return tl::unexpected(*std::move(finding));
  return *signers;
}

// It landed before, and serves as no proof now.
bool IsOldAndOptional(const Change& change, const LogPlace& place, const VerdictLog& log,
                      const Found& signature) {
  if (place.gate.required) return false;
  const Root base = RootOf(change.base);
  const Found before = change.reader().Find(base, log.path);
  const Found signature_before = SignatureAt(base, place, change);
  return before.kind == Found::Kind::kEntry && before.mode == Mode::kRegular &&
         before.id == log.blob && signature_before.kind == signature.kind &&
         signature_before.mode == signature.mode && signature_before.id == signature.id;
}

}  // namespace

std::string PathOf(const LogPlace& place, const Rules& rules) {
  return rules.ItemFolder(place.work_item) + "/" + place.gate.file;
}

tl::expected<std::optional<VerdictLog>, Finding> FindWrittenLog(const Change& change,
                                                                const LogPlace& place) {
  const Root root = change.LandingRoot();
  auto log = FindVerdictLog(root, place.work_item, place.gate, change.rules, change.reader());
  if (log || !change.rules.policy().writers ||
      SignatureAt(root, place, change).kind == Found::Kind::kAbsent)
    return log;
  return tl::unexpected(AsOfSigned(std::move(log.error()), place, change));
}

tl::expected<Signers, Finding> FindWriter(const Change& change, const LogPlace& place,
                                          const VerdictLog& log) {
  const auto& writers = change.rules.policy().writers;
  if (!writers) return Signers{};
  const Found signature = SignatureAt(change.LandingRoot(), place, change);
  if (IsOldAndOptional(change, place, log, signature)) return Signers{};
  if (signature.kind != Found::Kind::kAbsent) return FindSigner(change, place, log, signature);
  if (writers->unsigned_logs == Unsigned::kAllow) return Signers{};
  return tl::unexpected(NotSigned(place, change));
}

}  // namespace gates
