#include <gtest/gtest.h>

#include <string>

#include "gates/core/policy.h"

namespace gates {
namespace {

/// "line:column message", or "" for a policy that can be read.
std::string Refusal(std::string_view text) {
  const auto policy = ReadPolicy(text);
  if (policy) return "";
  const Finding& finding = policy.error();
  EXPECT_EQ(finding.code, Code::kPolicyInvalid);
  EXPECT_EQ(finding.weight, Weight::kCannotEvaluate);
  EXPECT_EQ(finding.path, ".verdict.yml");
  EXPECT_NE(finding.remedy, "");
  return std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
         finding.message;
}

void ExpectRefused(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_NE(Refusal(text), "") << text;
}

void ExpectRead(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(Refusal(text), "") << text;
}

TEST(PolicyReader, WhatAFileLeavesOutStaysBuiltIn) {
  const auto policy = ReadPolicy("version: 1\nlanding: exact\n");
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->landing, Landing::kExact);
  EXPECT_EQ(policy->validated_sha, ValidatedSha::kInferred);
  EXPECT_EQ(policy->protected_refs, BuiltInPolicy().protected_refs);
  EXPECT_TRUE(policy->FindGate("staging")->required);
}

TEST(PolicyReader, AnUnknownKeyIsRefusedAtEveryLevelWhereItStands) {
  EXPECT_EQ(Refusal("version: 1\nprotect: [main]\n"), "2:1 unknown key in the policy");
  EXPECT_EQ(Refusal("work_items:\n  rot: x\n"), "2:3 unknown key in work_items");
  EXPECT_EQ(Refusal("gates:\n  staging: {requird: true}\n"), "2:13 unknown key in a gate");
}

TEST(PolicyReader, AKeyThatStandsTwiceIsRefused) {
  ExpectRefused({"landing: exact\nlanding: replay\n",
                 "gates:\n  staging: {required: true, required: false}\n",
                 "gates:\n  staging: {required: true}\n  staging: {required: true}\n"});
}

TEST(PolicyReader, AWrongTypeIsRefused) {
  ExpectRefused({"protected: main\n", "protected: {a: b}\n", "protected: [[main]]\n", "gates: []\n",
                 "gates: staging\n", "gates:\n  staging: required\n", "work_items: docs\n",
                 "work_items:\n  root: [docs]\n", "exempt: docs\n", "- version\n", "text\n", ""});
}

TEST(PolicyReader, OnlyVersionOneIsRead) {
  ExpectRead({"version: 1\n"});
  ExpectRefused({"version: 2\n", "version: '1'\n", "version: 1.0\n", "version:\n"});
}

TEST(PolicyReader, WordsAreBareAndOneOfTwo) {
  ExpectRead({"validated_sha: inferred\nlanding: replay\n", "validated_sha: required\n"});
  ExpectRefused({"landing: 'exact'\n", "landing: Exact\n", "validated_sha: yes\n", "landing:\n",
                 "gates:\n  deploy: {required: yes}\n", "gates:\n  deploy: {required: 'true'}\n",
                 "gates:\n  deploy: {required: True}\n"});
}

TEST(PolicyReader, APolicyThatGuardsNothingIsRefused) {
  ExpectRefused({"protected: []\n", "gates:\n  staging: {required: false}\n"});
  ExpectRead({"gates:\n  staging: {required: false}\n  deploy: {required: true}\n"});
}

TEST(PolicyReader, AProtectedGlobThatNoRefCanMatchIsRefused) {
  ExpectRefused({"protected: ['release/[0-9]*']\n", "protected: ['main ']\n",
                 "protected: ['^main$']\n", "protected: ['/main']\n", "protected: ['main/']\n",
                 "protected: ['a//b']\n", "protected: ['a..b']\n", "protected: ['re:main']\n",
                 "protected: ['re\\*']\n", "protected: ['~x']\n", "protected:\n  - |\n    main\n"});
  ExpectRead({"protected: [HEAD, main, 'release/**', '**/x', 'refs/tags/v?.*', 'a-b_c{d}!']\n"});
}

TEST(PolicyReader, TwoGatesOfOneFileAreRefused) {
  ExpectRefused({"gates:\n  deploy: {file: 15-staging-log.md}\n",
                 "gates:\n  a: {file: x, key: a}\n  b: {file: x, key: b}\n"});
}

TEST(PolicyReader, AFurtherGateNamesItsFileAndItsKey) {
  ExpectRead({"gates:\n  security: {file: 16-security-scan.md, key: security_status}\n"});
  ExpectRefused({"gates:\n  security: {key: security_status}\n",
                 "gates:\n  security: {file: 16-security-scan.md}\n", "gates:\n  security: {}\n"});
}

TEST(PolicyReader, AFurtherGateHasTheUsualTokensAndIsNotRequired) {
  const auto policy = ReadPolicy("gates:\n  security: {file: s.md, key: s}\n");
  ASSERT_TRUE(policy);
  const GateRule& gate = *policy->FindGate("security");
  EXPECT_EQ(gate.pass, "SUCCESS");
  EXPECT_EQ(gate.fail, "FAILED");
  EXPECT_FALSE(gate.required);
  EXPECT_EQ(policy->gates.back().id, "security");
}

TEST(PolicyReader, ABuiltInGateChangesKeyByKey) {
  const auto policy = ReadPolicy("gates:\n  deploy: {required: true}\n  staging: {pass: GREEN}\n");
  ASSERT_TRUE(policy);
  EXPECT_TRUE(policy->FindGate("deploy")->required);
  EXPECT_EQ(policy->FindGate("deploy")->file, "14-deploy-log.md");
  EXPECT_EQ(policy->FindGate("staging")->pass, "GREEN");
  EXPECT_TRUE(policy->FindGate("staging")->required);
}

TEST(PolicyReader, AGatesNameIsALowerCaseWordAndNotDocs) {
  ExpectRefused({"gates:\n  Security: {file: s.md, key: s}\n",
                 "gates:\n  docs: {file: s.md, key: s}\n", "gates:\n  2nd: {file: s.md, key: s}\n",
                 "gates:\n  'a b': {file: s.md, key: s}\n"});
}

TEST(PolicyReader, ALogIsOnePathComponentAndNoSignature) {
  for (const char* file : {"a/b", ".", "..", ".git", ".verdict.yml", "log.sig", "''", "\"a\\x07\""})
    EXPECT_NE(Refusal("gates:\n  deploy: {file: " + std::string(file) + "}\n"), "") << file;
  ExpectRead({"gates:\n  deploy: {file: deploy.md}\n"});
}

TEST(PolicyReader, AStatusKeyIsPlainAndHasNoOtherUse) {
  for (const char* key : {"'a b'", "a/b", "2a", "validated_sha", "Validated-Sha", "workitem",
                          "timestamp", "base.url", "\"k\\xe9y\""})
    EXPECT_NE(Refusal("gates:\n  deploy: {key: " + std::string(key) + "}\n"), "") << key;
  ExpectRead({"gates:\n  deploy: {key: _my.deploy-status2}\n"});
}

TEST(PolicyReader, ATokenIsAnUpperCaseWordThatNoReaderResolves) {
  for (const char* token : {"success", "'NOT DONE'", "1UP", "NULL", "TRUE", "FALSE", "YES", "NO",
                            "ON", "OFF", "Y", "N", "_A", "A.B", "''"})
    for (const char* key : {"pass", "fail"})
      EXPECT_NE(Refusal("gates:\n  deploy: {" + std::string(key) + ": " + token + "}\n"), "")
          << key << " " << token;
  ExpectRead({"gates:\n  deploy: {pass: DONE_2, fail: BROKEN}\n"});
}

TEST(PolicyReader, PassAndFailDiffer) {
  ExpectRefused({"gates:\n  deploy: {pass: FAILED}\n", "gates:\n  deploy: {pass: A, fail: A}\n"});
}

TEST(PolicyReader, TheRootIsARelativePathWithoutDots) {
  for (const char* root : {"/docs", "docs/", "a//b", "../a", "a/./b", "a/..", ".git", "''", "."})
    EXPECT_NE(Refusal("work_items:\n  root: " + std::string(root) + "\n"), "") << root;
  ExpectRead({"work_items:\n  root: items\n", "work_items:\n  root: a/b/c\n"});
}

TEST(PolicyReader, TheIdIsAnRe2Expression) {
  ExpectRefused(
      {"work_items:\n  id: '('\n", "work_items:\n  id: '(?=a)'\n", "work_items:\n  id: ''\n"});
  ExpectRead({"work_items:\n  id: '[A-Z]+-\\d+'\n"});
}

TEST(PolicyReader, TheTrailerIsAWord) {
  ExpectRefused({"work_items:\n  trailer: 'Refs:'\n", "work_items:\n  trailer: 'a b'\n",
                 "work_items:\n  trailer: -x\n"});
  ExpectRead({"work_items:\n  trailer: Work-Item2\n"});
}

TEST(PolicyReader, ATrailerIsRequiredOrNot) {
  ExpectRefused({"work_items:\n  require_trailer: yes\n",
                 "work_items:\n  require_trailer: 'true'\n",
                 "work_items:\n  require_trailer: 1\n"});
  ExpectRead({"work_items:\n  require_trailer: true\n", "work_items:\n  require_trailer: false\n"});
}

TEST(PolicyReader, TextThatNobodyCanReadIsRefused) {
  ExpectRefused({"exempt: [\"a\\nb\"]\n", "exempt: [\"a\\u202eb\"]\n",
                 "work_items:\n  root: \"a\\u2028b\"\n"});
  ExpectRead({"exempt: ['it''s', \"b\u00e4r\"]\n"});
}

TEST(PolicyReader, YamlOutsideTheStrictSubsetIsRefused) {
  ExpectRefused({"protected: &a [main]\n", "landing: !!str exact\n", "landing: exact\n---\nx: y\n",
                 "landing:\texact\n", "<<: {landing: exact}\n", "\xef\xbb\xbflanding: exact\n"});
  ExpectRead({"---\nlanding: exact\n", "# why\nlanding: exact # so\n"});
}

// --- staging and writers --------------------------------------------------------------------

TEST(PolicyReader, AllowlistsAreIdsOrEntriesWithAReasonAndAnEnd) {
  const auto policy = ReadPolicy(
      "staging:\n  infra:\n    - C7\n"
      "    - {check: C9a, reason: no quota, approver: ann, expires: 2027-01-31T00:00:00Z}\n"
      "  infra_tolerance: false\n");
  ASSERT_TRUE(policy);
  EXPECT_FALSE(policy->staging.infra_tolerance);
  ASSERT_EQ(policy->staging.infra.size(), 2u);
  EXPECT_EQ(policy->staging.infra[0].check, "C7");
  EXPECT_FALSE(policy->staging.infra[0].expires);
  EXPECT_EQ(policy->staging.infra[1].approver, "ann");
  EXPECT_EQ(policy->staging.infra[1].reason, "no quota");
  EXPECT_EQ(policy->staging.infra[1].expires, 1801353600);
}

TEST(PolicyReader, NothingIsWaivedUnlessThePolicySaysSo) {
  EXPECT_TRUE(BuiltInPolicy().staging.infra.empty());
  EXPECT_FALSE(BuiltInPolicy().writers);
}

TEST(PolicyReader, AnAllowlistThatCouldMeanSomethingElseIsRefused) {
  ExpectRefused(
      {"staging:\n  infra: C7\n", "staging:\n  infra: [C7, C7]\n", "staging:\n  infra: ['*']\n",
       "staging:\n  infra: ['C9a sandbox']\n", "staging:\n  infra: [c7]\n",
       "staging:\n  infra: [{reason: x}]\n", "staging:\n  infra: [{check: C7, untill: x}]\n",
       "staging:\n  infra: [{check: C7, expires: 2027-01-31T00:00:00}]\n",
       "staging:\n  infra: [{check: C7, expires: 2027-01-31T00:00:00+01:00}]\n",
       "staging:\n  infra: [{check: C7, expires: soonZ}]\n", "staging:\n  infra_tolerance: yes\n",
       "staging:\n  infra_tolerance: 'false'\n", "staging: []\n", "staging:\n  allow: [C7]\n"});
}

TEST(PolicyReader, WritersNameTheirFileAndRefuseUnsignedLogsUnlessTold) {
  const auto policy = ReadPolicy("writers: {allowed_signers: .verdict/signers}\n");
  ASSERT_TRUE(policy && policy->writers);
  EXPECT_EQ(policy->writers->allowed_signers, ".verdict/signers");
  EXPECT_EQ(policy->writers->unsigned_logs, Unsigned::kDeny);
  EXPECT_FALSE(policy->writers->must_not_be_author);
  ExpectRead({"writers: {allowed_signers: s, unsigned: allow, must_not_be_author: true}\n"});
  ExpectRefused({"writers: {unsigned: deny}\n", "writers: {allowed_signers: ../s}\n",
                 "writers: {allowed_signers: /s}\n",
                 "writers: {allowed_signers: s, unsigned: no}\n", "writers: s\n",
                 "writers: {allowed_signers: s, must_not_be_author: maybe}\n"});
}

TEST(PolicyReader, WhereLogsAreSignedEachGateHasItsOwnKey) {
  const std::string twice = "gates:\n  again: {file: 17-again.md, key: staging_status}\n";
  EXPECT_EQ(Refusal(twice), "");
  EXPECT_EQ(Refusal(twice + "writers: {allowed_signers: s}\n"),
            "0:0 with writers, each gate must have a status key of its own");
}

}  // namespace
}  // namespace gates
