// `git verdict show --format in-toto`: verdict logs as statements, held to the field lists
// that in-toto and SLSA publish.

#include <algorithm>

#include "tests/e2e/json_schema.h"
#include "tests/e2e/record_story.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

class InTotoTest : public RecordStory {
 protected:
  Ran Show(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"show", "--format", "in-toto"};
    words.insert(words.end(), more.begin(), more.end());
    return Verdict(clone_.path(), words);
  }
};

void ExpectStatements(const std::string& lines, long count) {
  EXPECT_EQ(std::ranges::count(lines, '\n'), count) << lines;
  for (const char c : lines) ASSERT_TRUE((c >= ' ' && c <= '~') || c == '\n') << lines;
  EXPECT_EQ(FaultsBySchema("slsa-verification-summary-v1", lines), "") << lines;
}

TEST_F(InTotoTest, StatementsHaveTheFieldsThatArePublished) {
  if (!HasSchemas()) GTEST_SKIP() << "no python3-jsonschema here";
  const std::string results = R"([["A1 health", true, ""]])";
  const ObjectId code = ChangeCode();
  ExpectRecorded(Record({"staging", "--work-item", "WI-1", "--results", "-"}, results));
  ExpectRecorded(Record({"deploy", "--work-item", "WI-1", "--status", "FAILED"}));
  const Ran ran = Show();
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  ExpectStatements(ran.out, 2);
  const Json staging = ReportOf(ran.out.substr(0, ran.out.find('\n')));
  EXPECT_EQ(staging["subject"][0]["digest"]["gitCommit"], code.hex());
  EXPECT_EQ(staging["predicate"]["verificationResult"], "PASSED");
  EXPECT_EQ(staging["predicate"]["timeVerified"], FieldOf(LogAt("HEAD"), "timestamp"));
  EXPECT_EQ(staging["predicate"]["resourceUri"], "git+file://" + server_.path());
  EXPECT_EQ(staging["predicate"]["inputAttestations"][0]["digest"]["gitBlob"],
            clone_.Id("HEAD:" + kLog).hex());
  EXPECT_EQ("sha256:" +
                staging["predicate"]["inputAttestations"][1]["digest"]["sha256"].get<std::string>(),
            FieldOf(LogAt("HEAD"), "results_digest"));
  const Json deploy = ReportOf(ran.out.substr(ran.out.find('\n') + 1));
  EXPECT_EQ(deploy["predicate"]["verificationResult"], "FAILED");
}

TEST_F(InTotoTest, SchemasNoticeAFieldThatIsWrong) {
  if (!HasSchemas()) GTEST_SKIP() << "no python3-jsonschema here";
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  const Json good = ReportOf(Show().out);
  const std::vector<std::pair<std::string, Json>> wrong = {
      {"/_type", "https://in-toto.io/Statement/v0.1"},
      {"/subject", Json::array()},
      {"/subject/0/digest", Json::object()},
      {"/subject/0/digest/gitCommit", "HEAD"},
      {"/predicateType", "https://slsa.dev/provenance/v1"},
      {"/predicate/verifier", Json::object()},
      {"/predicate/timeVerified", "2026-03-01T12:00:00+01:00"},
      {"/predicate/resourceUri", "product"},
      {"/predicate/policy", Json::object()},
      {"/predicate/inputAttestations/0", {{"uri", "x:y"}}},
      {"/predicate/verificationResult", "WARNED"},
      {"/predicate/verifiedLevels", "SLSA_BUILD_LEVEL_3"},
      {"/predicate/verifiedLevels/0", "SLSA_STAGING_LEVEL_1"},
      {"/predicate/verifiedLevels/0", "FAILED"},
      {"/predicate/verdict", "SUCCESS"}};
  std::string lines;
  for (const auto& [pointer, value] : wrong) {
    Json statement = good;
    statement[Json::json_pointer(pointer)] = value;
    lines += statement.dump() + "\n";
  }
  for (const std::string& key : Keys{"verifier", "timeVerified", "resourceUri", "policy",
                                     "verificationResult", "verifiedLevels"}) {
    Json statement = good;
    statement["predicate"].erase(key);
    lines += statement.dump() + "\n";
  }
  const std::string faults = "\n" + FaultsBySchema("slsa-verification-summary-v1", lines);
  for (long line = 1; line <= std::ranges::count(lines, '\n'); ++line)
    EXPECT_NE(faults.find("\nline " + std::to_string(line) + ": "), std::string::npos) << line;
}

TEST_F(InTotoTest, NameThePolicyByItsBlob) {
  clone_.CommitFile(".verdict.yml", "version: 1\n");
  LandUnjudged("topic:main");
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  const Json policy = ReportOf(Show().out)["predicate"]["policy"];
  EXPECT_EQ(policy["digest"]["gitBlob"], clone_.Id("origin/main:.verdict.yml").hex());
  EXPECT_EQ(policy["uri"], "git+file://" + server_.path() + "@" + clone_.Id("origin/main").hex() +
                               "#.verdict.yml");
}

TEST_F(InTotoTest, TakeTheRepositoryAndTheVerifierFromTheCommandLine) {
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  const Json predicate = ReportOf(Show({"--resource", "git+https://example.org/product",
                                        "--verifier", "https://ci.example.org/staging"})
                                      .out)["predicate"];
  EXPECT_EQ(predicate["resourceUri"], "git+https://example.org/product");
  EXPECT_EQ(predicate["verifier"]["id"], "https://ci.example.org/staging");
  EXPECT_EQ(Show({"--resource", "product"}).status, 2);
  EXPECT_EQ(Verdict(clone_.path(), {"show", "--verifier", "x:y"}).status, 2);
}

TEST_F(InTotoTest, LogsThatCannotBeStatedAreNamedAndMakeExitCode1) {
  RecordVerdict(ChangeCode());
  const Ran timeless = Show();
  EXPECT_EQ(timeless.status, 1);
  EXPECT_EQ(timeless.out, "");
  EXPECT_EQ(timeless.err, "git-verdict: " + kLog +
                              ": the log has no timestamp, so there is no statement about it\n");
  ExpectRecorded(RecordStaging("SUCCESS"));
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: maybe\n---\n");
  const Ran broken = Show();
  EXPECT_EQ(broken.status, 1);
  EXPECT_EQ(std::ranges::count(broken.out, '\n'), 1);
  EXPECT_NE(broken.err.find("VERDICT_TOKEN"), std::string::npos) << broken.err;
}

TEST_F(InTotoTest, FaultsAreToldOnStandardErrorAndNothingIsStated) {
  const Ran nowhere = Show({"nowhere"});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_EQ(nowhere.out, "");
  EXPECT_EQ(Headlines(nowhere.err), "CANNOT-EVALUATE - INPUT_MALFORMED");
  const Ran item = Show({"--work-item", "wi"});
  EXPECT_EQ(item.status, 1);
  EXPECT_EQ(item.out, "");
  EXPECT_EQ(Headlines(item.err), "BLOCK - WORK_ITEM_INVALID");
}

TEST_F(InTotoTest, AreWrittenToFilesAsWell) {
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  const Ran ran = Verdict(clone_.path(), {"show", "--output", "in-toto=statements"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(clone_.Read("statements"), Show().out);
}

TEST_F(InTotoTest, AreNoFormatOfOtherCommands) {
  for (const char* command : {"check", "lint", "status", "fold"})
    EXPECT_NE(Verdict(clone_.path(), {command, "--format", "in-toto", "app.txt"}).status, 0);
}

}  // namespace
}  // namespace e2e
