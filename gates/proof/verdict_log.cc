#include "gates/proof/verdict_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "frontmatter/document.h"
#include "frontmatter/status.h"

namespace gates {
namespace {

using frontmatter::Document;
using frontmatter::Fault;
using frontmatter::Field;
using frontmatter::Node;
using frontmatter::ParseError;

constexpr std::string_view kValidatedSha = "validated_sha";
constexpr std::string_view kWorkItem = "work_item";
constexpr std::string_view kTimestamp = "timestamp";
constexpr std::string_view kBaseUrl = "base_url";
constexpr std::array kOptionalKeys = {kValidatedSha, kWorkItem, kTimestamp, kBaseUrl};
constexpr std::string_view kResultsDigest = "results_digest";

Code CodeFor(Fault fault) {
  switch (fault) {
    case Fault::kFrontmatter: return Code::kVerdictFrontmatter;
    case Fault::kEncoding: return Code::kVerdictEncoding;
    case Fault::kYaml: return Code::kVerdictYaml;
    case Fault::kKeyMissing: return Code::kVerdictKeyMissing;
    case Fault::kKeyDuplicate: return Code::kVerdictKeyDuplicate;
    case Fault::kToken: return Code::kVerdictToken;
  }
  return Code::kInternal;
}

std::string RemedyFor(Fault fault, const GateRule& gate) {
  if (fault == Fault::kToken || fault == Fault::kKeyMissing)
    return fmt::format("write the line `{}: {}` or `{}: {}`", gate.key, gate.pass, gate.key,
                       gate.fail);
  return "mend the log; `git verdict lint FILE` tries it";
}

Finding FromParseError(const ParseError& error, const GateRule& gate) {
  Finding finding = MakeFinding(CodeFor(error.fault), error.message, RemedyFor(error.fault, gate));
  finding.line = error.place.line;
  finding.column = error.place.column;
  finding.expected = error.expected;
  finding.found = error.found;
  return finding;
}

Finding At(frontmatter::Place place, Finding finding) {
  finding.line = place.line;
  finding.column = place.column;
  return finding;
}

// The look-alike rule holds for the optional keys too, beside the real one or
// alone: a misspelt validated_sha must not read as none.
std::optional<Finding> FindLookAlike(const Document& document) {
  for (const Field& field : document.fields.fields)
    for (const std::string_view key : kOptionalKeys) {
      if (field.key == key || !frontmatter::LookAlike(field.key, key)) continue;
      Finding finding = MakeFinding(Code::kVerdictKeyDuplicate, "a key that reads like another one",
                                    fmt::format("spell it `{}`, or give it another name", key));
      finding.expected = std::string(key);
      finding.found = field.key;
      return At(field.key_place, std::move(finding));
    }
  return std::nullopt;
}

// A value that every reader finds on the line of its key.
std::optional<LogValue> OneLineValue(const Field& field) {
  if (field.value.kind != Node::Kind::kScalar || field.value.place.line != field.key_place.line)
    return std::nullopt;
  return LogValue{field.value.text, field.value.place.line, field.value.place.column};
}

std::optional<LogValue> ValueOf(std::string_view key, const Document& document) {
  const Field* field = document.fields.Find(key);
  return field ? OneLineValue(*field) : std::nullopt;
}

// In quotes or bare, but as these 40 bytes: no escape, no block scalar.
bool IsFullShaOn(std::string_view line, const LogValue& value) {
  line.remove_prefix(std::min(static_cast<size_t>(value.column - 1), line.size()));
  if (line.starts_with('"') || line.starts_with('\'')) line.remove_prefix(1);
  return ObjectId::FromHex(value.text) && line.starts_with(value.text);
}

tl::expected<std::optional<LogValue>, Finding> ReadValidatedSha(const Document& document) {
  const Field* field = document.fields.Find(kValidatedSha);
  if (!field) return std::nullopt;
  auto value = OneLineValue(*field);
  if (value && IsFullShaOn(document.Line(value->line), *value)) return value;
  Finding finding =
      MakeFinding(Code::kVerdictUnbound, "validated_sha does not name a commit",
                  "write the full id of the staged commit, as `git rev-parse` prints it");
  finding.expected = "40 lower-case hex digits";
  finding.found = value ? value->text : "";
  return tl::unexpected(At(field->value.place, std::move(finding)));
}

std::optional<Finding> FindForeign(const Document& document, const std::string& work_item) {
  const Field* field = document.fields.Find(kWorkItem);
  if (!field || work_item.empty()) return std::nullopt;
  const auto value = OneLineValue(*field);
  if (value && value->text == work_item) return std::nullopt;
  Finding finding = MakeFinding(Code::kVerdictForeign, "this log is about another work item",
                                fmt::format("stage {} and record its own verdict", work_item));
  finding.expected = work_item;
  finding.found = value ? value->text : "";
  return At(field->value.place, std::move(finding));
}

tl::expected<VerdictLog, Finding> ReadDocument(const Document& document, const GateRule& gate,
                                               const std::string& work_item) {
  const auto status = ReadStatus(document, {gate.key, gate.pass, gate.fail});
  if (!status) return tl::unexpected(FromParseError(status.error(), gate));
  if (auto finding = FindLookAlike(document)) return tl::unexpected(*std::move(finding));
  if (auto finding = FindForeign(document, work_item)) return tl::unexpected(*std::move(finding));
  auto validated_sha = ReadValidatedSha(document);
  if (!validated_sha) return tl::unexpected(validated_sha.error());
  VerdictLog log;
  log.token = {status->token, status->place.line, status->place.column};
  log.passed = status->token == gate.pass;
  log.validated_sha = *std::move(validated_sha);
  log.work_item = ValueOf(kWorkItem, document);
  log.timestamp = ValueOf(kTimestamp, document);
  log.base_url = ValueOf(kBaseUrl, document);
  log.results_digest = ValueOf(kResultsDigest, document);
  return log;
}

Finding TooLarge(const std::string& path, std::uint64_t size) {
  Finding finding = MakeFinding(Code::kVerdictTooLarge, "this log is too large to be read",
                                "keep artefacts elsewhere and name them in the log");
  finding.path = path;
  finding.expected = fmt::format("at most {} bytes", kLogBytes);
  finding.found = fmt::format("{} bytes", size);
  return finding;
}

}  // namespace

Finding NotAFile(const std::string& path, std::uint32_t mode, const ObjectId& commit) {
  Finding finding = MakeFinding(Code::kVerdictNotAFile, "a verdict log must be an ordinary file",
                                "commit the log as a plain file (mode 100644)");
  finding.path = path;
  if (!commit.is_zero()) finding.sha = commit.hex();
  finding.expected = "mode 100644, in ordinary folders";
  finding.found = fmt::format("mode {:06o}", mode);
  return finding;
}

tl::expected<VerdictLog, Finding> ReadVerdictLog(std::string_view text, const GateRule& gate,
                                                 const std::string& work_item,
                                                 const std::string& path, const std::string& sha) {
  const auto placed = [&](Finding finding) {
    finding.path = path;
    finding.sha = sha;
    return tl::unexpected(std::move(finding));
  };
  if (text.size() > kLogBytes) return placed(TooLarge(path, text.size()));
  const auto document = frontmatter::ReadFrontmatter(text);
  if (!document) return placed(FromParseError(document.error(), gate));
  auto log = ReadDocument(*document, gate, work_item);
  if (!log) return placed(log.error());
  log->path = path;
  return log;
}

tl::expected<VerdictLog, Finding> ReadLogObject(const Root& root, const std::string& path,
                                                std::uint32_t mode, const ObjectId& id,
                                                const GateRule& gate, const std::string& work_item,
                                                const Objects& objects) {
  if (mode != Mode::kRegular) return tl::unexpected(NotAFile(path, mode, root.commit));
  if (const std::uint64_t size = objects.BlobSize(id); size > kLogBytes) {
    Finding finding = TooLarge(path, size);
    finding.sha = root.commit.hex();
    return tl::unexpected(std::move(finding));
  }
  auto log = ReadVerdictLog(objects.ReadBlob(id), gate, work_item, path, root.commit.hex());
  if (log) log->blob = id;
  return log;
}

tl::expected<std::optional<VerdictLog>, Finding> FindVerdictLog(const Root& root,
                                                                const std::string& work_item,
                                                                const GateRule& gate,
                                                                const Rules& rules,
                                                                TreeReader& reader) {
  const std::string path = rules.ItemFolder(work_item) + "/" + gate.file;
  const Found found = reader.Find(root, path);
  if (found.kind == Found::Kind::kAbsent) return std::nullopt;
  if (found.kind == Found::Kind::kBlocked)
    return tl::unexpected(NotAFile(found.at, found.mode, root.commit));
  auto log = ReadLogObject(root, path, found.mode, found.id, gate, work_item, reader.objects());
  if (!log) return tl::unexpected(log.error());
  return std::optional(*std::move(log));
}

}  // namespace gates
