// Signed verdicts: keys and signatures by ssh-keygen, pushes to a server whose
// pre-receive hook judges them.

#include "tests/e2e/report.h"
#include "tests/e2e/signed_story.h"

namespace e2e {
namespace {

const std::string kDeployLog = kItem + "14-deploy-log.md";

class Signed : public SignedStory {
 protected:
  static std::string Log(const ObjectId& validated, const std::string& token = "SUCCESS",
                         const std::string& timestamp = "2026-03-01T12:00:00Z") {
    return StagingLog(validated, token, "timestamp: " + timestamp + "\n");
  }

  std::string SignatureOf(const std::string& text, const std::string& key = "ci") const {
    test::WriteFile(sandbox_.Path("text"), text);
    std::filesystem::remove(sandbox_.Path("text.sig"));
    Keygen({"-q", "-Y", "sign", "-n", "git-verdict", "-f", key, "text"});
    return test::ReadFile(sandbox_.Path("text.sig"));
  }

  /// A commit of nothing but a log and its signature.
  ObjectId Record(const std::string& text, const std::string& key = "ci",
                  const std::string& path = kLog) const {
    clone_.Write(path, text);
    clone_.Write(path + ".sig", SignatureOf(text, key));
    return clone_.Commit("WI-1: log");
  }
};

TEST_F(Signed, ALogOfATrustedKeyLands) {
  Record(Log(ChangeCode()));
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, TheReportTellsWhoSigned) {
  Record(Log(ChangeCode()));
  const Ran ran = Verdict(clone_.path(), {"check", "--format", "json"});
  ExpectReport(ran.out);
  EXPECT_EQ(ReportOf(ran.out)["updates"][0]["work_items"][0]["gates"][0]["signed_by"],
            "ci@example.invalid");
}

TEST_F(Signed, WhatAnAuthorWritesByHandIsRefused) {
  RecordVerdict(ChangeCode());
  EXPECT_EQ(Push(), Blocked("WRITER_UNSIGNED"));
  EXPECT_NE(said_.find("git verdict record --sign"), std::string::npos) << said_;
  RecordLog(StagingLog(clone_.Id("topic^"), "FAILED"));
  EXPECT_EQ(Push(), Blocked("VERDICT_FAILED"));
}

TEST_F(Signed, WhatAnAuthorWritesByHandLandsWherePolicyLetsIt) {
  Demand("unsigned: allow");
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated);
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, AFailureThatIsTurnedToSuccessIsRefused) {
  const ObjectId validated = ChangeCode();
  Record(Log(validated, "FAILED"));
  RecordLog(Log(validated));
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
}

TEST_F(Signed, ALogThatWasEditedAfterwardsIsRefused) {
  const std::string text = Log(ChangeCode());
  Record(text);
  for (const std::string& edited :
       {text + "\n", text + "one more word", text.substr(0, 20) + " " + text.substr(20)}) {
    RecordLog(edited);
    EXPECT_NE(Push().find("BLOCK"), std::string::npos) << edited;
  }
  RecordLog(text + "\n");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
  RecordLog(text);
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, ALogOfAnotherCommitIsRefused) {
  Record(Log(ChangeCode()));
  const ObjectId later = ChangeCode("three");
  EXPECT_EQ(Push(), Blocked("STALE_CODE"));
  RecordLog(Log(later));
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
}

TEST_F(Signed, ALogOfAnotherItemIsRefused) {
  const std::string text = Log(ChangeCode());
  Record(text);
  EXPECT_EQ(Push(), kExact);
  clone_.CommitFile("app.txt", "three\n", "Say three\n\nRefs: WI-2");
  Record(text, "ci", "docs/work-items/WI-2/15-staging-log.md");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
}

TEST_F(Signed, ALogOfAnotherGateIsRefused) {
  const ObjectId validated = ChangeCode();
  const std::string deployed =
      "---\nwork_item: WI-1\ndeploy_status: SUCCESS\nvalidated_sha: " + validated.hex() +
      "\ntimestamp: 2026-03-01T12:00:00Z\n---\n";
  Record(deployed);
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
  clone_.Git({"reset", "-q", "--hard", validated.hex()});
  Record(Log(validated));
  Record(deployed, "ci", kDeployLog);
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, ASignatureForAnotherPurposeIsRefused) {
  const std::string text = Log(ChangeCode());
  Record(text);
  test::WriteFile(sandbox_.Path("text"), text);
  std::filesystem::remove(sandbox_.Path("text.sig"));
  Keygen({"-q", "-Y", "sign", "-n", "git", "-f", "ci", "text"});
  clone_.CommitFile(kSig, test::ReadFile(sandbox_.Path("text.sig")), "WI-1: signature");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
}

TEST_F(Signed, ASignatureOfAStrangerIsRefusedWhateverThePolicySaysOfUnsignedLogs) {
  Record(Log(ChangeCode()), "stranger");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
  EXPECT_NE(said_.find("a signature by the key"), std::string::npos) << said_;
  Demand("unsigned: allow");
  Record(Log(ChangeCode("three")), "stranger");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
}

TEST_F(Signed, WhatIsNoSignatureIsRefusedWhateverThePolicySaysOfUnsignedLogs) {
  Demand("unsigned: allow");
  RecordLog(Log(ChangeCode()));
  for (const char* odd : {"", "#!/bin/sh\n", "-----BEGIN SSH SIGNATURE-----\n",
                          "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n"
                          "-----END SSH SIGNATURE-----\n"}) {
    clone_.CommitFile(kSig, odd, "WI-1: signature");
    EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED")) << odd;
  }
}

TEST_F(Signed, AnOlderLogIsNotPutBackOverANewerOne) {
  const ObjectId validated = ChangeCode();
  const ObjectId passed = Record(Log(validated));
  EXPECT_EQ(Push(), kExact);
  Record(Log(validated, "FAILED", "2026-03-02T12:00:00Z"));
  EXPECT_EQ(Push(), "ALLOW refs/heads/main evidence-only");
  clone_.Git({"checkout", "-q", passed.hex(), "--", kLog, kSig});
  clone_.Commit("WI-1: as it was");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
  EXPECT_NE(said_.find("later than 2026-03-02T12:00:00Z"), std::string::npos) << said_;
}

TEST_F(Signed, ASignatureIsNotTakenAway) {
  Record(Log(ChangeCode()));
  EXPECT_EQ(Push(), kExact);
  clone_.Git({"rm", "-q", kSig});
  clone_.Commit("tidy up");
  EXPECT_EQ(Push(), Blocked("WRITER_UNSIGNED"));
}

TEST_F(Signed, NobodyPassesTheirOwnChangeWherePolicyForbidsIt) {
  Demand("must_not_be_author: true", LineOf("ci") + LineOf("ada"));
  clone_.Write("app.txt", "two\n");
  clone_.Git({"add", "-A"});
  clone_.Git(
      {"commit", "-q", "--author", "Ada <ADA@example.invalid>", "-m", "Say two\n\nRefs: WI-1"});
  const ObjectId validated = clone_.Id();
  Record(Log(validated), "ada");
  EXPECT_EQ(Push(), Blocked("WRITER_IS_AUTHOR"));
  Record(Log(validated), "ci");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, ANewSignerCountsOnceTheListHasLanded) {
  const std::string both = LineOf("ci") + LineOf("stranger");
  clone_.Write(kSigners, both);
  const ObjectId validated = ChangeCode();
  Record(Log(validated), "stranger");
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
  Record(Log(validated), "ci");
  EXPECT_EQ(Push(), kExact);
  Record(Log(ChangeCode("three"), "SUCCESS", "2026-03-02T00:00:00Z"), "stranger");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, TheListOfSignersIsNeverExempt) {
  PutPolicy("exempt: ['**']\nwriters: {allowed_signers: " + kSigners + "}\n",
            LineOf("ci") + LineOf("ada"));
  clone_.CommitFile(kSigners, LineOf("stranger"), "me too");
  EXPECT_EQ(Push(), Blocked("WORK_ITEM_NONE"));
}

TEST_F(Signed, AKeyThatEndsStaysGoodForWhatItSignedBefore) {
  Demand("unsigned: deny", LineOf("ci", "valid-before=\"20260302\" "));
  const ObjectId validated = ChangeCode();
  Record(Log(validated, "SUCCESS", "2026-03-02T00:00:01Z"));
  EXPECT_EQ(Push(), Blocked("WRITER_UNTRUSTED"));
  Record(Log(validated));
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, ASquashARebaseAndAMergeKeepTheSignature) {
  const ObjectId start = OnServer("main");
  Record(Log(ChangeCode()));
  EXPECT_EQ(Push("topic"), "ALLOW refs/heads/topic unprotected");
  clone_.Git({"switch", "-q", "-c", "squashed", start.hex()});
  clone_.Git({"merge", "-q", "--squash", "topic"});
  clone_.Commit("Say two\n\nRefs: WI-1");
  EXPECT_EQ(Push("squashed:main"), kExact);

  server_.Git({"update-ref", "refs/heads/main", start.hex()});
  clone_.Git({"switch", "-q", "-c", "merged", start.hex()});
  clone_.Merge("topic");
  EXPECT_EQ(Push("merged:main"), kExact);

  clone_.Git({"switch", "-q", "-c", "elsewhere", start.hex()});
  clone_.CommitFile("other.txt", "one\n", "elsewhere");
  server_.Git({"fetch", "-q", "--update-head-ok", clone_.path(), "+elsewhere:main"});
  clone_.Git({"switch", "-q", "-c", "rebased", "topic"});
  clone_.Git({"rebase", "-q", "elsewhere"});
  EXPECT_EQ(Push("rebased:main"), "ALLOW refs/heads/main replay");
}

TEST_F(Signed, ThePinnedPolicyHasItsSignersBesideIt) {
  const std::string policy = sandbox_.Path("pinned/policy.yml");
  test::WriteFile(policy, "version: 1\nwriters: {allowed_signers: keys/ours}\n");
  server_.Git({"config", "verdict.policyFile", policy});
  Record(Log(ChangeCode()), "stranger");
  EXPECT_EQ(Push(), "CANNOT-EVALUATE - POLICY_INVALID");
  test::WriteFile(sandbox_.Path("pinned/keys/ours"), LineOf("stranger"));
  EXPECT_EQ(Push(), kExact);
}

TEST_F(Signed, APolicyOnDiskIsCheckedWithItsSigners) {
  EXPECT_EQ(Verdict(clone_.path(), {"policy", "check", ".verdict.yml"}).status, 0);
  std::filesystem::remove(clone_.path() + "/" + kSigners);
  const Ran ran = Verdict(clone_.path(), {"policy", "check", ".verdict.yml"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.out.find(kSigners), std::string::npos) << ran.out;
  EXPECT_EQ(Verdict(clone_.path(), {"policy", "check"}).status, 0);
}

TEST_F(Signed, NoVariableNamesAnotherSshKeygen) {
  Record(Log(ChangeCode()), "stranger");
  const std::string liar = sandbox_.Path("bin/ssh-keygen");
  test::WriteFile(liar, "#!/bin/sh\necho ci@example.invalid\n");
  std::filesystem::permissions(liar, std::filesystem::perms::owner_all);
  const Ran ran = Verdict(clone_.path(), {"check"}, "",
                          {{"PATH", sandbox_.Path("bin") + ":/usr/bin:/bin"},
                           {"SSH_KEYGEN", liar},
                           {"GIT_CONFIG_COUNT", "1"},
                           {"GIT_CONFIG_KEY_0", "gpg.ssh.program"},
                           {"GIT_CONFIG_VALUE_0", liar}});
  EXPECT_EQ(Headlines(ran.out), "BLOCK - WRITER_UNTRUSTED") << ran.out << ran.err;
}

TEST_F(Signed, WithoutSshKeygenNothingIsEvaluated) {
  if (!CanDoWithoutSshKeygen()) GTEST_SKIP() << "no namespace of mounts is to be had here";
  Record(Log(ChangeCode()));
  const Ran ran = WithoutSshKeygen(clone_.path(), "\"$VERDICT\" check");
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(Headlines(ran.out), "CANNOT-EVALUATE - WRITER_UNTRUSTED") << ran.out << ran.err;
  EXPECT_NE(ran.out.find("apt-get install openssh-client"), std::string::npos) << ran.out;
  const Ran push = WithoutSshKeygen(clone_.path(), "git push origin topic:main");
  EXPECT_NE(push.status, 0);
  EXPECT_EQ(Headlines(push.err), "CANNOT-EVALUATE refs/heads/main WRITER_UNTRUSTED") << push.err;
}

TEST_F(Signed, WithoutSshKeygenNobodyMissesItWhereNoSignatureIsAskedFor) {
  if (!CanDoWithoutSshKeygen()) GTEST_SKIP() << "no namespace of mounts is to be had here";
  Demand("unsigned: allow");
  RecordVerdict(ChangeCode());
  EXPECT_EQ(WithoutSshKeygen(clone_.path(), "\"$VERDICT\" check").status, 0);
}

}  // namespace
}  // namespace e2e
