#include "gates/report/verification_summary.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

const ObjectId kCommit{.bytes = {1}}, kValidated{.bytes = {2}}, kBlob{.bytes = {3}};

SurveyedLog Log() {
  SurveyedLog log;
  log.work_item = "ORCH-1";
  log.gate = "staging";
  log.path = "docs/work-items/ORCH-1/15-staging-log.md";
  log.blob = kBlob;
  log.token = "SUCCESS";
  log.passed = true;
  log.validated_sha = kValidated;
  log.timestamp = 1'700'000'000;
  return log;
}

std::string Render(const std::vector<SurveyedLog>& logs, const Attested& attested = {}) {
  return RenderVerificationSummaries({.commit = kCommit, .logs = logs, .findings = {}}, attested);
}

Json Predicate(const SurveyedLog& log, const Attested& attested = {}) {
  return Json::parse(Render({log}, attested))["predicate"];
}

TEST(VerificationSummary, IsOneStatementALineForEachLog) {
  EXPECT_EQ(Render({}), "");
  const std::string two = Render({Log(), Log()});
  EXPECT_EQ(std::ranges::count(two, '\n'), 2);
  EXPECT_EQ(Json::parse(Render({Log()}))["subject"].dump(),
            R"([{"name":"ORCH-1","digest":{"gitCommit":")" + kValidated.hex() + R"("}}])");
}

TEST(VerificationSummary, IsNeverMadeOfALogThatCannotBeRead) {
  SurveyedLog broken = Log();
  broken.findings.push_back(MakeFinding(Code::kVerdictToken, ""));
  EXPECT_EQ(Render({broken}), "");
}

TEST(VerificationSummary, NeedsACommitAndATime) {
  SurveyedLog unbound = Log(), timeless = Log();
  unbound.validated_sha.reset();
  timeless.timestamp.reset();
  EXPECT_EQ(Render({unbound, timeless}), "");
  EXPECT_EQ(FindStatementGap(unbound), "the log names no validated commit");
  EXPECT_EQ(FindStatementGap(timeless), "the log has no timestamp");
  EXPECT_EQ(FindStatementGap(Log()), std::nullopt);
}

TEST(VerificationSummary, OfAFailureHasNoLevel) {
  SurveyedLog log = Log();
  EXPECT_EQ(Predicate(log)["verificationResult"], "PASSED");
  EXPECT_EQ(Predicate(log)["verifiedLevels"].dump(), R"(["VERDICT_STAGING_SUCCESS"])");
  log.passed = false;
  log.token = "FAILED";
  EXPECT_EQ(Predicate(log)["verificationResult"], "FAILED");
  EXPECT_EQ(Predicate(log)["verifiedLevels"].dump(), R"(["FAILED"])");
}

TEST(VerificationSummary, NamesNoLevelThatCouldBeOneOfSlsa) {
  SurveyedLog log = Log();
  log.gate = "slsa_build-level";
  EXPECT_EQ(Predicate(log)["verifiedLevels"][0], "VERDICT_SLSA_BUILD_LEVEL_SUCCESS");
}

TEST(VerificationSummary, SaysWhoVerifiedAndBelievesWhatItIsTold) {
  EXPECT_EQ(Predicate(Log())["verifier"]["id"], "git-verdict:gate/staging");
  EXPECT_EQ(Predicate(Log(), {.verifier = "https://ci.example.org/x",
                              .resource = "",
                              .policy = {}})["verifier"]["id"],
            "https://ci.example.org/x");
}

TEST(VerificationSummary, NamesThePolicyWhereverItCameFrom) {
  const auto policy = [](const PolicyOrigin& origin) {
    return Predicate(Log(),
                     {.verifier = "", .resource = "git+https://h/p", .policy = origin})["policy"]
        .dump();
  };
  EXPECT_EQ(policy({}), R"({"uri":"git-verdict:policy/built-in"})");
  EXPECT_EQ(policy({"file", std::nullopt}), R"({"uri":"git-verdict:policy/file"})");
  EXPECT_EQ(policy({kCommit.hex() + ":.verdict.yml", kBlob}),
            R"({"uri":"git+https://h/p@)" + kCommit.hex() +
                R"(#.verdict.yml","digest":{"gitBlob":")" + kBlob.hex() + R"("}})");
}

TEST(VerificationSummary, RestsOnTheLogAndOnItsResults) {
  SurveyedLog log = Log();
  EXPECT_EQ(
      Predicate(log,
                {.verifier = "", .resource = "git+https://h/p", .policy = {}})["inputAttestations"]
          .dump(),
      R"([{"uri":"git+https://h/p@)" + kCommit.hex() +
          R"(#docs/work-items/ORCH-1/15-staging-log.md","digest":{"gitBlob":")" + kBlob.hex() +
          R"("}}])");
  log.results_digest = "sha256:" + std::string(64, 'a');
  EXPECT_EQ(Predicate(log)["inputAttestations"][1].dump(),
            R"({"digest":{"sha256":")" + std::string(64, 'a') + R"("}})");
  for (const std::string& other :
       {"sha256:" + std::string(63, 'a'), "sha256:" + std::string(64, 'A'),
        "md5:" + std::string(64, 'a'), std::string(64, 'a')}) {
    log.results_digest = other;
    EXPECT_EQ(Predicate(log)["inputAttestations"].size(), 1U) << other;
  }
}

TEST(VerificationSummary, IsAsciiOfHostileNamesToo) {
  SurveyedLog log = Log();
  log.work_item = "\xff\x1b[31m::error::";
  log.path = "docs/\xff \"\n#/15-staging-log.md";
  const std::string text = Render({log});
  for (const char c : text) ASSERT_TRUE((c >= ' ' && c <= '~') || c == '\n') << text;
  EXPECT_TRUE(Json::accept(text));
  EXPECT_NE(text.find("#docs/%FF%20%22%0A%23/15-staging-log.md"), std::string::npos) << text;
}

}  // namespace
}  // namespace gates
