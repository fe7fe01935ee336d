#include "gates/report/junit.h"

#include <gtest/gtest.h>

#include "tests/gates/report/sample.h"

namespace gates {
namespace {

std::string Junit(const Report& report) { return RenderJunit(report, Colour::kAlways); }

TEST(Junit, ARefusalIsAFailedCase) {
  EXPECT_EQ(
      Junit(Refused()),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"git-verdict\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
      "  <testsuite name=\"refs/heads/main 1a2b3c4d5e6f\" tests=\"1\" failures=\"1\" errors=\"0\" "
      "skipped=\"0\">\n"
      "    <testcase classname=\"refs/heads/main 1a2b3c4d5e6f\" name=\"VERDICT_FAILED ORCH-061 "
      "staging\" file=\"docs/work-items/ORCH-061/15-staging-log.md\" line=\"2\">\n"
      "      <failure type=\"VERDICT_FAILED\" message=\"expected SUCCESS, found FAILED: staging "
      "recorded a failure for ORCH-061\">"
      "docs/work-items/ORCH-061/15-staging-log.md:2:17 @1a2b3c4d5e6f\n"
      "expected SUCCESS, found FAILED: staging recorded a failure for ORCH-061\n"
      "fix: mend what failed, stage again, record the new verdict</failure>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

TEST(Junit, ThePageShowsWhatIsWritten) {
  EXPECT_EQ(BlockOnPage("junit", "text"), Junit(Refused()));
}

std::string Counts(const Report& report) {
  const std::string text = Junit(report);
  const size_t start = text.find("tests=");
  return text.substr(start, text.find('>', start) - start);
}

TEST(Junit, WhatMayLandIsAPassedCase) {
  EXPECT_EQ(Counts(Allowed()), R"(tests="1" failures="0" errors="0" skipped="0")");
  EXPECT_NE(Junit(Allowed()).find("name=\"may land: exact\"/>"), std::string::npos);
}

TEST(Junit, IsNeverWithoutACase) {
  EXPECT_EQ(Counts({}), R"(tests="1" failures="0" errors="0" skipped="1")");
  EXPECT_NE(Junit({}).find("<skipped message=\"0 refs: nothing was checked\"/>"),
            std::string::npos);
  EXPECT_EQ(Counts(Refused({})), R"(tests="1" failures="0" errors="1" skipped="0")");
  EXPECT_EQ(Counts(Fault()), R"(tests="1" failures="0" errors="1" skipped="0")");
}

TEST(Junit, CountsAllSuitesTogether) {
  Report report = Refused({StagingFailed(), MakeFinding(Code::kObjectMissing, "m")});
  report.updates.push_back(UpdateOf(Proof::kCut));
  report.findings = Fault().findings;
  EXPECT_EQ(Counts(report), R"(tests="4" failures="1" errors="2" skipped="0")");
}

TEST(Junit, BytesOfStrangersAreTextOfXml) {
  Finding finding = StagingFailed();
  finding.work_item = finding.path = finding.message = "\"<&>]]>\x01\ufffe'";
  finding.expected = finding.found = "";
  const std::string text = Junit(Refused({finding}));
  EXPECT_NE(text.find("message=\"&quot;&lt;&amp;&gt;]]&gt;\\x01\\u{FFFE}'\""), std::string::npos)
      << text;
  EXPECT_EQ(text.find("<&"), std::string::npos);
  EXPECT_EQ(text.find("]]>"), std::string::npos);
}

}  // namespace
}  // namespace gates
