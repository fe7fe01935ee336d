// The hook that asks each commit for its work item, where the policy wants that.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

const std::string kAsked = "BLOCK - - WORK_ITEM_NONE";

class CommitMsg : public Story {
 protected:
  CommitMsg() { Install(""); }

  void Install(const std::string& options) const {
    const std::string hook = clone_.path() + "/.git/hooks/commit-msg";
    test::WriteFile(hook,
                    "#!/bin/sh\nexec '" + kProgram + "' hook commit-msg " + options + " \"$@\"\n");
    ASSERT_EQ(::chmod(hook.c_str(), 0755), 0);
  }

  /// From now on the default branch asks for a trailer.
  void Ask(const std::string& more = "") const {
    clone_.Write(".verdict.yml", "version: 1\nwork_items: {require_trailer: true" + more + "}\n");
    clone_.Git({"add", "."});
    clone_.Git({"commit", "-q", "--no-verify", "-m", "Merge branch 'policy'"});
    LandUnjudged("topic:main");
  }

  /// An empty commit, by `git commit <arguments>`.
  Ran Commit(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"commit", "-q", "--allow-empty"});
    return clone_.TryGit(arguments);
  }

  bool Takes(const std::string& message) const { return Commit({"-m", message}).status == 0; }

  /// Sets an editor that puts a text in front of what git has prepared.
  void SetEditor(const std::string& text) {
    test::WriteFile(sandbox_.Path("typed"), text);
    clone_.SetVariable("GIT_EDITOR", "sh -c 'cat \"" + sandbox_.Path("typed") +
                                         "\" \"$1\" >\"$1.new\" && mv \"$1.new\" \"$1\"' -");
  }
};

TEST_F(CommitMsg, AsksForNothingUnlessThePolicyDoes) {
  EXPECT_TRUE(Takes("a title"));
  clone_.CommitFile(".verdict.yml", "version: 1\nwork_items: {require_trailer: true}\n");
  EXPECT_TRUE(Takes("that policy has not landed yet"));
  LandUnjudged("topic:main");
  EXPECT_FALSE(Takes("a title"));
}

TEST_F(CommitMsg, RefusesAMessageThatNamesNoWorkItem) {
  Ask();
  const ObjectId before = clone_.Id();
  const Ran ran = Commit({"-m", "a title"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, kAsked +
                         "\n"
                         "  WORK_ITEM_NONE .git/COMMIT_EDITMSG\n"
                         "    expected `Refs: ID`, where ID matches [A-Z][A-Z0-9]*-[0-9]+: the\n"
                         "      last paragraph of the message names no work item\n"
                         "    fix: end it with an empty line and `Refs: ID`;\n"
                         "      `git commit -eF .git/COMMIT_EDITMSG` brings it back\n");
  EXPECT_EQ(clone_.Id(), before);
}

TEST_F(CommitMsg, ReadsTheTrailerAsTheGateDoes) {
  Ask();
  for (const std::string last :
       {"Refs: WI-1", "refs: see WI-1", "Refs: a, WI-1\nSigned-off-by: Ada", "Refs: WI-1\n\n\n"})
    EXPECT_TRUE(Takes("a title\n\n" + last)) << last;
  for (const std::string last : {"Refs: none", "Refs WI-1", "WI-1", " Refs: WI-1",
                                 "Refs: WI-1\n\nmore", "Refs: wi-1", "References: WI-1"})
    EXPECT_FALSE(Takes("a title\n\n" + last)) << last;
  EXPECT_FALSE(Takes("Refs: WI-1"));
  EXPECT_NE(Commit({"-m", "a title\n\nRefs: none, \x1b[31mwi-1"}).err.find("\\x1b[31mwi-1 none"),
            std::string::npos);
}

TEST_F(CommitMsg, GoesByTheTrailerAndTheIdsOfThePolicy) {
  Ask(", trailer: Item, id: '[a-z]+'");
  EXPECT_TRUE(Takes("a title\n\nItem: abc"));
  EXPECT_FALSE(Takes("a title\n\nRefs: WI-1"));
}

TEST_F(CommitMsg, PassesOverTheCommentsOfGit) {
  Ask();
  SetEditor("a title\n\nRefs: WI-1\n");
  EXPECT_EQ(Commit({}).status, 0);
  EXPECT_EQ(Commit({"--verbose"}).status, 0);
  EXPECT_EQ(Commit({"--cleanup=scissors"}).status, 0);
  for (const std::string mark : {";", "auto"}) {
    clone_.Git({"config", "core.commentChar", mark});
    EXPECT_EQ(Commit({}).status, 0) << mark;
    EXPECT_EQ(Commit({"--verbose"}).status, 0) << mark;
  }
  EXPECT_TRUE(Takes("#7 a title\n\nRefs: WI-1"));
  SetEditor("a title\n\n# Refs: WI-1\n");
  EXPECT_EQ(Commit({}).status, 1);
}

TEST_F(CommitMsg, LeavesAnEmptyMessageToGit) {
  Ask();
  SetEditor("");
  const Ran ran = Commit({});
  EXPECT_NE(ran.status, 0);
  EXPECT_EQ(ran.err, "Aborting commit due to empty commit message.\n");
}

TEST_F(CommitMsg, AsksNothingOfCommitsThatGitMakes) {
  Ask();
  clone_.Git({"commit", "-q", "--allow-empty", "--no-verify", "-m", "an old one"});
  EXPECT_EQ(Commit({"--fixup", "HEAD"}).status, 0);
  EXPECT_EQ(Commit({"--squash", "HEAD", "--no-edit"}).status, 0);
  clone_.Git({"switch", "-q", "-c", "side"});
  clone_.Git({"commit", "-q", "--allow-empty", "--no-verify", "-m", "beside"});
  clone_.Git({"switch", "-q", "topic"});
  EXPECT_EQ(clone_.TryGit({"merge", "--no-ff", "-m", "bring it in", "side"}).status, 0);
  EXPECT_EQ(Commit({"--amend", "-m", "Merge branch 'side'"}).status, 0);
  clone_.CommitFile("app.txt", "two\n", "Say two\n\nRefs: WI-1");
  EXPECT_EQ(clone_.TryGit({"revert", "--no-edit", "HEAD"}).status, 0);
  SetEditor("");
  EXPECT_EQ(clone_.TryGit({"revert", "--edit", "HEAD"}).status, 0);
}

TEST_F(CommitMsg, DoesNotHoldUpWhoMovesOldCommits) {
  Ask();
  const std::string old = clone_.Id().hex();
  for (const std::string text : {"two", "three"}) {
    clone_.Write("app.txt", text + "\n");
    clone_.Git({"commit", "-q", "-a", "--no-verify", "-m", "say " + text});
  }
  const std::string tip = clone_.Id().hex();
  EXPECT_EQ(clone_
                .TryGit({"-c", "core.editor=true", "-c", "sequence.editor=sed -i s/pick/reword/",
                         "rebase", "-i", old})
                .status,
            0);
  clone_.Git({"switch", "-q", "-c", "side", old});
  EXPECT_NE(clone_.TryGit({"cherry-pick", tip}).status, 0) << "this should conflict";
  clone_.Write("app.txt", "three\n");
  clone_.Git({"add", "app.txt"});
  EXPECT_EQ(clone_.TryGit({"-c", "core.editor=true", "cherry-pick", "--continue"}).status, 0);
  EXPECT_FALSE(Takes("a new one"));
}

TEST_F(CommitMsg, WantsAFileThatItCanRead) {
  Ask();
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"hook", "commit-msg"}, {"hook", "commit-msg", "nowhere"}})
    EXPECT_EQ(Verdict(clone_.path(), arguments).status, 2);
}

TEST_F(CommitMsg, RunsTheHookThatWasThereAfterwards) {
  Ask();
  test::WriteFile(clone_.path() + "/.git/kept", "#!/bin/sh\ncat \"$1\" >&2; exit 7\n");
  ASSERT_EQ(::chmod((clone_.path() + "/.git/kept").c_str(), 0755), 0);
  Install("--kept .git/kept --");
  EXPECT_EQ(Commit({"-m", "a title\n\nRefs: WI-1"}).err, "a title\n\nRefs: WI-1\n");
}

}  // namespace
}  // namespace e2e
