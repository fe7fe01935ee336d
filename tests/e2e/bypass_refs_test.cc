// Ways past by what a ref is called, where it leads, and when it is made.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/judged_server.h"

namespace e2e {
namespace {

class BypassRefs : public JudgedServer {
 protected:
  BypassRefs() { clone_.Git({"config", "core.hooksPath", "/dev/null"}); }

  /// Lands a change of WI-1, so that main holds more than the first version.
  void LandOne() {
    PrepareLanding();
    ExpectLands("git push origin topic:main");
  }

  void ServerPolicy(const std::string& text) const {
    clone_.CommitFile(".verdict.yml", text);
    PutOnServer("topic:main");
  }

  /// A push that lands under a name of its own and leaves main where it is.
  void ExpectBeside(const std::string& ref) {
    SCOPED_TRACE(ref);
    const ObjectId main = OnServer("main");
    const Ran push = clone_.TryGit({"push", "origin", "topic:" + ref});
    EXPECT_EQ(Headlines(push.err), "ALLOW " + ref + " unprotected");
    EXPECT_EQ(server_.Id(ref), clone_.Id("topic"));
    EXPECT_EQ(OnServer("main"), main);
  }
};

TEST_F(BypassRefs, ForceMovesNothingBack) {
  LandOne();
  clone_.Git({"commit", "-q", "--amend", "-m", "the same, in other words"});
  const std::string refused = "BLOCK refs/heads/main REF_REWRITTEN";
  ExpectRefused("git push --force origin topic:main", refused);
  ExpectRefused("git push --force-with-lease=main:topic@{1} origin topic:main", refused);
  ExpectRefused("git push origin +topic~2:main", refused);
  ExpectRefused("git push --prune origin +topic:main", refused);
}

TEST_F(BypassRefs, AMirrorDeletesNothing) {
  clone_.Git({"branch", "-q", "-m", "main", "other"});
  server_.Git({"config", "receive.denyDeleteCurrent", "ignore"});
  ExpectRefused("git push origin :main", "BLOCK refs/heads/main REF_DELETED");
  ExpectRefused("git push --mirror " + AddressOf(server_.path()),
                "BLOCK refs/heads/main REF_DELETED\nALLOW refs/heads/other unprotected\n"
                "ALLOW refs/heads/topic unprotected\nALLOW refs/remotes/origin/HEAD unprotected\n"
                "ALLOW refs/remotes/origin/main unprotected");
}

TEST_F(BypassRefs, MainThatItsOwnerDeletedIsNotMadeAnewUnjudged) {
  PutOnServer("origin/main:release/1");
  server_.Git({"update-ref", "-d", "refs/heads/main"});
  ChangeCode();
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main REF_REWRITTEN");
}

TEST_F(BypassRefs, AServerThatItsOwnerEmptiedTakesAFirstPush) {
  server_.Git({"update-ref", "-d", "refs/heads/main"});
  ChangeCode();
  ExpectLands("git push origin topic:main");
  EXPECT_EQ(Headlines(said_), "ALLOW refs/heads/main first-push");
}

TEST_F(BypassRefs, ABranchThatBecomesTheDefaultIsGuardedFromThenOn) {
  ChangeCode();
  ExpectBeside("refs/heads/main2");
  server_.Git({"symbolic-ref", "HEAD", "refs/heads/main2"});
  ChangeCode("three");
  ExpectRefused("git push origin topic:main2", "BLOCK refs/heads/main2 VERDICT_MISSING");
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectRefused("git push origin :main", "BLOCK refs/heads/main REF_DELETED");
}

TEST_F(BypassRefs, AProtectedTagIsJudgedAndStays) {
  ServerPolicy("version: 1\nprotected: [HEAD, 'refs/tags/v*']\n");
  ChangeCode();
  clone_.Git({"tag", "-a", "-m", "one", "v1"});
  ExpectRefused("git push origin v1", "BLOCK refs/tags/v1 VERDICT_MISSING");
  ExpectRefused("git push --follow-tags origin topic v1",
                "ALLOW refs/heads/topic unprotected\nBLOCK refs/tags/v1 VERDICT_MISSING");
  ExpectLands("git push origin origin/main:refs/tags/v2 && git reset -q --hard origin/main");
  ChangeCode("three");
  ExpectRefused("git push --force origin topic:refs/tags/v2", "BLOCK refs/tags/v2 REF_REWRITTEN");
  ExpectRefused("git push origin :refs/tags/v2", "BLOCK refs/tags/v2 REF_DELETED");
}

TEST_F(BypassRefs, ATagThatNoPolicyProtectsLandsWithAnything) {
  ChangeCode();
  ExpectBeside("refs/tags/v1");
  ExpectBeside("refs/tags/main");
}

TEST_F(BypassRefs, OtherNamespacesLandBesideMain) {
  ChangeCode();
  for (const char* ref : {"refs/for/main", "refs/changes/01/1/1", "refs/pull/1/merge",
                          "refs/merge-requests/1/head", "refs/notes/commits", "refs/meta/config",
                          "refs/remotes/origin/main", "refs/namespaces/x/refs/heads/main"})
    ExpectBeside(ref);
}

TEST_F(BypassRefs, ANamespaceOfThePushersIsNothingToTheServer) {
  ChangeCode();
  ExpectRefused("git --namespace=x push origin topic:main",
                "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING",
                {{"GIT_NAMESPACE", "x"}});
}

TEST_F(BypassRefs, NamesThatReadLikeMainAreRefused) {
  ChangeCode();
  for (const std::string name : {"heads/Main", "heads/MAIN", "HEADS/main", "Heads/Main",
                                 "heads/Release/1", "heads/RELEASE/1", "heads/main\xcc\x81"})
    ExpectRefused("git push origin topic:refs/" + name, "BLOCK refs/" + name + " REF_FORBIDDEN");
  for (const auto& [name, shown] : std::vector<std::pair<std::string, std::string>>{
           {"ma\xe2\x80\x8cin", "ma\\u{200C}in"},   // a zero-width non-joiner
           {"main\xe2\x80\x8b", "main\\u{200B}"},   // a zero-width space
           {"\xef\xbb\xbfmain", "\\u{FEFF}main"},   // a byte order mark
           {"main\xc2\xad", "main\\u{00AD}"},       // a soft hyphen
           {"main\xe2\x80\xae", "main\\u{202E}"}})  // a right-to-left override
    ExpectRefused("git push origin topic:refs/heads/" + name,
                  "BLOCK refs/heads/" + shown + " REF_FORBIDDEN");
}

TEST_F(BypassRefs, ALetterOfAnotherAlphabetMakesAnotherBranch) {
  ChangeCode();
  ExpectBeside("refs/heads/m\xd0\xb0in");
  ExpectBeside("refs/heads/heads/main");
  ExpectBeside("refs/heads/refs/heads/main");
  ExpectBeside("refs/heads/origin/main");
}

TEST_F(BypassRefs, OneBadRefAmongManyRefusesThemAll) {
  PrepareLanding();
  std::string headlines = "ALLOW refs/heads/main exact\nBLOCK refs/heads/release/1 VERDICT_MISSING";
  std::string commands;
  for (int i = 100; i < 400; ++i) {
    const std::string ref = "refs/heads/b" + std::to_string(i);
    commands += "create " + ref + " " + clone_.Id().hex() + "\n";
    headlines += "\nALLOW " + ref + " unprotected";
  }
  clone_.Git({"update-ref", "--stdin"}, commands);
  PutOnServer("origin/main:release/1");
  ExpectRefused("git push origin 'refs/heads/b*:refs/heads/b*' topic:main topic~1:release/1",
                headlines);
}

TEST_F(BypassRefs, ASymbolicRefMovesNothingUnjudged) {
  server_.Git({"config", "receive.denyDeleteCurrent", "ignore"});
  server_.Git({"symbolic-ref", "refs/heads/alias", "refs/heads/main"});
  server_.Git({"symbolic-ref", "refs/heads/twice", "refs/heads/alias"});
  server_.Git({"symbolic-ref", "refs/heads/next", "refs/heads/release/9"});
  ChangeCode();
  for (const std::string name : {"alias", "twice", "next"})
    ExpectRefused("git push origin topic:" + name, "BLOCK refs/heads/" + name + " VERDICT_MISSING");
  ExpectRefused("git push origin :alias", "BLOCK refs/heads/alias REF_DELETED");
  ExpectRefused("git push origin :twice", "BLOCK refs/heads/twice REF_DELETED");
  RecordVerdict(clone_.Id());
  ExpectLands("git push origin topic:alias");
  EXPECT_EQ(Headlines(said_), "ALLOW refs/heads/alias exact");
}

TEST_F(BypassRefs, TheDefaultBranchIsWhatASymbolicHeadLeadsToInTheEnd) {
  ServerPolicy("version: 1\nprotected: [HEAD]\n");
  server_.Git({"symbolic-ref", "refs/heads/trunk", "refs/heads/main"});
  server_.Git({"symbolic-ref", "HEAD", "refs/heads/trunk"});
  ChangeCode();
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectRefused("git push origin topic:trunk", "BLOCK refs/heads/trunk VERDICT_MISSING");
}

// What HEAD stands for in a policy is nothing then; names in full still hold.
TEST_F(BypassRefs, WhereTheServersHeadIsDetachedThePolicysHeadIsNoBranch) {
  ServerPolicy("version: 1\nprotected: [HEAD, 'release/*']\n");
  PutOnServer("topic:release/1");
  server_.Git({"update-ref", "--no-deref", "HEAD", OnServer("main").hex()});
  ASSERT_NE(server_.TryGit({"symbolic-ref", "-q", "HEAD"}).status, 0);
  ChangeCode();
  ExpectRefused("git push origin topic:release/1", "BLOCK refs/heads/release/1 VERDICT_MISSING");
  ExpectLands("git push origin topic:main");
  EXPECT_EQ(Headlines(said_), "ALLOW refs/heads/main unprotected");
}

// The policy names release/current; what it leads to is another ref.
TEST_F(BypassRefs, AProtectedSymbolicRefDoesNotProtectWhatItLeadsTo) {
  PutOnServer("origin/main:r7");
  server_.Git({"symbolic-ref", "refs/heads/release/current", "refs/heads/r7"});
  ChangeCode();
  ExpectRefused("git push origin topic:release/current",
                "BLOCK refs/heads/release/current VERDICT_MISSING");
  ExpectBeside("refs/heads/r7");
}

TEST_F(BypassRefs, ASymbolicRefWithoutAnEndCannotBeJudged) {
  test::WriteFile(server_.path() + "/refs/heads/x", "ref: refs/heads/y\n");
  test::WriteFile(server_.path() + "/refs/heads/y", "ref: refs/heads/x\n");
  ChangeCode();
  const Ran hook = Verdict(server_.path(), {"hook", "pre-receive"},
                           kZeros + " " + OnServer("main").hex() + " refs/heads/x\n",
                           {{"GIT_DIR", server_.path()}});
  EXPECT_EQ(hook.status, 2) << hook.err;
  EXPECT_EQ(Headlines(hook.err), "CANNOT-EVALUATE refs/heads/x REPOSITORY_UNREADABLE");
}

/// The branch of a worktree on the server says that nothing is protected.
class BypassWorktree : public BypassRefs {
 protected:
  BypassWorktree() {
    server_.Git({"config", "receive.denyDeleteCurrent", "ignore"});
    clone_.CommitFile(".verdict.yml", "version: 1\nprotected: [nothing]\n");
    ExpectBeside("refs/heads/loose");
    server_.Git({"worktree", "add", "-q", sandbox_.Path("deployed"), "loose"});
    clone_.Git({"reset", "-q", "--hard", "origin/main"});
    ChangeCode();
  }

  const std::string push_ = "git push " + AddressOf(sandbox_.Path("deployed")) + " ";
};

TEST_F(BypassWorktree, IsNoOtherJudge) {
  ExpectRefused(push_ + "topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectRefused(push_ + ":main", "BLOCK refs/heads/main REF_DELETED");
  RecordVerdict(clone_.Id());
  ExpectLands(push_ + "topic:main");
}

TEST_F(BypassWorktree, IsNoOtherJudgeForTheUpdateHook) {
  std::filesystem::remove(server_.path() + "/hooks/pre-receive");
  InstallOnServer("update", "\"$@\"");
  ExpectRefused(push_ + "topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectRefused(push_ + ":main", "BLOCK refs/heads/main REF_DELETED");
}

TEST_F(BypassRefs, ObjectsThatAreOnTheServerAlreadyAreJudgedAllTheSame) {
  ChangeCode();
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
  ExpectBeside("refs/heads/scratch");
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
  server_.Git({"repack", "-a", "-d", "-q"});
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_MISSING");
}

}  // namespace
}  // namespace e2e
