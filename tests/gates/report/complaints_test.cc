#include "gates/report/complaints.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/gates/report/sample.h"

namespace gates {
namespace {

TEST(Complaints, AreEveryFindingOfEveryUpdateAndThoseOutside) {
  Report report = Refused({StagingFailed(), MakeFinding(Code::kStaleCode, "m")});
  report.updates.push_back(UpdateOf(Proof::kExact));
  report.findings = Fault().findings;
  const auto complaints = ComplaintsOf(report);
  ASSERT_EQ(complaints.size(), 3u);
  EXPECT_EQ(complaints[0].update, &report.updates[0]);
  EXPECT_EQ(complaints[1].finding.code, Code::kStaleCode);
  EXPECT_EQ(complaints[2].update, nullptr);
}

TEST(Complaints, AreNoneWhereAllMayLandOrNothingWasChecked) {
  EXPECT_TRUE(ComplaintsOf(Allowed()).empty());
  EXPECT_TRUE(ComplaintsOf({}).empty());
}

TEST(Complaints, HoldARefusalThatNothingExplains) {
  const auto complaints = ComplaintsOf(Refused({}));
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_EQ(complaints[0].finding.code, Code::kInternal);
}

TEST(Complaints, AreCalledAlikeInEveryRun) {
  Finding later = StagingFailed();
  later.sha = "other";
  later.line = 7;
  later.found = "SUCCESSFUL";
  EXPECT_EQ(ComplaintsOf(Refused())[0].fingerprint, ComplaintsOf(Refused({later}))[0].fingerprint);
  EXPECT_EQ(ComplaintsOf(Refused())[0].fingerprint, "57aa9f01691420617512c79296b6cd40");
}

TEST(Complaints, AreNotCalledAlikeInOneRun) {
  std::vector<Finding> findings(4, StagingFailed());
  for (std::string* text : {&findings[1].gate, &findings[2].work_item, &findings[3].path})
    *text += "x";
  findings.push_back(findings[0]);
  findings.push_back(findings[0]);
  findings.push_back(MakeFinding(Code::kStaleCode, "m"));
  std::set<std::string> fingerprints;
  for (const Complaint& complaint : ComplaintsOf(Refused(findings)))
    fingerprints.insert(complaint.fingerprint);
  EXPECT_EQ(fingerprints.size(), findings.size());
}

TEST(Complaints, StandInAFileOfTheRepositoryOrInNone) {
  Finding finding = StagingFailed();
  EXPECT_EQ(PathInRepository(finding), kLogPath);
  EXPECT_EQ(FileFor(finding), kLogPath);
  for (const char* path : {"", "/etc/verdict.yml", "../x", "a/../b", "a/..", "./a", "a//b", "//"}) {
    finding.path = path;
    EXPECT_EQ(PathInRepository(finding), "") << path;
    EXPECT_EQ(FileFor(finding), ".verdict.yml") << path;
  }
  for (const char* path : {"a", "..a", "a..", ".verdict.yml", "a/.../b"}) {
    finding.path = path;
    EXPECT_EQ(PathInRepository(finding), path);
  }
}

}  // namespace
}  // namespace gates
