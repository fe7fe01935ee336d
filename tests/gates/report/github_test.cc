#include "gates/report/github.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/gates/report/sample.h"
#include "tests/support/property.h"

namespace gates {
namespace {

std::string Github(const Report& report) { return RenderGithub(report, Colour::kNever); }

TEST(Github, ARefusalIsAnAnnotationAtItsPlace) {
  EXPECT_EQ(Github(Refused()),
            "BLOCK refs/heads/main 1a2b3c4d5e6f VERDICT_FAILED\n"
            "::error file=docs/work-items/ORCH-061/15-staging-log.md,line=2,col=17,"
            "title=VERDICT_FAILED::expected SUCCESS, found FAILED: staging recorded a failure for "
            "ORCH-061%0Afix: mend what failed, stage again, record the new verdict\n");
}

TEST(Github, ThePageShowsWhatIsWritten) {
  EXPECT_EQ(BlockOnPage("github", "text"), Github(Refused()));
}

TEST(Github, WhatMayLandIsOneLineAndNoAnnotation) {
  EXPECT_EQ(Github(Allowed()), "ALLOW refs/heads/main 1a2b3c4d5e6f exact\n");
}

TEST(Github, NothingCheckedIsAWarning) {
  EXPECT_EQ(Github({}), "::warning title=git-verdict::0 refs: nothing was checked\n");
}

TEST(Github, AFaultOutsideAnyUpdateIsAnAnnotationToo) {
  EXPECT_EQ(Github(Fault()), "::error title=INPUT_MALFORMED::no such base%0Afix: fetch\n");
}

TEST(Github, ARefusalThatNothingExplainsIsAnAnnotationToo) {
  EXPECT_EQ(Github(Refused({}))
                .find("CANNOT-EVALUATE refs/heads/main 1a2b3c4d5e6f INTERNAL\n"
                      "::error title=INTERNAL::refused, and nothing says why%0A"),
            0u)
      << Github(Refused({}));
}

TEST(Github, EachUpdateHasItsAnnotationsBelowIt) {
  Report report = Refused();
  report.updates.push_back(UpdateOf(Proof::kCut));
  report.findings = Fault().findings;
  std::istringstream lines(Github(report));
  std::string starts;
  for (std::string line; std::getline(lines, line);) starts += line.substr(0, 5) + "|";
  EXPECT_EQ(starts, "BLOCK|::err|ALLOW|::err|");
}

TEST(Github, IsNeverColoured) {
  EXPECT_EQ(RenderGithub(Refused(), Colour::kAlways), Github(Refused()));
}

TEST(Github, CountsTheFindingsThatItDoesNotTell) {
  const std::string text = Github(Refused(std::vector(23, StagingFailed())));
  EXPECT_TRUE(text.ends_with("\n... and 3 more\n")) << text;
}

TEST(Github, WhatEndsACommandOrAPropertyIsEncoded) {
  Finding finding = StagingFailed();
  finding.path = "a,line=9::b%0A.md";
  finding.message = "50% a:b, ::error::c\r\nd";
  finding.expected = finding.found = "";
  EXPECT_NE(Github(Refused({finding}))
                .find("::error file=a%2Cline=9%3A%3Ab%250A.md,line=2,col=17,title=VERDICT_FAILED::"
                      "50%25 a:b, \\x3a:error::c\\x0d\\x0ad%0Afix: "),
            std::string::npos)
      << Github(Refused({finding}));
}

TEST(Github, AFileOutsideTheRepositoryIsNoPlace) {
  Finding finding = StagingFailed();
  finding.path = "/etc/verdict.yml";
  EXPECT_NE(Github(Refused({finding})).find("::error title=VERDICT_FAILED::"), std::string::npos);
}

// A line of a runner's log is a command where it begins with `::`, or holds `##[`.
TEST(Github, NoStrangerGivesACommand) {
  const auto property = [] {
    const std::string text = Github(AHostileReport());
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    RC_ASSERT(line.starts_with("BLOCK refs/heads/"));
    std::getline(lines, line);
    RC_ASSERT(line.starts_with("::error "));
    const size_t end = line.find("title=VERDICT_FAILED::");
    RC_ASSERT(end != std::string::npos);
    RC_ASSERT(line.find("::", 2) == end + 20);
    RC_ASSERT(!std::getline(lines, line));
    RC_ASSERT(text.find("##[") == std::string::npos);
    RC_ASSERT(text.find_first_of("\x1b\r\x07") == std::string::npos);
  };
  EXPECT_TRUE(test::Holds("no stranger gives a command", property, 1000));
}

}  // namespace
}  // namespace gates
