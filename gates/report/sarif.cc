#include "gates/report/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gates/report/complaints.h"
#include "gates/report/escape.h"
#include "gates/report/words.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

// A place in prose that SARIF does not take for a link or for a placeholder.
std::string MessageText(std::string text) {
  for (size_t at = 0; (at = text.find("](", at)) != std::string::npos; at += 2)
    text.replace(at + 1, 1, "\\x28");
  std::string escaped;
  for (const char c : text) escaped.append(c == '{' || c == '}' ? 2 : 1, c);
  return escaped;
}

// Every byte that a URI gives a meaning, or does not know, is encoded: what is left is a path.
std::string RelativeUri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  const auto is_plain = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kPlain.find(c) != std::string_view::npos;
  };
  std::string uri;
  for (const char c : path)
    uri += is_plain(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return uri;
}

std::string HelpUri(std::string_view code) {
  std::string heading(code);
  std::ranges::transform(heading, heading.begin(), [](unsigned char c) { return std::tolower(c); });
  return VERDICT_HOMEPAGE "/docs/reasons.md#" + heading;
}

Json RuleJson(const Reason& reason) {
  Json json;
  json["id"] = reason.name;
  json["shortDescription"]["text"] = reason.meaning;
  json["fullDescription"]["text"] = std::string(reason.meaning) + " " + std::string(reason.why);
  json["help"]["text"] = reason.mend;
  json["helpUri"] = HelpUri(reason.name);
  json["defaultConfiguration"]["level"] = "error";
  return json;
}

Json LocationJson(const Finding& finding) {
  Json json;
  Json& place = json["physicalLocation"];
  place["artifactLocation"]["uri"] = RelativeUri(FileFor(finding));
  place["artifactLocation"]["uriBaseId"] = "%SRCROOT%";
  const bool is_placed = !PathInRepository(finding).empty() && finding.line > 0;
  place["region"]["startLine"] = is_placed ? finding.line : 1;
  if (is_placed && finding.column > 0) place["region"]["startColumn"] = finding.column;
  return json;
}

// What is known besides, for who filters results.
Json PropertiesJson(const Complaint& complaint) {
  Json json = Json::object();
  const auto add = [&](const char* key, std::string_view raw) {
    if (!raw.empty()) json[key] = Escape(raw);
  };
  if (complaint.update) add("ref", complaint.update->ref.value_or(""));
  add("workItem", complaint.finding.work_item);
  add("gate", complaint.finding.gate);
  add("sha", complaint.finding.sha);
  return json;
}

/// The rules that a run has used, in the order of their first use.
class UsedRules {
 public:
  size_t IndexOf(Code code) {
    const auto found = std::ranges::find(codes_, code);
    if (found != codes_.end()) return static_cast<size_t>(found - codes_.begin());
    codes_.push_back(code);
    return codes_.size() - 1;
  }

  Json ToJson() const {
    Json json = Json::array();
    for (const Code code : codes_) json.push_back(RuleJson(ReasonFor(code)));
    return json;
  }

 private:
  std::vector<Code> codes_;
};

Json ResultJson(const Complaint& complaint, UsedRules& rules) {
  const Finding& finding = complaint.finding;
  Json json;
  json["ruleId"] = ReasonFor(finding.code).name;
  json["ruleIndex"] = rules.IndexOf(finding.code);
  json["level"] = "error";
  json["message"]["text"] = MessageText(Fact(finding) + "\nfix: " + Remedy(finding));
  json["locations"] = Json::array({LocationJson(finding)});
  json["partialFingerprints"]["gitVerdict/v1"] = complaint.fingerprint;
  json["properties"] = PropertiesJson(complaint);
  return json;
}

Json InvocationJson(const std::optional<Decision>& decision) {
  Json json;
  json["executionSuccessful"] = decision && *decision != Decision::kCannotEvaluate;
  json["exitCode"] = !decision || *decision == Decision::kAllow ? 0
                     : *decision == Decision::kBlock            ? 1
                                                                : 2;
  if (decision) return json;
  Json& notification = json["toolExecutionNotifications"].emplace_back();
  notification["level"] = "warning";
  notification["message"]["text"] = kNothingChecked;
  return json;
}

}  // namespace

std::string RenderSarif(const Report& report, Colour) {
  Json run, results = Json::array();
  UsedRules rules;
  for (const Complaint& complaint : ComplaintsOf(report))
    results.push_back(ResultJson(complaint, rules));
  Json& driver = run["tool"]["driver"];
  driver["name"] = "git-verdict";
  driver["informationUri"] = VERDICT_HOMEPAGE;
  driver["rules"] = rules.ToJson();
  run["invocations"] = Json::array({InvocationJson(report.decision())});
  run["results"] = std::move(results);
  Json json;
  json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  json["version"] = "2.1.0";
  json["runs"] = Json::array({std::move(run)});
  constexpr int kNoIndent = -1;
  constexpr bool kAscii = true;
  return json.dump(kNoIndent, ' ', kAscii) + '\n';
}

}  // namespace gates
