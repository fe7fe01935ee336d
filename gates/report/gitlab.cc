#include "gates/report/gitlab.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gates/report/complaints.h"
#include "gates/report/escape.h"
#include "gates/report/words.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

Json IssueJson(const std::string& description, std::string_view check, std::string_view path,
               int line) {
  Json json;
  json["description"] = description;
  json["check_name"] = check;
  json["severity"] = "blocker";
  json["location"]["path"] = Escape(path);
  json["location"]["lines"]["begin"] = std::max(line, 1);
  return json;
}

Json ComplaintJson(const Complaint& complaint) {
  const Finding& finding = complaint.finding;
  const std::string_view code = ReasonFor(finding.code).name;
  const bool is_placed = !PathInRepository(finding).empty();
  Json json = IssueJson(std::string(code) + ": " + Fact(finding) + "; fix: " + Remedy(finding),
                        code, FileFor(finding), is_placed ? finding.line : 1);
  json["fingerprint"] = complaint.fingerprint;
  return json;
}

// An empty list is what a change without a fault has.
Json NothingCheckedJson() {
  Json json = IssueJson(std::string(kNothingChecked), "nothing-checked", FileFor({}), 1);
  json["fingerprint"] = "nothing-checked";
  return json;
}

}  // namespace

std::string RenderGitlab(const Report& report, Colour) {
  Json json = Json::array();
  for (const Complaint& complaint : ComplaintsOf(report)) json.push_back(ComplaintJson(complaint));
  if (!report.decision()) json.push_back(NothingCheckedJson());
  constexpr int kNoIndent = -1;
  constexpr bool kAscii = true;
  return json.dump(kNoIndent, ' ', kAscii) + '\n';
}

}  // namespace gates
