// Ways past by what is in the change: its logs, its names, its dates.

#include <gtest/gtest.h>

#include "tests/e2e/hostile.h"
#include "tests/e2e/judged_server.h"

namespace e2e {
namespace {

class BypassChange : public JudgedServer {
 protected:
  BypassChange() { clone_.Git({"config", "core.hooksPath", "/dev/null"}); }

  void ExpectBlocked(const std::string& code) {
    ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main " + code);
  }

  void ExpectAllowed(const std::string& proof) {
    ExpectLands("git push origin topic:main");
    EXPECT_EQ(Headlines(said_), "ALLOW refs/heads/main " + proof);
  }

  void ServerPolicy(const std::string& text) const {
    clone_.CommitFile(".verdict.yml", text);
    PutOnServer("topic:main");
  }

  /// A commit with the tree of HEAD on HEAD, at this date.
  ObjectId CommitAt(long date) const {
    const ObjectId commit = clone_.WriteCommit(clone_.Id("HEAD^{tree}"), {clone_.Id()}, date,
                                               "at another time\n\nRefs: WI-1\n");
    clone_.Git({"reset", "-q", "--hard", commit.hex()});
    return commit;
  }
};

// Nothing in it tells it from an honest log: who may commit may write one.
TEST_F(BypassChange, ALogThatAPersonWroteLands) {
  RecordVerdict(ChangeCode());
  ExpectAllowed("exact");
}

TEST_F(BypassChange, AFailureThatAPersonTurnedIntoASuccessLands) {
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated, "FAILED");
  ExpectBlocked("VERDICT_FAILED");
  RecordVerdict(validated);
  ExpectAllowed("exact");
}

TEST_F(BypassChange, AFailureTurnedIntoASuccessCoversNoOtherBytes) {
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated, "FAILED");
  clone_.Write("app.txt", "three\n");
  RecordVerdict(validated);
  ExpectBlocked("STALE_CODE");
  RecordLog("---\nstaging_status: SUCCESS\ntimestamp: 2030-01-01T00:00:00Z\n---\n");
  clone_.Git({"reset", "-q", "--soft", "HEAD~2"});
  clone_.Git({"commit", "-q", "-m", "code and log in one"});
  ExpectBlocked("VERDICT_UNBOUND");
}

// The log names a commit that somebody staged; the words below the frontmatter are nobody's.
TEST_F(BypassChange, WhatStandsBelowTheFrontmatterLandsUnjudged) {
  const ObjectId validated = ChangeCode();
  RecordLog(StagingLog(validated) + "\n```sh\nrm -rf /\n```\n");
  ExpectAllowed("exact");
}

TEST_F(BypassChange, TheNameOfTheBranchSaysNothing) {
  ChangeCode();
  clone_.CommitFile("docs/work-items/WI-2/15-staging-log.md",
                    "---\nstaging_status: SUCCESS\nvalidated_sha: " + clone_.Id().hex() + "\n---\n",
                    "WI-2: staging log");
  clone_.Git({"switch", "-q", "-c", "feature/WI-2"});
  ExpectRefused("git push origin feature/WI-2:main", "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_NE(said_.find("WI-1 has no staging verdict"), std::string::npos) << said_;
}

TEST_F(BypassChange, ALaterCommitCannotVouchForAnEarlierOne) {
  ChangeCode();
  const ObjectId later = ChangeCode("three");
  clone_.Git({"push", "-q", "origin", "topic:scratch"});
  clone_.Git({"reset", "-q", "--hard", "HEAD~1"});
  RecordVerdict(later);
  ExpectBlocked("STALE_CODE");
}

TEST_F(BypassChange, ACommitThatTheServerDoesNotHaveVouchesForNothing) {
  ChangeCode();
  RecordVerdict(*ObjectId::FromHex(std::string(40, 'a')));
  ExpectRefused("git push origin topic:main", "CANNOT-EVALUATE refs/heads/main OBJECT_MISSING");
}

TEST_F(BypassChange, OneGateOfTwoIsNotEnough) {
  ServerPolicy("version: 1\ngates: {deploy: {required: true}}\n");
  const ObjectId validated = ChangeCode();
  const std::string named = "\nvalidated_sha: " + validated.hex() + "\n---\n";
  RecordVerdict(validated, "FAILED");
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: SUCCESS" + named);
  ExpectBlocked("VERDICT_FAILED");
  RecordVerdict(validated);
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: FAILED" + named);
  ExpectBlocked("VERDICT_FAILED");
  clone_.Git({"rm", "-q", kItem + "14-deploy-log.md"});
  clone_.Commit("no deploy log");
  ExpectBlocked("VERDICT_MISSING");
}

TEST_F(BypassChange, DatesDecideNothingWhereTheLogNamesItsCommit) {
  ChangeCode();
  const ObjectId validated = CommitAt(0);
  RecordVerdict(validated);
  ExpectAllowed("exact");
  ChangeCode("three");
  CommitAt(4'000'000'000);
  RecordVerdict(validated);
  ExpectBlocked("STALE_CODE");
}

// Only the dates speak for an older log, and their author writes them.
TEST_F(BypassChange, ADateThatLiesBindsAnOlderLog) {
  ChangeCode();
  CommitAt(1'600'000'000);
  const std::string older = "---\nstaging_status: SUCCESS\ntimestamp: 2021-01-01T00:00:00Z\n---\n";
  RecordLog(older);
  ExpectAllowed("exact");
  ServerPolicy("version: 1\nvalidated_sha: required\n");
  ChangeCode("three");
  CommitAt(1'600'000'000);
  RecordLog(older + "once more\n");
  ExpectBlocked("VERDICT_UNBOUND");
}

TEST_F(BypassChange, FoldersOfWorkItemsThatMovedTakeTheirLogsAlong) {
  PrepareLanding();
  ExpectAllowed("exact");
  clone_.Git({"mv", "docs/work-items", "docs/old"});
  clone_.Commit("move them\n\nRefs: WI-1");
  ExpectBlocked("VERDICT_MISSING");
}

TEST_F(BypassChange, LogsInAnotherFolderThanThePolicysAreNone) {
  const ObjectId validated = ChangeCode();
  for (const char* folder : {"docs/old/", "docs/work-items/more/", "old/docs/work-items/"})
    clone_.CommitFile(std::string(folder) + "WI-1/15-staging-log.md", StagingLog(validated));
  ExpectBlocked("VERDICT_MISSING");
}

TEST_F(BypassChange, APointerToALargeFileIsCodeLikeAnyOther) {
  const auto pointer = [](char c) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, c) +
           "\nsize 12345\n";
  };
  clone_.CommitFile("model.bin", pointer('a'), "a model\n\nRefs: WI-1");
  const ObjectId validated = clone_.Id();
  RecordVerdict(validated);
  clone_.CommitFile("model.bin", pointer('b'), "another one");
  ExpectBlocked("STALE_CODE");
  clone_.Git({"reset", "-q", "--hard", validated.hex()});
  RecordLog(pointer('a'));
  ExpectBlocked("VERDICT_FRONTMATTER");
}

TEST_F(BypassChange, AttributesAreCodeAndChangeNoBytes) {
  const std::string attributes = "* text eol=crlf ident export-ignore -merge filter=lie\n";
  clone_.CommitFile("id.txt", "$Id$\n");
  RecordVerdict(ChangeCode());
  clone_.CommitFile(".gitattributes", attributes, "attributes");
  ExpectBlocked("STALE_CODE");
  RecordVerdict(clone_.Id());
  ExpectAllowed("exact");
}

TEST_F(BypassChange, ATwinOfTheLogThatSomeDisksTakeForItIsCode) {
  const ObjectId validated = ChangeCode();
  RecordVerdict(validated);
  const std::string blob = clone_.Id("HEAD:app.txt").hex();
  for (const char* twin :
       {"15-staging-log.md.", "15-staging-log.md ", "15-STA~1.MD", "15-staging\xe2\x80\x8c-log.md",
        "15-staging-log.m\xcc\x80"
        "d",
        "15-staging-log.md::$DATA"}) {
    clone_.Git({"-c", "core.protectNTFS=false", "update-index", "--add", "--cacheinfo",
                "100644," + blob + "," + kItem + twin});
    clone_.Git({"commit", "-q", "-m", "a twin"});
    SCOPED_TRACE(twin);
    ExpectBlocked("STALE_CODE");
    clone_.Git({"reset", "-q", "--hard", "HEAD~1"});
  }
}

TEST_F(BypassChange, ATreeThatReadersDisagreeAboutDoesNotLand) {
  const ObjectId landing = PrepareLanding();
  const std::string app = test::RawEntry("100644", "app.txt", clone_.Id("HEAD:app.txt"));
  const std::string other = test::RawEntry("100644", "app.txt", clone_.WriteObject("blob", "x\n"));
  const std::string docs = test::RawEntry("40000", "docs", clone_.Id("HEAD:docs"));
  for (const std::string& bytes : {app + other + docs, other + app + docs, docs + app}) {
    const ObjectId commit =
        clone_.WriteCommit(clone_.WriteObject("tree", bytes), {landing}, 1'800'000'000);
    ExpectRefused("git push origin " + commit.hex() + ":main",
                  "BLOCK refs/heads/main TREE_MALFORMED");
  }
}

TEST_F(BypassChange, WhatStrangersChoseReachesThePusherEscaped) {
  PrepareLanding();
  for (const std::string name :
       {"::error::pwned", "\x1b[31mred", "a\n::error::b", "a\r\x1b[2Kremote: ALLOW",
        "\xe2\x80\xaegpj.sh", "##vso[task.complete]"}) {
    clone_.CommitFile(name, "x\n");
    ExpectBlocked("STALE_CODE");
    std::string words = said_.substr(0, said_.find("To ssh://"));
    for (size_t at; (at = words.find("remote: ")) != std::string::npos;) words.erase(at, 8);
    ExpectHarmless(words);
    clone_.Git({"reset", "-q", "--hard", "HEAD~1"});
  }
}

}  // namespace
}  // namespace e2e
