// Verdicts as in-toto knows them: a fold as its test-result predicate v0.1, a log as
// SLSA's verification summary v1. Both stand in a Statement v1 that nobody has signed.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gates/core/timestamp.h"
#include "gates/report/escape.h"
#include "gates/report/fold.h"
#include "gates/report/verification_summary.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

Json SubjectJson(const Subject& subject) {
  Json json;
  if (!subject.name.empty()) json["name"] = Escape(subject.name);
  json["digest"][subject.algorithm] = subject.digest.hex();
  return json;
}

std::string Statement(const std::vector<Subject>& subjects, std::string_view predicate_type,
                      Json predicate) {
  Json json;
  json["_type"] = "https://in-toto.io/Statement/v1";
  json["subject"] = Json::array();
  for (const Subject& subject : subjects) json["subject"].push_back(SubjectJson(subject));
  json["predicateType"] = predicate_type;
  json["predicate"] = std::move(predicate);
  constexpr int kNoIndent = -1;
  constexpr bool kAscii = true;
  return json.dump(kNoIndent, ' ', kAscii) + '\n';
}

// --- test-result ---------------------------------------------------------------------------

// What decided how the tests count. A policy that stands in no commit has no
// digest, and in-toto knows no resource by its name alone.
Json ConfigurationJson(const FoldReport& report) {
  Json json = Json::array();
  if (report.policy && report.policy->blob)
    json.push_back(
        {{"name", Policy::kPath}, {"digest", {{"gitBlob", report.policy->blob->hex()}}}});
  return json;
}

Json PassedJson(const Folded& folded) {
  Json json = Json::array();
  for (const CheckResult& check : folded.checks)
    if (check.outcome == Outcome::kPassed) json.push_back(Escape(check.id));
  return json;
}

template <class Parts>
Json IdsJson(const Parts& parts) {
  Json json = Json::array();
  for (const auto& part : parts) json.push_back(Escape(part.check.id));
  return json;
}

// --- verification summary ------------------------------------------------------------------

/// A file of a commit: `git+https://example.org/product@<id>#docs/x.md`.
std::string FileUri(const Attested& attested, std::string_view commit, std::string_view path) {
  return attested.resource + "@" + std::string(commit) + "#" + PercentEncode(path);
}

Json PolicyJson(const Attested& attested) {
  const PolicyOrigin& policy = attested.policy;
  const size_t colon = policy.source.find(':');
  Json json;
  if (!policy.blob || colon == std::string::npos) {
    json["uri"] = "git-verdict:policy/" + PercentEncode(policy.source);
    return json;
  }
  json["uri"] = FileUri(attested, policy.source.substr(0, colon), policy.source.substr(colon + 1));
  json["digest"]["gitBlob"] = policy.blob->hex();
  return json;
}

/// The 64 digits of `sha256:<digits>`, as `record` writes them; nothing for anything else.
std::optional<std::string> Sha256In(const std::string& digest) {
  constexpr std::string_view kAlgorithm = "sha256:";
  if (!digest.starts_with(kAlgorithm)) return std::nullopt;
  std::string hex = digest.substr(kAlgorithm.size());
  const bool is_hex = hex.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_hex && hex.size() == 64 ? std::optional(std::move(hex)) : std::nullopt;
}

// What the verdict rests on: the log, and the results that it was folded from.
Json InputsJson(const SurveyedLog& log, const ObjectId& commit, const Attested& attested) {
  Json json = Json::array();
  json.push_back({{"uri", FileUri(attested, commit.hex(), log.path)},
                  {"digest", {{"gitBlob", log.blob->hex()}}}});
  if (const auto results = Sha256In(log.results_digest))
    json.push_back({{"digest", {{"sha256", *results}}}});
  return json;
}

/// `VERDICT_STAGING_SUCCESS`: a level of our own, which must not look like one of SLSA's.
std::string LevelOf(const SurveyedLog& log) {
  if (!log.passed) return "FAILED";
  std::string level = "VERDICT_" + log.gate + "_" + *log.token;
  std::ranges::transform(level, level.begin(), [](char c) {
    return c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return level;
}

Json SummaryJson(const SurveyedLog& log, const ObjectId& commit, const Attested& attested) {
  Json json;
  json["verifier"]["id"] =
      attested.verifier.empty() ? "git-verdict:gate/" + log.gate : attested.verifier;
  json["timeVerified"] = WriteTimestamp(*log.timestamp);
  json["resourceUri"] = attested.resource;
  json["policy"] = PolicyJson(attested);
  json["inputAttestations"] = InputsJson(log, commit, attested);
  json["verificationResult"] = log.passed ? "PASSED" : "FAILED";
  json["verifiedLevels"] = {LevelOf(log)};
  return json;
}

}  // namespace

std::string RenderTestResult(const FoldReport& report, Colour) {
  if (report.subjects.empty()) return "";
  const Folded& folded = report.folded;
  Json predicate;
  predicate["result"] = !folded.passed ? "FAILED" : folded.waived.empty() ? "PASSED" : "WARNED";
  predicate["configuration"] = ConfigurationJson(report);
  if (!report.url.empty()) predicate["url"] = Escape(report.url);
  predicate["passedTests"] = PassedJson(folded);
  predicate["warnedTests"] = IdsJson(folded.waived);
  predicate["failedTests"] = IdsJson(folded.failed);
  return Statement(report.subjects, "https://in-toto.io/attestation/test-result/v0.1",
                   std::move(predicate));
}

std::optional<std::string> FindStatementGap(const SurveyedLog& log) {
  if (!log.validated_sha) return "the log names no validated commit";
  if (!log.timestamp) return "the log has no timestamp";
  return std::nullopt;
}

std::string RenderVerificationSummaries(const Survey& survey, const Attested& attested) {
  std::string statements;
  for (const SurveyedLog& log : survey.logs)
    if (log.findings.empty() && !FindStatementGap(log) && survey.commit && log.blob && log.token)
      statements += Statement({{log.work_item, "gitCommit", *log.validated_sha}},
                              "https://slsa.dev/verification_summary/v1",
                              SummaryJson(log, *survey.commit, attested));
  return statements;
}

}  // namespace gates
