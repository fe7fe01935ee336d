#include "gates/report/json.h"

#include <map>
#include <nlohmann/json.hpp>

#include "gates/core/timestamp.h"
#include "gates/report/escape.h"
#include "gates/report/examination.h"
#include "gates/report/fold.h"
#include "gates/report/review.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

// Everything that is not known is null, so that "" never means two things.
Json Known(std::string_view raw) { return raw.empty() ? Json() : Json(Escape(raw)); }

Json Known(const std::optional<ObjectId>& id) {
  return id && !id->is_zero() ? Json(id->hex()) : Json();
}

Json Known(int number) { return number > 0 ? Json(number) : Json(); }

// As allowed_signers lists the names of one key.
Json Known(const Signers& signers) {
  std::string list;
  for (const std::string& signer : signers) list += (list.empty() ? "" : ",") + signer;
  return Known(list);
}

Json GateJson(const GateReport& gate) {
  Json json;
  json["gate"] = Known(gate.gate);
  json["state"] = Name(gate.state);
  json["path"] = Known(gate.path);
  json["blob"] = Known(gate.blob);
  json["token"] = Known(gate.token.value_or(""));
  json["validated_sha"] = Known(gate.validated_sha);
  json["validated_by"] = Known(Name(gate.validated_by));
  json["proof"] = Known(Name(gate.proof));
  if (gate.signed_by) json["signed_by"] = Known(*gate.signed_by);
  return json;
}

Json WorkItemJson(const WorkItemReport& item) {
  Json json;
  json["id"] = Known(item.id);
  json["gates"] = Json::array();
  for (const GateReport& gate : item.gates) json["gates"].push_back(GateJson(gate));
  return json;
}

Json FindingJson(const Finding& finding) {
  Json json;
  json["code"] = ReasonFor(finding.code).name;
  json["gate"] = Known(finding.gate);
  json["work_item"] = Known(finding.work_item);
  json["path"] = Known(finding.path);
  json["line"] = Known(finding.line);
  json["column"] = Known(finding.column);
  json["sha"] = Known(finding.sha);
  json["expected"] = Known(finding.expected);
  json["found"] = Known(finding.found);
  json["message"] = Escape(MessageOf(finding));
  json["remedy"] = Escape(RemedyOf(finding));
  return json;
}

Json FindingsJson(const std::vector<Finding>& findings) {
  Json json = Json::array();
  for (const Finding& finding : findings) json.push_back(FindingJson(finding));
  return json;
}

// Null only for what may land.
Json CodeJson(const UpdateReport& update) {
  if (update.decision() == Decision::kAllow) return Json();
  return ReasonFor(update.code()).name;
}

// A proof is told only where it serves: who looks for one must not find it beside a refusal.
Json ProofJson(const UpdateReport& update) {
  return update.decision() == Decision::kAllow ? Known(Name(update.proof)) : Json();
}

Json UpdateJson(const UpdateReport& update) {
  Json json;
  json["ref"] = Known(update.ref.value_or(""));
  json["old"] = Known(update.before);
  json["new"] = Known(update.after);
  json["base"] = Known(update.base);
  json["decision"] = Name(update.decision());
  json["code"] = CodeJson(update);
  json["proof"] = ProofJson(update);
  json["policy"]["source"] = Known(update.policy.source);
  json["policy"]["blob"] = Known(update.policy.blob);
  json["work_items"] = Json::array();
  for (const WorkItemReport& item : update.work_items)
    json["work_items"].push_back(WorkItemJson(item));
  json["findings"] = FindingsJson(update.findings);
  return json;
}

Json LogJson(const SurveyedLog& log) {
  Json json;
  json["work_item"] = Known(log.work_item);
  json["gate"] = Known(log.gate);
  json["path"] = Known(log.path);
  json["blob"] = Known(log.blob);
  json["token"] = Known(log.token.value_or(""));
  json["validated_sha"] = Known(log.validated_sha);
  json["findings"] = FindingsJson(log.findings);
  return json;
}

Json ContentJson(Agreement content) {
  if (content == Agreement::kUnknown) return Json();
  return content == Agreement::kSame ? "same" : "differs";
}

Json StageJson(const StageStanding& standing) {
  const SurveyedLog& log = standing.log;
  Json json;
  json["stage"] = standing.stage.name;
  json["state"] = Name(standing.state);
  json["gate"] = Known(log.gate);
  json["path"] = Known(log.path);
  json["blob"] = Known(log.blob);
  json["token"] = Known(log.token.value_or(""));
  json["validated_sha"] = Known(log.validated_sha);
  json["timestamp"] = log.timestamp ? Json(WriteTimestamp(*log.timestamp)) : Json();
  json["content"] = ContentJson(standing.content);
  json["differs_in"] = Known(standing.differs_in);
  json["findings"] = FindingsJson(log.findings);
  return json;
}

Json StandingJson(const Standing& standing) {
  Json json;
  json["id"] = Known(standing.work_item);
  json["next_stage"] = Known(standing.next_stage.value_or(""));
  json["stages"] = Json::array();
  for (const StageStanding& stage : standing.stages) json["stages"].push_back(StageJson(stage));
  return json;
}

// Why a check counts, by its id; "" for one that was waived.
std::map<std::string, std::string> WhyNotPassed(const Folded& folded) {
  std::map<std::string, std::string> why;
  for (const Counted& counted : folded.failed) why[counted.check.id] = counted.why;
  for (const Waived& waived : folded.waived) why[waived.check.id] = "";
  return why;
}

Json ChecksJson(const Folded& folded) {
  const std::map<std::string, std::string> not_passed = WhyNotPassed(folded);
  Json json = Json::array();
  for (const CheckResult& check : folded.checks) {
    const auto why = not_passed.find(check.id);
    const bool passed = why == not_passed.end();
    Json& entry = json.emplace_back();
    entry["id"] = Known(check.id);
    entry["name"] = Known(check.name);
    entry["outcome"] = Name(check.outcome);
    entry["state"] = passed ? "passed" : why->second.empty() ? "waived" : "failed";
    entry["why"] = passed ? Json() : Known(why->second);
    entry["detail"] = Known(check.detail);
  }
  return json;
}

Json WaivedJson(const Folded& folded) {
  Json json = Json::array();
  for (const Waived& waived : folded.waived) {
    const InfraCheck& by = waived.allowed_by;
    Json& entry = json.emplace_back();
    entry["id"] = Known(by.check);
    entry["reason"] = Known(by.reason);
    entry["approver"] = Known(by.approver);
    entry["expires"] = by.expires ? Json(WriteTimestamp(*by.expires)) : Json();
  }
  return json;
}

Json ReportJson(const Report& report) {
  const std::optional<Decision> decision = report.decision();
  Json json;
  json["schema"] = "git-verdict/report/1";
  json["decision"] = decision ? Json(Name(*decision)) : Json();
  json["updates"] = Json::array();
  for (const UpdateReport& update : report.updates) json["updates"].push_back(UpdateJson(update));
  json["findings"] = FindingsJson(report.findings);
  return json;
}

std::string OneLine(const Json& json) {
  constexpr int kNoIndent = -1;
  constexpr bool kAscii = true;
  return json.dump(kNoIndent, ' ', kAscii) + '\n';
}

}  // namespace

std::string RenderSurveyJson(const Survey& survey) {
  Json json;
  json["schema"] = "git-verdict/show/1";
  json["commit"] = Known(survey.commit);
  json["logs"] = Json::array();
  for (const SurveyedLog& log : survey.logs) json["logs"].push_back(LogJson(log));
  json["findings"] = FindingsJson(survey.findings);
  return OneLine(json);
}

std::string RenderStandingsJson(const Standings& standings) {
  Json json;
  json["schema"] = "git-verdict/status/1";
  json["commit"] = Known(standings.commit);
  json["landed"] = standings.has_landed;
  json["work_items"] = Json::array();
  for (const Standing& standing : standings.work_items)
    json["work_items"].push_back(StandingJson(standing));
  json["findings"] = FindingsJson(standings.findings);
  return OneLine(json);
}

std::string RenderExaminationJson(const Examination& examination) {
  Json json;
  json["schema"] = "git-verdict/doctor/1";
  json["healthy"] = examination.healthy();
  json["checks"] = Json::array();
  for (const Examined& examined : examination.checks) {
    Json check;
    check["check"] = Known(examined.check);
    check["state"] = Name(examined.health);
    check["found"] = Known(examined.found);
    check["mend"] = Known(examined.mend);
    json["checks"].push_back(check);
  }
  json["findings"] = FindingsJson(examination.findings);
  return OneLine(json);
}

std::string RenderFoldJson(const FoldReport& report, Colour) {
  Json json;
  json["schema"] = "git-verdict/fold/1";
  json["verdict"] = Verdict(report.folded);
  json["reason"] = Escape(report.folded.reason);
  json["infra_tolerance"] = report.tolerance == Tolerance::kTolerant;
  json["policy"]["source"] = report.policy ? Known(report.policy->source) : Json();
  json["policy"]["blob"] = report.policy ? Known(report.policy->blob) : Json();
  json["checks"] = ChecksJson(report.folded);
  json["waived"] = WaivedJson(report.folded);
  return OneLine(json);
}

std::string RenderJson(const Report& report, Colour) { return OneLine(ReportJson(report)); }

std::string RenderReviewJson(const Report& report, Colour) {
  const std::optional<Decision> decision = report.decision();
  const bool advises = decision && *decision != Decision::kCannotEvaluate;
  Json json;
  json["schema"] = "git-verdict/review/1";
  json["advice"] = advises ? Json(Advice(decision)) : Json();
  json["report"] = ReportJson(report);
  return OneLine(json);
}

}  // namespace gates
