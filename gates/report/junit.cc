#include "gates/report/junit.h"

#include <fmt/format.h>

#include "gates/report/complaints.h"
#include "gates/report/escape.h"
#include "gates/report/words.h"

namespace gates {
namespace {

// Text that is escaped already, so that it holds nothing that XML cannot say.
std::string Xml(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    switch (c) {
      case '&': xml += "&amp;"; break;
      case '<': xml += "&lt;"; break;
      case '>': xml += "&gt;"; break;
      case '"': xml += "&quot;"; break;
      default: xml += c;
    }
  }
  return xml;
}

/// Test cases and how many of them came out how.
struct Cases {
  std::string xml;
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;

  std::string Counts() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests, failures,
                       errors, skipped);
  }

  void Add(const std::string& case_xml) {
    xml += case_xml;
    ++tests;
  }

  void AddAll(const Cases& more) {
    xml += more.xml;
    tests += more.tests;
    failures += more.failures;
    errors += more.errors;
    skipped += more.skipped;
  }
};

std::string OpenCase(const std::string& name, const std::string& suite) {
  return fmt::format("    <testcase classname=\"{}\" name=\"{}\"", Xml(suite), Xml(name));
}

// `VERDICT_FAILED ORCH-061 staging`, as much of it as is known.
std::string NameOfCase(const Finding& finding) {
  std::string name(ReasonFor(finding.code).name);
  for (const std::string& part : {finding.work_item, finding.gate})
    if (!part.empty()) name += " " + EscapeShort(part, kMostOfValue);
  return name;
}

void AddRefused(const Finding& finding, const std::string& suite, Cases& cases) {
  const bool is_failure = DecisionFor(finding) == Decision::kBlock;
  ++(is_failure ? cases.failures : cases.errors);
  const std::string_view element = is_failure ? "failure" : "error";
  std::string xml = OpenCase(NameOfCase(finding), suite);
  const std::string_view path = PathInRepository(finding);
  if (!path.empty()) xml += fmt::format(" file=\"{}\"", Xml(Escape(path)));
  if (!path.empty() && finding.line > 0) xml += fmt::format(" line=\"{}\"", finding.line);
  std::string place = PlaceInFile(finding);
  if (!finding.sha.empty()) place += (place.empty() ? "@" : " @") + ShortId(finding.sha);
  if (!place.empty()) place += "\n";
  const std::string fact = Xml(Fact(finding));
  xml += fmt::format(">\n      <{0} type=\"{1}\" message=\"{2}\">{3}{2}\nfix: {4}</{0}>\n", element,
                     ReasonFor(finding.code).name, fact, Xml(place), Xml(Remedy(finding)));
  cases.Add(xml + "    </testcase>\n");
}

Cases Suite(const std::string& name, const Cases& cases) {
  Cases suite = cases;
  suite.xml = fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", Xml(name),
                          cases.Counts(), cases.xml);
  return suite;
}

Cases NothingChecked() {
  Cases cases;
  ++cases.skipped;
  cases.Add(OpenCase("anything", "git-verdict") +
            fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n", kNothingChecked));
  return Suite("git-verdict", cases);
}

}  // namespace

std::string RenderJunit(const Report& report, Colour) {
  Cases all;
  const std::vector<Complaint> complaints = ComplaintsOf(report);
  const auto add_suite = [&](const UpdateReport* update) {
    const std::string name = update ? RefAndCommit(*update) : "git-verdict";
    Cases cases;
    for (const Complaint& complaint : complaints)
      if (complaint.update == update) AddRefused(complaint.finding, name, cases);
    if (update && update->decision() == Decision::kAllow)
      cases.Add(OpenCase(fmt::format("may land: {}", Name(update->proof)), name) + "/>\n");
    if (cases.tests > 0) all.AddAll(Suite(name, cases));
  };
  for (const UpdateReport& update : report.updates) add_suite(&update);
  add_suite(nullptr);
  if (all.tests == 0) all.AddAll(NothingChecked());
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"git-verdict\" {}>\n{}"
      "</testsuites>\n",
      all.Counts(), all.xml);
}

}  // namespace gates
