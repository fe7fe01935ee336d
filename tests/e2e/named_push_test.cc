// A push that a hook manager names in variables, since it keeps git's input to itself.

#include <gtest/gtest.h>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

class NamedPush : public Story {
 protected:
  NamedPush() : before_(OnServer("main").hex()) {}

  /// The variables of pre-commit for a push of Ada's HEAD, `more` laid over them: an empty
  /// value takes one away.
  Environment Naming(const Environment& more = {}) const {
    Environment names{{"PRE_COMMIT", "1"},
                      {"PRE_COMMIT_REMOTE_NAME", "origin"},
                      {"PRE_COMMIT_REMOTE_URL", server_.path()},
                      {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/main"},
                      {"PRE_COMMIT_LOCAL_BRANCH", "refs/heads/topic"},
                      {"PRE_COMMIT_FROM_REF", before_},
                      {"PRE_COMMIT_TO_REF", clone_.Id().hex()}};
    for (const auto& [name, value] : more)
      for (auto& known : names)
        if (known.first == name) known.second = value;
    return names;
  }

  /// What the hook says to such a push: its headlines, behind its exit code.
  std::string Say(const Environment& more = {}, const std::string& input = "") {
    const Ran ran = Verdict(clone_.path(), {"hook", "pre-push"}, input, Naming(more));
    said_ = ran.err;
    return std::to_string(ran.status) + " " + Headlines(said_);
  }

  void ExpectUnknown(const Environment& more) {
    EXPECT_EQ(Say(more), "2 CANNOT-EVALUATE - INPUT_MALFORMED");
    EXPECT_NE(said_.find("nobody here knows"), std::string::npos) << said_;
    EXPECT_NE(said_.find("`git fetch`"), std::string::npos) << said_;
  }

  const std::string before_;
};

TEST_F(NamedPush, IsJudgedAsAnyOther) {
  ChangeCode();
  EXPECT_EQ(Say(), "1 BLOCK refs/heads/main VERDICT_MISSING");
  RecordVerdict(clone_.Id());
  EXPECT_EQ(Say(), "0 ALLOW refs/heads/main exact");
  EXPECT_EQ(Say({{"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/free"}}),
            "0 ALLOW refs/heads/free unprotected");
}

TEST_F(NamedPush, IsWhatTheInputOfGitSaysWhereThereIsOne) {
  PrepareLanding();
  const std::string good = clone_.Id().hex();
  ChangeCode("three");
  const std::string line = "refs/heads/topic " + clone_.Id().hex() + " refs/heads/main " + before_;
  const Environment planted = Naming({{"PRE_COMMIT_TO_REF", good}});
  const Ran ran =
      Verdict(clone_.path(), {"hook", "pre-push", "origin", server_.path()}, line + "\n", planted);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(Headlines(ran.err), "BLOCK refs/heads/main STALE_CODE");
}

TEST_F(NamedPush, OfAFirstCommitIsFoundByItsBranch) {
  clone_.Git({"switch", "-q", "--orphan", "fresh"});
  clone_.CommitFile("app.txt", "two\n");
  const Environment bare{{"PRE_COMMIT_FROM_REF", ""}, {"PRE_COMMIT_TO_REF", ""}};
  Environment by_name = bare;
  for (const std::string typed : {"refs/heads/fresh", "HEAD", "HEAD^{/change a file}"}) {
    by_name = bare;
    by_name.push_back({"PRE_COMMIT_LOCAL_BRANCH", typed});
    by_name.push_back({"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/release/1"});
    EXPECT_EQ(Say(by_name), "1 BLOCK refs/heads/release/1 REF_REWRITTEN") << typed;
    EXPECT_NE(said_.find(clone_.Id().hex12()), std::string::npos) << said_;
  }
  ExpectUnknown(bare);
  by_name.push_back({"PRE_COMMIT_LOCAL_BRANCH", "nowhere"});
  EXPECT_EQ(Say(by_name), "2 CANNOT-EVALUATE - INPUT_MALFORMED");
}

// What the variables say of the old value of a protected ref is only compared.
TEST_F(NamedPush, ThatDisagreesWithTheCloneCannotBeJudged) {
  PrepareLanding();
  ExpectUnknown({{"PRE_COMMIT_FROM_REF", clone_.Id("HEAD~").hex()}});
  EXPECT_NE(said_.find(before_), std::string::npos) << said_;
  ExpectUnknown({{"PRE_COMMIT_FROM_REF", ""}});
  const Environment free{{"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/free"},
                         {"PRE_COMMIT_FROM_REF", clone_.Id().hex()}};
  EXPECT_EQ(Say(free), "0 ALLOW refs/heads/free unprotected");
}

TEST_F(NamedPush, ToARemoteOfWhichNothingIsKnownCannotBeJudged) {
  PrepareLanding();
  ExpectUnknown({{"PRE_COMMIT_REMOTE_NAME", server_.path()}});
  const Environment first{{"PRE_COMMIT_REMOTE_NAME", "elsewhere"},
                          {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/release/1"},
                          {"PRE_COMMIT_FROM_REF", ""},
                          {"PRE_COMMIT_TO_REF", ""}};
  ExpectUnknown(first);
  EXPECT_NE(said_.find("--no-verify"), std::string::npos) << said_;
  // What main is at origin does not matter there.
  ExpectUnknown({{"PRE_COMMIT_REMOTE_NAME", "elsewhere"},
                 {"PRE_COMMIT_FROM_REF", ""},
                 {"PRE_COMMIT_TO_REF", ""}});
  EXPECT_NE(said_.find("--no-verify"), std::string::npos) << said_;
  EXPECT_EQ(said_.find(before_), std::string::npos) << said_;
  // What is protected there is what is protected here.
  clone_.CommitFile(".verdict.yml", "protected: ['sacred']\n");
  LandUnjudged("topic:main");
  ExpectUnknown({{"PRE_COMMIT_REMOTE_NAME", server_.path()},
                 {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/sacred"}});
  EXPECT_EQ(Say({{"PRE_COMMIT_REMOTE_NAME", server_.path()},
                 {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/free"}}),
            "0 ALLOW refs/heads/free unprotected");
}

// There may be a main by now: the variables do not say that there is none.
TEST_F(NamedPush, ThatIsTheFirstAsFarAsIsKnownCannotBeJudged) {
  LandUnjudged("topic:free");
  for (const std::string ref : {"refs/remotes/origin/HEAD", "refs/remotes/origin/main"})
    clone_.Git({"update-ref", "--no-deref", "-d", ref});
  ChangeCode();
  ExpectUnknown({});
  EXPECT_EQ(Say({{"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/free"}, {"PRE_COMMIT_FROM_REF", ""}}),
            "0 ALLOW refs/heads/free unprotected");
}

TEST_F(NamedPush, OfANewProtectedRefIsJudgedAsOne) {
  ChangeCode();
  LandUnjudged("topic:scratch");
  RecordVerdict(clone_.Id());
  // pre-commit names the parent of the first commit that the remote lacks.
  const Environment release{{"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/release/1"},
                            {"PRE_COMMIT_FROM_REF", clone_.Id("HEAD~").hex()}};
  EXPECT_EQ(Say(release), "0 ALLOW refs/heads/release/1 exact");
  clone_.CommitFile("app.txt", "three\n", "Say three\n\nRefs: WI-1");
  EXPECT_EQ(Say(release), "1 BLOCK refs/heads/release/1 STALE_CODE");
}

TEST_F(NamedPush, ThatIsNamedInPartCannotBeJudged) {
  PrepareLanding();
  const std::string id = clone_.Id().hex();
  for (const Environment& odd : std::vector<Environment>{
           {{"PRE_COMMIT_REMOTE_BRANCH", ""}},
           {{"PRE_COMMIT_REMOTE_BRANCH", "main"}},
           {{"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/\x1b[31m"}},
           {{"PRE_COMMIT_REMOTE_NAME", ""}, {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/free"}},
           {{"PRE_COMMIT_FROM_REF", id.substr(0, 12)}},
           {{"PRE_COMMIT_FROM_REF", "HEAD"}, {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/free"}},
           {{"PRE_COMMIT_TO_REF", ""}, {"PRE_COMMIT_LOCAL_BRANCH", ""}},
           {{"PRE_COMMIT_TO_REF", "no such commit"}}}) {
    EXPECT_EQ(Say(odd), "2 CANNOT-EVALUATE - INPUT_MALFORMED") << odd[0].first << odd[0].second;
    EXPECT_EQ(said_.find('\x1b'), std::string::npos);
  }
  EXPECT_EQ(Say({{"PRE_COMMIT_TO_REF", std::string(40, 'a')}}),
            "2 CANNOT-EVALUATE refs/heads/main OBJECT_MISSING");
}

TEST_F(NamedPush, ThatIsNoneIsNotTakenForAPushOfNothing) {
  const Environment by_hand{{"PRE_COMMIT", "1"}};
  const Ran ran = Verdict(clone_.path(), {"hook", "pre-push"}, "", by_hand);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("the hook manager names no push"), std::string::npos) << ran.err;
}

using PushInput = HookStory;

TEST_F(PushInput, ThatIsTheNullDeviceIsNotTakenForAPushOfNothing) {
  const std::string hook = "\"$VERDICT\" hook pre-push origin " + server_.path();
  const Ran null = Shell(clone_.path(), hook + " </dev/null");
  EXPECT_EQ(null.status, 2);
  EXPECT_NE(null.err.find("standard input is the null device"), std::string::npos) << null.err;
  const Ran empty = Shell(clone_.path(), ": | " + hook);
  EXPECT_EQ(empty.status, 0);
  EXPECT_EQ(empty.err, "0 refs: nothing was checked\n");
}

// Whatever git's own input is, the hook gets a pipe.
TEST_F(PushInput, OfGitWithNothingToSayIsAPushOfNothing) {
  for (const std::string push : {"git push origin main", "git push --dry-run origin main",
                                 "git push --tags origin", "git push --porcelain origin :"}) {
    const Ran ran = Shell(clone_.path(), push + " </dev/null");
    EXPECT_EQ(ran.status, 0) << push << "\n" << ran.err;
    EXPECT_NE(ran.err.find("0 refs: nothing was checked"), std::string::npos) << ran.err;
  }
  PrepareLanding();
  EXPECT_EQ(Shell(clone_.path(), "git push origin topic:main </dev/null").status, 0);
}

}  // namespace
}  // namespace e2e
