// Who signed a log, asked through the one decision function.

#include "gates/writers.h"

#include <gtest/gtest.h>

#include "tests/gates/writers.h"

namespace gates {
namespace {

using test::DeployLog;
using test::File;
using test::Files;
using test::kFailed;
using test::Passed;
using test::StagingLog;
using test::Told;
using test::Words;
using test::Writers;

TEST_F(Writers, ASignedLogLands) {
  const UpdateReport report = Move(base, Then(Signed(Log(staged))));
  EXPECT_EQ(Told(report), "ALLOW exact");
  EXPECT_EQ(report.work_items.at(0).gates.at(0).signed_by, Signers{"ci@example.org"});
}

TEST_F(Writers, NobodyIsAskedWhereThePolicyHasNone) {
  policy().writers.reset();
  world.LoseSignatures();
  const UpdateReport report = Move(base, Then(Signed(Log(staged), StagingLog(), "no-key")));
  EXPECT_EQ(Told(report), "ALLOW exact");
  EXPECT_EQ(world.signatures_asked(), 0);
  EXPECT_FALSE(report.work_items.at(0).gates.at(0).signed_by);
}

TEST_F(Writers, AnUnsignedLogIsRefusedUnlessPolicyLetsIt) {
  const ObjectId tip = Then({{StagingLog(), Log(staged)}});
  const UpdateReport report = Move(base, tip);
  EXPECT_EQ(Told(report), "BLOCK WRITER_UNSIGNED");
  EXPECT_EQ(report.findings.at(0).path, StagingLog());
  EXPECT_EQ(report.findings.at(0).work_item, "ORCH-1");
  EXPECT_EQ(report.findings.at(0).gate, "staging");
  EXPECT_EQ(report.work_items.at(0).gates.at(0).state, GateState::kUnsatisfied);
  EXPECT_EQ(report.work_items.at(0).gates.at(0).proof, Proof::kNone);
  writers().unsigned_logs = Unsigned::kAllow;
  EXPECT_EQ(Land(base, tip), "ALLOW exact");
  EXPECT_TRUE(Move(base, tip).work_items.at(0).gates.at(0).signed_by->empty());
}

TEST_F(Writers, ASignatureThatIsWrongIsRefusedEvenWhereLogsMayBeUnsigned) {
  writers().unsigned_logs = Unsigned::kAllow;
  const std::string signature = StagingLog() + ".sig";
  Files edited = Signed(Log(staged, {.status = "staging_status: FAILED"}));
  edited.insert_or_assign(StagingLog(), Log(staged));
  EXPECT_EQ(LandWith(edited), "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(LandWith(Signed(Log(staged), StagingLog(), "other-key")), "BLOCK WRITER_UNTRUSTED");
  for (const File& odd :
       {File("#!/bin/sh\n"), File(""), File(test::kSignature),
        test::Executable(world.Sign(Log(staged), "ci-key")), test::Symlink("x"), test::Gitlink(),
        File(Mode::kTree, world.Tree({})), File(Mode::kRegular, world.HugeBlob(64 * 1024 + 1))})
    EXPECT_EQ(LandWith({{StagingLog(), Log(staged)}, {signature, odd}}), "BLOCK WRITER_UNTRUSTED")
        << odd.text;
}

TEST_F(Writers, ASignedLogSaysWhatItIsAbout) {
  const std::string status = "staging_status: SUCCESS\n";
  const std::string item = "work_item: ORCH-1\n", named = "validated_sha: " + staged.hex() + "\n";
  const std::string written = "timestamp: 2026-03-01T12:00:00Z\n";
  EXPECT_EQ(LandWith(Signed("---\n" + status + item + named + written + "---\n")), "ALLOW exact");
  for (const std::string& lacking :
       {status + named + written, status + item + written, status + item + named,
        status + item + named + "timestamp: yesterday\n",
        status + item + named + "timestamp: 1970-01-01T00:00:00Z\n",
        status + item + named + "timestamp: 1969-12-31\n"})
    EXPECT_EQ(LandWith(Signed("---\n" + lacking + "---\n")), "BLOCK WRITER_UNTRUSTED") << lacking;
}

TEST_F(Writers, ASignedLogIsNeverBoundByInferenceOrByWhoAsks) {
  asked.validated = staged;
  const std::string unnamed =
      "---\nwork_item: ORCH-1\nstaging_status: SUCCESS\ntimestamp: 2026-03-01T12:00:00Z\n---\n";
  EXPECT_EQ(LandWith(Signed(unnamed)), "BLOCK WRITER_UNTRUSTED");
  asked.validated = base;
  EXPECT_EQ(LandWith(Signed(Log(staged))), "BLOCK VERDICT_UNBOUND");
}

TEST_F(Writers, ALogThatWasSignedForAnotherItemIsUntrusted) {
  const UpdateReport report = Move(base, Then(Signed(Log(staged, {.item = "ORCH-2"}))));
  EXPECT_EQ(Told(report), "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(report.findings.at(0).expected, "ORCH-1");
  EXPECT_EQ(report.findings.at(0).found, "ORCH-2");
  EXPECT_EQ(report.findings.at(0).line, 2);
  EXPECT_EQ(LandWith({{StagingLog(), Log(staged, {.item = "ORCH-2"})}}), "BLOCK VERDICT_FOREIGN");
}

TEST_F(Writers, ALogThatWasSignedForAnotherGateIsUntrusted) {
  const std::string deployed = Log(staged, {.status = "deploy_status: SUCCESS"});
  EXPECT_EQ(LandWith(Signed(deployed)), "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(LandWith(Signed(Log(staged, {.more = "deploy_status: SUCCESS\n"}))),
            "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(LandWith({{StagingLog(), deployed}}), "BLOCK VERDICT_KEY_MISSING");
  EXPECT_EQ(LandWith(Signed(Log(staged, {.status = "other_status: SUCCESS"}))),
            "BLOCK VERDICT_KEY_MISSING");
}

TEST_F(Writers, AKeyCountsThatWasValidWhenTheLogWasWritten) {
  trust.pinned->allowed_signers = "ci@example.org ci-key until 2026-03-01T12:00:01Z\n";
  EXPECT_EQ(LandWith(Signed(Log(staged))), "ALLOW exact");
  EXPECT_EQ(LandWith(Signed(Log(staged, {.timestamp = "2026-03-01T12:00:01Z"}))),
            "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(LandWith(Signed(Log(staged, {.timestamp = "2026-03-01T13:00:00+01:00"}))),
            "ALLOW exact");
}

TEST_F(Writers, FailuresAreRecordedBySignersToo) {
  const Words failed{.status = "staging_status: FAILED"};
  EXPECT_EQ(LandWith(Signed(Log(staged, failed))), "BLOCK VERDICT_FAILED");
  EXPECT_EQ(LandWith({{StagingLog(), Log(staged, failed)}}),
            "BLOCK VERDICT_FAILED WRITER_UNSIGNED");
  EXPECT_EQ(Land(base, On(base, Signed(Log(staged, failed)))), "ALLOW evidence-only");
  EXPECT_EQ(Land(base, On(base, {{StagingLog(), kFailed}})), "BLOCK WRITER_UNSIGNED");
}

TEST_F(Writers, AFailureOfAnotherItemIsRecordedByASigner) {
  Files files = Signed(Log(staged));
  files.insert({StagingLog("ORCH-2"), kFailed});
  EXPECT_EQ(LandWith(files), "BLOCK WRITER_UNSIGNED");
  files.merge(Signed(Log(staged, {.item = "ORCH-3", .status = "staging_status: FAILED"}),
                     StagingLog("ORCH-3")));
  files.erase(StagingLog("ORCH-2"));
  EXPECT_EQ(LandWith(files), "ALLOW exact");
}

TEST_F(Writers, OfAGateThatIsNotRequiredTheLogIsSignedWhereItChanges) {
  const std::string deployed = Log(staged, {.status = "deploy_status: SUCCESS"});
  Files files = Signed(Log(staged));
  files.insert({DeployLog(), deployed});
  EXPECT_EQ(LandWith(files), "BLOCK WRITER_UNSIGNED");
  files.merge(Signed(deployed, DeployLog()));
  EXPECT_EQ(LandWith(files), "ALLOW exact");
  files.insert_or_assign(DeployLog() + ".sig", world.Sign("other", "ci-key"));
  EXPECT_EQ(LandWith(files), "BLOCK WRITER_UNTRUSTED");
}

TEST_F(Writers, OfAGateThatIsNotRequiredNobodyAsksAboutWhatLandedBefore) {
  const Files before{{DeployLog(), Log(base, {.status = "deploy_status: SUCCESS"})}};
  const ObjectId old_base = On(base, before);
  const ObjectId tip = On(old_base, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  EXPECT_EQ(Land(old_base, On(tip, Signed(Log(tip)))), "ALLOW exact");
  Files files = Signed(Log(tip));
  files.insert({DeployLog() + ".sig", world.Sign("other", "ci-key")});
  EXPECT_EQ(Land(old_base, On(tip, files)), "BLOCK WRITER_UNTRUSTED");
  gate("deploy").required = true;
  EXPECT_EQ(Land(old_base, On(tip, Signed(Log(tip)))), "BLOCK WRITER_UNSIGNED");
}

TEST_F(Writers, TheSignatureOfALogMayNotGoWhereLogsMustBeSigned) {
  const ObjectId landed = Landed();
  const ObjectId stripped =
      world.Commit({.parents = {landed}, .drops = {StagingLog() + ".sig"}, .message = "Tidy up"});
  EXPECT_EQ(Land(landed, stripped), "BLOCK WRITER_UNSIGNED");
  writers().unsigned_logs = Unsigned::kAllow;
  EXPECT_EQ(Land(landed, stripped), "ALLOW evidence-only");
}

TEST_F(Writers, ASignatureThatComesAloneIsLookedAt) {
  writers().unsigned_logs = Unsigned::kAllow;
  const ObjectId landed = Then({{StagingLog(), Log(staged)}});
  const std::string signature = StagingLog() + ".sig";
  EXPECT_EQ(Land(landed, On(landed, {{signature, world.Sign(Log(staged), "ci-key")}})),
            "ALLOW evidence-only");
  EXPECT_EQ(Land(landed, On(landed, {{signature, world.Sign(Log(staged), "other-key")}})),
            "BLOCK WRITER_UNTRUSTED");
}

TEST_F(Writers, ALogWithoutContentIsLookedAtOnceWhateverChangedOfIt) {
  const UpdateReport report = Move(base, On(base, Signed(Log(base), StagingLog(), "other-key")));
  EXPECT_EQ(Told(report), "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(report.findings.at(0).work_item, "ORCH-1");
}

TEST_F(Writers, AnOlderLogIsNotPutBackOverANewerOne) {
  const ObjectId landed = Landed();
  const Words before{.timestamp = "2026-03-01T11:59:59Z"}, later{.timestamp = "2026-03-02"};
  const UpdateReport report = Move(landed, On(landed, Signed(Log(staged, before))));
  EXPECT_EQ(Told(report), "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(report.findings.at(0).expected, "later than 2026-03-01T12:00:00Z");
  EXPECT_EQ(report.findings.at(0).line, 5);
  EXPECT_EQ(Land(landed, On(landed, Signed(Log(staged, {.more = "run: 2\n"})))),
            "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(Land(landed, On(landed, Signed(Log(staged, later)))), "ALLOW evidence-only");
}

TEST_F(Writers, AnOlderLogIsNotPutBackWithContentEither) {
  const ObjectId landed = Landed();
  const ObjectId again = On(landed, {{"src/a", "3"}}, "Count\n\nRefs: ORCH-1\n");
  EXPECT_EQ(Land(landed, On(again, Signed(Log(again, {.timestamp = "2026-02-28"})))),
            "BLOCK WRITER_UNTRUSTED");
  EXPECT_EQ(Land(landed, On(again, Signed(Log(again, {.timestamp = "2026-03-02"})))),
            "ALLOW exact");
}

TEST_F(Writers, AnOlderLogIsNotPutBackByAMergeThatNobodyChangedAFileIn) {
  const ObjectId old = On(
      base, Signed(Log(base, {.item = "OLD-1", .timestamp = "2026-01-01"}), StagingLog("OLD-1")));
  const ObjectId now =
      On(old, Signed(Log(base, {.item = "OLD-1", .timestamp = "2026-01-02"}), StagingLog("OLD-1")));
  const ObjectId topic = On(old, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  Files files = Signed(Log(topic));
  const ObjectId kept = world.Commit({.parents = {now, topic}, .adds = {{"src/a", "2"}}});
  EXPECT_EQ(Land(now, On(kept, files)), "ALLOW exact");
  const ObjectId put_back = world.Commit({.parents = {topic, now}});
  EXPECT_EQ(Land(now, On(put_back, files)), "BLOCK WRITER_UNTRUSTED");
}

TEST_F(Writers, ALogIsNotTakenAwayToPutAnOlderOneInItsPlace) {
  Files landing = Signed(Log(staged));
  landing.merge(Signed(Log(staged, {.status = "deploy_status: SUCCESS"}), DeployLog()));
  const ObjectId landed = Then(landing);
  EXPECT_EQ(Land(base, landed), "ALLOW exact");
  const auto take_away = [&](const std::string& item) {
    const ObjectId tip = world.Commit({.parents = {landed},
                                       .adds = {{"src/a", "3"}},
                                       .drops = {DeployLog(), DeployLog() + ".sig"},
                                       .message = "Count\n\nRefs: " + item + "\n"});
    return On(tip, Signed(Log(tip, {.item = item, .timestamp = "2026-03-02"}), StagingLog(item)));
  };
  EXPECT_EQ(Land(landed, take_away("ORCH-1")), "BLOCK VERDICT_MISSING");
  policy().writers.reset();
  EXPECT_EQ(Land(landed, take_away("ORCH-1")), "ALLOW exact");
}

TEST_F(Writers, ASignatureThatNeverHadALogIsContentAndNoLog) {
  const ObjectId tip = On(staged, {{DeployLog() + ".sig", test::kSignature}});
  EXPECT_EQ(Land(base, On(tip, Signed(Log(tip)))), "ALLOW exact");
}

TEST_F(Writers, ALogIsNotTakenAwayByAMergeThatNobodyChangedAFileIn) {
  const ObjectId old = On(base, Signed(Log(base, {.item = "OLD-1"}), StagingLog("OLD-1")));
  const ObjectId topic = On(base, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  const ObjectId merge = world.Commit({.parents = {topic, old}});
  EXPECT_EQ(Land(old, On(merge, Signed(Log(topic)))), "BLOCK VERDICT_MISSING");
  policy().writers.reset();
  EXPECT_EQ(Land(old, On(merge, Signed(Log(topic)))), "ALLOW exact");
}

TEST_F(Writers, WhatTheBaseHoldsCountsOnlyWhereItsSignatureDoes) {
  const Files older = Signed(Log(staged, {.timestamp = "2026-01-01"}));
  for (const Files& held :
       {Signed(Log(staged), StagingLog(), "revoked-key"), Files{{StagingLog(), Log(staged)}},
        Signed("text"), Signed(Passed(staged))}) {
    const ObjectId now = Then(held);
    EXPECT_EQ(Land(now, On(now, older)), "ALLOW evidence-only") << held.begin()->second.text;
  }
}

TEST_F(Writers, NobodySignsWhatTheyWroteWherePolicyForbidsIt) {
  const Files by_ada = Signed(Log(staged), StagingLog(), "ada-key");
  EXPECT_EQ(LandWith(by_ada), "ALLOW exact");
  writers().must_not_be_author = true;
  const UpdateReport report = Move(base, Then(by_ada));
  EXPECT_EQ(Told(report), "BLOCK WRITER_IS_AUTHOR");
  EXPECT_EQ(report.findings.at(0).found, "Ada@Example.org");
  EXPECT_EQ(LandWith(Signed(Log(staged))), "ALLOW exact");
}

TEST_F(Writers, AnAuthorIsOneOfAnyCommitThatThePassedOneBringsAndNoOther) {
  writers().must_not_be_author = true;
  const ObjectId by_bob =
      world.Commit({.parents = {base}, .adds = {{"src/b", "1"}}, .author = "bob@example.org"});
  const ObjectId both = On(by_bob, {{"src/a", "2"}}, "Count\n\nRefs: ORCH-1\n");
  trust.pinned->allowed_signers = "bob@example.org bob-key\n";
  const auto by_key = [&](const ObjectId& tip) {
    return On(tip, Signed(Log(tip), StagingLog(), "bob-key"));
  };
  EXPECT_EQ(Land(base, by_key(both)), "BLOCK WRITER_IS_AUTHOR");
  EXPECT_EQ(Land(by_bob, by_key(both)), "ALLOW exact");
}

TEST_F(Writers, WhoOnlyCommitsTheLogIsNoAuthor) {
  writers().must_not_be_author = true;
  const ObjectId tip = world.Commit({.parents = {staged},
                                     .adds = Signed(Log(staged)),
                                     .message = "Record",
                                     .author = "ci@example.org"});
  EXPECT_EQ(Land(base, tip), "ALLOW exact");
}

TEST_F(Writers, WhoRecordedAFailureMaySignWhatIsMendedOnTopOfIt) {
  writers().must_not_be_author = true;
  const auto land_on = [&](Files recorded) {
    const ObjectId before = world.Commit({.parents = {staged},
                                          .adds = std::move(recorded),
                                          .message = "Record",
                                          .author = "ci@example.org"});
    const ObjectId mended = On(before, {{"src/a", "3"}}, "Mend\n\nRefs: ORCH-1\n");
    const std::string passed = Log(mended, {.timestamp = "2026-03-02"});
    return Land(base, On(mended, Signed(passed)));
  };
  Files failed = Signed(Log(staged, {.status = "staging_status: FAILED"}));
  EXPECT_EQ(land_on(failed), "ALLOW exact");
  failed.emplace("src/b", "2");
  EXPECT_EQ(land_on(failed), "BLOCK WRITER_IS_AUTHOR");
}

TEST_F(Writers, AnAuthorIsKnownInAnyCaseAndBehindAPattern) {
  writers().must_not_be_author = true;
  for (const char* principal : {"ada@example.org", "ADA@EXAMPLE.ORG", "*@example.org", "*",
                                "ada@example.or?", "ci@example.org\tkey\n*@EXAMPLE.org"}) {
    trust.pinned->allowed_signers = std::string(principal) + " key\n";
    EXPECT_EQ(LandWith(Signed(Log(staged), StagingLog(), "key")), "BLOCK WRITER_IS_AUTHOR")
        << principal;
  }
  for (const char* principal : {"ada@example", "xada@example.org", "ada@example.org.invalid",
                                "ada@exampleXorg", "*@example.com"}) {
    trust.pinned->allowed_signers = std::string(principal) + " key\n";
    EXPECT_EQ(LandWith(Signed(Log(staged), StagingLog(), "key")), "ALLOW exact") << principal;
  }
}

TEST_F(Writers, BlanksAroundAnAddressHideNobody) {
  writers().must_not_be_author = true;
  const ObjectId tip = world.Commit({.parents = {base},
                                     .adds = {{"src/a", "2"}},
                                     .message = "Count\n\nRefs: ORCH-1\n",
                                     .author = " \tada@example.org "});
  EXPECT_EQ(Land(base, On(tip, Signed(Log(tip), StagingLog(), "ada-key"))),
            "BLOCK WRITER_IS_AUTHOR");
}

TEST_F(Writers, AnAuthorMayRecordTheirOwnFailure) {
  writers().must_not_be_author = true;
  const std::string failed = Log(staged, {.status = "staging_status: FAILED"});
  EXPECT_EQ(Land(base, On(base, Signed(failed, StagingLog(), "ada-key"))), "ALLOW evidence-only");
  EXPECT_EQ(Land(base, On(base, Signed(Log(staged), StagingLog(), "ada-key"))),
            "BLOCK WRITER_IS_AUTHOR");
}

TEST_F(Writers, WhereThePassedCommitIsNotHereNobodyKnowsItsAuthors) {
  writers().must_not_be_author = true;
  const ObjectId elsewhere = *ObjectId::FromHex(std::string(40, 'b'));
  const UpdateReport report = Move(base, Then(Signed(Log(elsewhere))));
  EXPECT_EQ(Told(report), "CANNOT-EVALUATE OBJECT_MISSING");
  EXPECT_NE(report.findings.at(0).remedy.find("refs/verdicts/ORCH-1/"), std::string::npos);
  EXPECT_EQ(LandWith(Signed(Log(world.At(staged).tree))), "BLOCK WRITER_UNTRUSTED");
}

TEST_F(Writers, WhereNobodyCanTellWhoSignedNothingIsEvaluated) {
  const ObjectId tip = Landed();
  const ObjectId logs = On(base, Signed(Log(base)));
  world.LoseSignatures();
  const UpdateReport report = Move(base, tip);
  EXPECT_EQ(Told(report), "CANNOT-EVALUATE WRITER_UNTRUSTED");
  EXPECT_EQ(report.findings.at(0).remedy, "install it");
  EXPECT_EQ(report.findings.at(0).work_item, "ORCH-1");
  EXPECT_EQ(report.work_items.at(0).gates.at(0).state, GateState::kError);
  EXPECT_EQ(Land(base, logs), "CANNOT-EVALUATE WRITER_UNTRUSTED");
}

}  // namespace
}  // namespace gates
