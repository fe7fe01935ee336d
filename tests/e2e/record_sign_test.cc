// `git verdict record --sign`: the log and its signature land in one commit, and a server that
// demands signatures takes them.

#include "tests/e2e/signed_story.h"
#include "tests/support/at_terminal.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class RecordSign : public SignedStory {
 protected:
  std::string Key(const std::string& name) const { return sandbox_.Path(name); }

  Ran Sign(const std::string& key, const std::string& status = "SUCCESS",
           const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"--sign", Key(key)};
    words.insert(words.end(), more.begin(), more.end());
    return RecordStaging(status, words);
  }

  static void ExpectSignedBy(const Ran& ran, const std::string& signer) {
    ExpectRecorded(ran);
    EXPECT_NE(ran.out.find(", signed by " + signer + "; it is about "), std::string::npos)
        << ran.out;
  }

  void ExpectNothing(const Ran& ran, const std::string& end = "says this already\n") const {
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out, "nothing to record: " + kLog + " on topic " + end);
    EXPECT_EQ(ran.err, "");
  }

  /// Recorded, and warned of what the gate will say.
  static void ExpectWarned(const Ran& ran, const std::string& what) {
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(ran.out.starts_with("recorded ")) << ran.out;
    EXPECT_TRUE(ran.err.starts_with("git-verdict: the gate would refuse this log: " + what))
        << ran.err;
    EXPECT_NE(ran.err.find("\n  fix: "), std::string::npos) << ran.err;
  }

  /// Exit 2 and these words, and nothing was recorded.
  void ExpectFault(const Ran& ran, const std::string& what) const {
    EXPECT_EQ(ran.status, 2) << ran.out;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(what), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("\n  fix: "), std::string::npos) << ran.err;
    EXPECT_EQ(clone_.Git({"log", "-1", "--format=%s"}), "Say two");
    EXPECT_EQ(clone_.Git({"for-each-ref", "refs/verdicts"}), "");
    EXPECT_EQ(Status(), "");
  }

  std::string FilesIn(const std::string& revision) const {
    return clone_.Git({"ls-tree", "--format=%(objectmode) %(path)", revision, kItem});
  }
};

const std::string kBoth = "100644 " + kLog + "\n100644 " + kSig;

// --- what it commits --------------------------------------------------------------------------

TEST_F(RecordSign, WritesALogAndASignatureThatTheServerDemands) {
  const ObjectId validated = ChangeCode();
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  EXPECT_EQ(clone_.Id("HEAD^"), validated);
  EXPECT_EQ(clone_.Git({"diff", "--name-only", "HEAD^", "HEAD"}), kLog + "\n" + kSig);
  EXPECT_EQ(FilesIn("HEAD"), kBoth);
  EXPECT_EQ(clone_.Read(kSig), clone_.Git({"show", "HEAD:" + kSig}) + "\n");
  EXPECT_EQ(Status(), "");
  EXPECT_EQ(clone_.Git({"fsck", "--strict", "--no-dangling"}), "");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSign, WritesAFailureOverASuccessAndASuccessOverAFailure) {
  ChangeCode();
  for (const char* status : {"SUCCESS", "FAILED", "SUCCESS"})
    ExpectSignedBy(Sign("ci", status), "ci@example.invalid");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSign, SignsALogThatGoesOntoAnotherBranch) {
  const ObjectId validated = ChangeCode();
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  const Ran ran = Sign("ci", "SUCCESS", {"--onto", "main"});
  ExpectSignedBy(ran, "ci@example.invalid");
  EXPECT_EQ(FilesIn("main"), kBoth);
  EXPECT_EQ(clone_.Id("HEAD"), validated);
  EXPECT_EQ(Status(), "");
  EXPECT_EQ(Push("main"), "ALLOW refs/heads/main evidence-only");
  clone_.Git({"switch", "-q", "main"});
  clone_.Merge("topic");
  EXPECT_EQ(Push("main"), kExact);
}

TEST_F(RecordSign, SignsWhereThePolicyAsksNobody) {
  PutPolicy("", "");
  ChangeCode();
  const Ran ran = Sign("stranger");
  ExpectRecorded(ran);
  EXPECT_NE(ran.out.find(", signed; it is about "), std::string::npos) << ran.out;
  EXPECT_EQ(FilesIn("HEAD"), kBoth);
  ExpectNothing(Sign("stranger"), "says this already, signed\n");
  ExpectRecorded(Sign("ada"));
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSign, SignsInAShallowClone) {
  Demand("must_not_be_author: true");
  const GitRepo shallow =
      GitRepo::Clone(sandbox_, server_.url(), "shallow", {"--depth=1", "--branch=main"});
  const Ran ran = RecordIn(
      shallow, {"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--sign", Key("ada")});
  ExpectSignedBy(ran, "ada@example.invalid");
}

// --- twice is once ----------------------------------------------------------------------------

TEST_F(RecordSign, TheSameByTheSameKeyIsNothingToRecord) {
  ChangeCode();
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  const ObjectId recorded = clone_.Id();
  ExpectNothing(Sign("ci"), "says this already, signed by ci@example.invalid\n");
  ExpectNothing(RecordStaging("SUCCESS"));
  EXPECT_EQ(clone_.Id(), recorded);
  ExpectSignedBy(Sign("ada"), "ada@example.invalid");
  EXPECT_EQ(clone_.Id("HEAD^"), recorded);
}

TEST_F(RecordSign, ASignatureThatWasMissingIsSomethingToRecord) {
  ChangeCode();
  ExpectWarned(RecordStaging("SUCCESS"), "WRITER_UNSIGNED " + kLog);
  const Ran again = RecordStaging("SUCCESS");
  EXPECT_TRUE(again.out.starts_with("nothing to record")) << again.out;
  EXPECT_NE(again.err.find("WRITER_UNSIGNED"), std::string::npos) << again.err;
  EXPECT_EQ(Push(), Blocked("WRITER_UNSIGNED"));
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSign, ASignatureThatDoesNotCountIsRecordedAnew) {
  Demand("unsigned: allow");
  ChangeCode();
  ExpectRecorded(RecordStaging("SUCCESS"));
  const std::string damaged = "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n";
  clone_.CommitFile(kSig, damaged);
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_EQ(FilesIn("HEAD"), "100644 " + kLog);
  clone_.CommitFile(kSig, damaged);
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  clone_.CommitFile(kLog, clone_.Read(kLog) + "\n");
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSign, WhatIsNoSignatureIsContentAndIsNotRecordedOver) {
  ChangeCode();
  clone_.CommitFile(kSig, "#!/bin/sh\n");
  ExpectRefused(passed_, kSig + " is no signature of a log beside it, so it counts as content");
  clone_.CommitFile(kLog, StagingLog(clone_.Id()));
  ExpectRefused(passed_, kSig + " is no signature of a log beside it, so it counts as content");
}

TEST_F(RecordSign, ASignatureGoesWhereAnUnsignedLogComes) {
  ChangeCode();
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  const Ran ran = RecordStaging("FAILED");
  ExpectWarned(ran, "WRITER_UNSIGNED " + kLog);
  EXPECT_NE(ran.out.find(", no longer signed; it is about "), std::string::npos) << ran.out;
  EXPECT_EQ(FilesIn("HEAD"), "100644 " + kLog);
  EXPECT_FALSE(fs::exists(clone_.path() + "/" + kSig));
  EXPECT_EQ(Status(), "");
}

// --- whose signature counts -------------------------------------------------------------------

TEST_F(RecordSign, AKeyThatThePolicyDoesNotListIsRefusedBeforeAnythingIsWritten) {
  ChangeCode();
  ExpectRefused(
      {"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--sign", Key("stranger")},
      "the gate would not count this signature: policy wants one of " + kSigners +
          ", and it is a signature by the key SHA256:");
  EXPECT_EQ(clone_.Git({"for-each-ref", "refs/verdicts"}), "");
  clone_.CommitFile(kSigners, LineOf("stranger"), "me too");
  ExpectRefused(
      {"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--sign", Key("stranger")},
      "which is not in that file");
}

TEST_F(RecordSign, AKeyWhoseTimeIsOverIsRefused) {
  Demand("unsigned: deny", LineOf("ci", "valid-before=\"20200101\" "));
  ChangeCode();
  ExpectRefused({"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--sign", Key("ci")},
                "which does not count for git-verdict at that time");
}

TEST_F(RecordSign, AnAuthorIsWarnedWhereThePolicyWantsAnother) {
  Demand("must_not_be_author: true");
  ChangeCode();
  ExpectWarned(Sign("ada"), "WRITER_IS_AUTHOR " + kLog);
  EXPECT_EQ(Push(), Blocked("WRITER_IS_AUTHOR"));
  ExpectSignedBy(Sign("ci"), "ci@example.invalid");
  ExpectSignedBy(Sign("ada", "FAILED"), "ada@example.invalid");
}

// --- keys of other kinds ----------------------------------------------------------------------

TEST_F(RecordSign, AnAgentSignsForAPublicKey) {
  ChangeCode();
  const std::string line =
      "mv '" + Key("ci") + "' '" + Key("elsewhere") + "'\nssh-agent sh -c 'ssh-add -q \"" +
      Key("elsewhere") +
      "\" && \"$VERDICT\" record staging --work-item WI-1 --status SUCCESS --sign \"" +
      Key("ci.pub") + "\"'";
  ExpectSignedBy(Shell(clone_.path(), line), "ci@example.invalid");
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSign, APublicKeyWithoutAnAgentSignsNothing) {
  ChangeCode();
  fs::rename(Key("ci"), Key("elsewhere"));
  ExpectFault(Sign("ci.pub"), "No private key found for public key");
  ExpectFault(RecordStaging("SUCCESS", {"--sign", Key("ci.pub")}), "ssh-add");
}

class RecordSignLocked : public RecordSign {
 protected:
  RecordSignLocked() {
    Keygen({"-q", "-p", "-N", "a passphrase", "-f", "ci"});
    ChangeCode();
  }

  Ran SignAtTerminal(const std::string& answer) const {
    return test::RunAtTerminal({kProgram, "record", "staging", "--work-item", "WI-1", "--status",
                                "SUCCESS", "--sign", Key("ci")},
                               clone_.path(), PlainEnvironment({{"DISPLAY", ":99"}}),
                               "Enter passphrase: ", answer);
  }
};

TEST_F(RecordSignLocked, AKeyWithAPassphraseSignsNothingWhereNobodyCanBeAsked) {
  ExpectFault(Sign("ci"), "incorrect passphrase supplied to decrypt private key");
}

TEST_F(RecordSignLocked, AKeyWithAPassphraseSignsAtATerminal) {
  const Ran ran = SignAtTerminal("a passphrase\n");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(ran.out.starts_with("signing with " + Key("ci"))) << ran.out;
  EXPECT_EQ(ran.out.find("a passphrase\r"), std::string::npos) << "it was shown";
  EXPECT_NE(ran.out.find("signed by ci@example.invalid"), std::string::npos) << ran.out;
  EXPECT_EQ(Push(), kExact);
}

TEST_F(RecordSignLocked, AKeyWithAPassphraseSignsNothingForAWrongOne) {
  const Ran ran = SignAtTerminal("another\n");
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.out.find("incorrect passphrase"), std::string::npos) << ran.out;
}

// --- what does not sign -----------------------------------------------------------------------

TEST_F(RecordSign, WhatIsNoKeySignsNothing) {
  ChangeCode();
  ExpectFault(Sign("nowhere"), "No such file or directory");
  test::WriteFile(Key("text"), "no key\n");
  ExpectFault(Sign("text"), "ssh-keygen does not sign with " + Key("text"));
  const Ran ran = RecordStaging("SUCCESS", {"--sign", ""});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.err, "git-verdict: --sign is empty (--help shows how)\n");
}

TEST_F(RecordSign, WhatSshKeygenSaysIsEscaped) {
  ChangeCode();
  const Ran ran = Sign("\x1b[31m");
  ExpectFault(ran, "Couldn't load public key " + Key("\\\\033[31m"));
  EXPECT_EQ(ran.err.find('\x1b'), std::string::npos);
}

TEST_F(RecordSign, WithoutSshKeygenNothingIsSigned) {
  if (!CanDoWithoutSshKeygen()) GTEST_SKIP() << "no namespace of mounts is to be had here";
  ChangeCode();
  const std::string record = "\"$VERDICT\" record staging --work-item WI-1 --status SUCCESS";
  ExpectFault(WithoutSshKeygen(clone_.path(), record + " --sign \"" + Key("ci") + "\""),
              "ssh-keygen is missing, so nothing can be signed");
  EXPECT_EQ(WithoutSshKeygen(clone_.path(), record).status, 0);
}

}  // namespace
}  // namespace e2e
