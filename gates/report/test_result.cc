// A folded verdict as in-toto's test-result predicate, v0.1.

#include <nlohmann/json.hpp>

#include "gates/report/escape.h"
#include "gates/report/fold.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

Json SubjectJson(const Subject& subject) {
  Json json;
  if (!subject.name.empty()) json["name"] = Escape(subject.name);
  json["digest"][subject.algorithm] = subject.digest.hex();
  return json;
}

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

}  // namespace

std::string RenderTestResult(const FoldReport& report, Colour) {
  const Folded& folded = report.folded;
  Json json;
  json["_type"] = "https://in-toto.io/Statement/v1";
  json["subject"] = Json::array();
  for (const Subject& subject : report.subjects) json["subject"].push_back(SubjectJson(subject));
  json["predicateType"] = "https://in-toto.io/attestation/test-result/v0.1";
  Json& predicate = json["predicate"];
  predicate["result"] = !folded.passed ? "FAILED" : folded.waived.empty() ? "PASSED" : "WARNED";
  predicate["configuration"] = ConfigurationJson(report);
  if (!report.url.empty()) predicate["url"] = Escape(report.url);
  predicate["passedTests"] = PassedJson(folded);
  predicate["warnedTests"] = IdsJson(folded.waived);
  predicate["failedTests"] = IdsJson(folded.failed);
  constexpr int kNoIndent = -1;
  constexpr bool kAscii = true;
  return json.dump(kNoIndent, ' ', kAscii) + '\n';
}

}  // namespace gates
