// What `git verdict record` does not do, and what it does in odd repositories.

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "tests/e2e/record_story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class RecordRefusal : public RecordStory {
 protected:
  RecordRefusal() { ChangeCode(); }

  std::string Path(const std::string& name) const { return clone_.path() + "/" + name; }

  void ExpectUsageError(const std::vector<std::string>& arguments, const std::string& part) const {
    const Ran ran = Record(arguments);
    EXPECT_EQ(ran.status, 2) << part;
    EXPECT_EQ(ran.out, "") << part;
    EXPECT_NE(ran.err.find(part), std::string::npos) << ran.err;
  }
};

// --- what was staged must be what is named ------------------------------------------------------

TEST_F(RecordRefusal, HeadIsNotNamedWhereItDoesNotHoldTheWorkTree) {
  clone_.Write("app.txt", "changed\n");
  ExpectRefused(passed_, "HEAD does not hold what is in the work tree: app.txt");
  clone_.Git({"add", "app.txt"});
  ExpectRefused(passed_, "HEAD does not hold what is in the work tree: app.txt");
  clone_.Git({"commit", "-q", "-m", "now it does"});
  ExpectRecorded(Record(passed_));
}

TEST_F(RecordRefusal, FilesThatNobodyTracksAndOtherLogsDoNotMatter) {
  clone_.CommitFile("docs/work-items/WI-2/15-staging-log.md", StagingLog(clone_.Id(), "FAILED"));
  clone_.Write("docs/work-items/WI-2/15-staging-log.md", StagingLog(clone_.Id()));
  clone_.Write("new.txt", "new\n");
  ExpectRecorded(Record(passed_));
}

TEST_F(RecordRefusal, NamesAFewOfManyFiles) {
  for (const char* name : {"a", "b", "c", "d", "e"}) clone_.Write(name, "x\n");
  clone_.Git({"add", "-A"});
  ExpectRefused(passed_, "a, b, c and 2 more");
}

// --- nobody's work is overwritten ---------------------------------------------------------------

TEST_F(RecordRefusal, ALogThatNobodyCommittedIsNotOverwritten) {
  clone_.Write(kLog, StagingLog(clone_.Id()));
  ExpectRefused(passed_, kLog + " has changes that no commit holds");
  clone_.Git({"add", kLog});
  ExpectRefused(passed_, kLog + " has changes that no commit holds");
  clone_.Commit("now one does");
  clone_.Write(kLog, "half a thought\n");
  ExpectRefused(passed_, kLog + " has changes that no commit holds");
  EXPECT_EQ(clone_.Read(kLog), "half a thought\n");
  clone_.Git({"checkout", "-q", "--", kLog});
  ExpectRecorded(RecordStaging("FAILED"));
}

TEST_F(RecordRefusal, ASignatureThatNobodyCommittedIsNotRemoved) {
  clone_.Write(kLog + ".sig", "mine\n");
  ExpectRefused(passed_, kLog + ".sig has changes that no commit holds");
}

TEST_F(RecordRefusal, ALogInAConflictIsNotOverwritten) {
  clone_.Git({"switch", "-q", "-c", "other"});
  ExpectRecorded(RecordStaging("FAILED"));
  clone_.Git({"switch", "-q", "topic"});
  ExpectRecorded(RecordStaging("SUCCESS"));
  EXPECT_NE(clone_.TryGit({"merge", "other"}).status, 0);
  ExpectRefused(passed_, kLog + " has changes that no commit holds");
}

TEST_F(RecordRefusal, ALogThatIsDeletedOnDiskIsWrittenAgain) {
  ExpectRecorded(RecordStaging("SUCCESS"));
  fs::remove(Path(kLog));
  ExpectRecorded(RecordStaging("FAILED"));
  EXPECT_EQ(Status(), "");
}

// --- no links are followed ----------------------------------------------------------------------

TEST_F(RecordRefusal, AFolderThatIsALinkIsNotWrittenThrough) {
  fs::create_directory(sandbox_.Path("elsewhere"));
  fs::create_directory_symlink(sandbox_.Path("elsewhere"), Path("docs/work-items"));
  ExpectRefused(passed_, kLog + " is no plain file in real folders");
  EXPECT_TRUE(fs::is_empty(sandbox_.Path("elsewhere")));
}

TEST_F(RecordRefusal, AFolderThatIsCommittedAsALinkIsNotReplaced) {
  fs::create_directory(sandbox_.Path("elsewhere"));
  fs::create_directory_symlink(sandbox_.Path("elsewhere"), Path("docs/work-items"));
  clone_.Commit("a link");
  ExpectRefused(passed_, "VERDICT_NOT_A_FILE docs/work-items");
}

TEST_F(RecordRefusal, AnythingButAFileInTheLogsPlaceIsNotReplaced) {
  fs::create_directories(Path(kItem));
  fs::create_symlink("../../../app.txt", Path(kLog));
  ExpectRefused(passed_, kLog + " is no plain file");
  clone_.Commit("a link");
  ExpectRefused(passed_, "VERDICT_NOT_A_FILE " + kLog);
  fs::remove(Path(kLog));
  clone_.Write(kLog + "/x", "");
  clone_.Commit("a folder");
  ExpectRefused(passed_, "VERDICT_NOT_A_FILE " + kLog);
}

TEST_F(RecordRefusal, AFolderWithATwinIsNotWrittenInto) {
  clone_.Git({"update-index", "--add", "--cacheinfo",
              "100644," + clone_.Id("HEAD:app.txt").hex() + ",Docs/guide.md"});
  clone_.Git({"commit", "-q", "-m", "a twin of docs"});
  clone_.Git({"checkout", "-q", "--", "."});
  ExpectRefused(passed_, "TREE_MALFORMED");
}

// --- who and where ----------------------------------------------------------------------------

TEST_F(RecordRefusal, SomebodyHasToRecordIt) {
  test::WriteFile(sandbox_.Path("home/.gitconfig"), "");
  ExpectRefused(passed_, "git does not know who you are: no user.name");
  ExpectRecorded(Record(passed_, "",
                        {{"GIT_AUTHOR_NAME", "Bob"},
                         {"GIT_AUTHOR_EMAIL", "bob@example.invalid"},
                         {"GIT_AUTHOR_DATE", "1700000000 +0100"},
                         {"GIT_COMMITTER_NAME", "CI"},
                         {"GIT_COMMITTER_EMAIL", "ci@example.invalid"}}));
  EXPECT_EQ(clone_.Git({"log", "-1", "--format=%an %ae %ad %cn %ce", "--date=raw"}),
            "Bob bob@example.invalid 1700000000 +0100 CI ci@example.invalid");
}

TEST_F(RecordRefusal, VariablesOfGitDoNotLeadElsewhere) {
  const GitRepo other = GitRepo::Init(sandbox_, "other");
  ExpectRecorded(Record(passed_, "",
                        {{"GIT_DIR", other.path() + "/.git"},
                         {"GIT_WORK_TREE", other.path()},
                         {"GIT_INDEX_FILE", other.path() + "/.git/index"}}));
  EXPECT_EQ(Status(), "");
}

TEST_F(RecordRefusal, ADetachedHeadIsABranchToo) {
  clone_.Git({"switch", "-q", "--detach"});
  const Ran ran = Record(passed_);
  ExpectRecorded(ran);
  EXPECT_NE(ran.out.find(" on the detached HEAD in "), std::string::npos) << ran.out;
  EXPECT_EQ(clone_.Id("HEAD^"), clone_.Id("topic"));
  EXPECT_EQ(Status(), "");
}

TEST_F(RecordRefusal, ALinkedWorkTreeIsAWorkTree) {
  const GitRepo linked(sandbox_.Path("linked"));
  clone_.Git({"worktree", "add", "-q", "-b", "linked", linked.path()});
  ExpectRecorded(RecordIn(linked, passed_));
  EXPECT_EQ(linked.Git({"status", "--porcelain"}), "");
  EXPECT_EQ(clone_.Id("linked^"), clone_.Id("topic"));
  EXPECT_EQ(Status(), "");
}

TEST_F(RecordRefusal, ASubfolderIsInTheWorkTree) {
  ExpectRecorded(RecordIn(GitRepo(Path("docs")), passed_));
  EXPECT_EQ(Status(), "");
}

TEST_F(RecordRefusal, ABranchWithoutACommitHoldsNothing) {
  const GitRepo empty = GitRepo::Init(sandbox_, "empty");
  const Ran ran = RecordIn(empty, passed_);
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("refs/heads/main has no commit yet"), std::string::npos) << ran.err;
}

TEST_F(RecordRefusal, ABareRepositoryHasNoBranchOfItsOwn) {
  const Ran ran = RecordIn(server_, passed_);
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("a bare repository has no current branch"), std::string::npos) << ran.err;
}

TEST_F(RecordRefusal, TheHooksOfCommitsDoNotRun) {
  for (const char* hook : {"pre-commit", "commit-msg", "prepare-commit-msg", "post-commit"}) {
    clone_.Write(std::string(".git/hooks/") + hook,
                 "#!/bin/sh\necho ran >> '" + sandbox_.Path("ran") + "'\nexit 1\n");
    fs::permissions(Path(std::string(".git/hooks/") + hook), fs::perms::owner_all);
  }
  ExpectRecorded(Record(passed_));
  EXPECT_FALSE(fs::exists(sandbox_.Path("ran")));
}

TEST_F(RecordRefusal, LineEndsOfTheWorkTreeDoNotChangeTheLog) {
  clone_.Git({"config", "core.autocrlf", "true"});
  ExpectRecorded(Record(passed_));
  EXPECT_EQ(Status(), "");
  EXPECT_EQ(LogAt("HEAD").find('\r'), std::string::npos);
  EXPECT_EQ(clone_.Read(kLog), LogAt("HEAD") + "\n");
}

TEST_F(RecordRefusal, AShallowCloneCanRecord) {
  const GitRepo shallow =
      GitRepo::Clone(sandbox_, server_.url(), "shallow", {"--depth=1", "--branch=main"});
  ExpectRecorded(RecordIn(shallow, passed_));
  EXPECT_EQ(shallow.Git({"status", "--porcelain"}), "");
}

TEST_F(RecordRefusal, AnotherGitAtWorkIsLeftToItsWork) {
  const std::string before = clone_.Git({"for-each-ref", "refs/heads"});
  for (const char* lock : {".git/index.lock", ".git/refs/heads/topic.lock"}) {
    clone_.Write(lock, "");
    const Ran ran = Record(passed_);
    EXPECT_EQ(ran.status, 2) << lock;
    EXPECT_NE(ran.err.find("lock"), std::string::npos) << ran.err;
    fs::remove(Path(lock));
    EXPECT_EQ(Status(), "") << lock;
    EXPECT_EQ(clone_.Git({"for-each-ref", "refs/heads"}), before);
  }
  ExpectRecorded(Record(passed_));
}

TEST_F(RecordRefusal, OneRecordAtATimeIsAtWorkInAWorkTree) {
  clone_.Write(".git/git-verdict.run", "");
  const int file = ::open(Path(".git/git-verdict.run").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(file, LOCK_EX | LOCK_NB), 0);
  ExpectRefused(passed_, "another `git verdict record` is at work in this work tree");
  ::close(file);
  ExpectRecorded(Record(passed_));
}

TEST_F(RecordRefusal, ManyAtOnceEndInWholeLogs) {
  clone_.Git({"branch", "-q", "-f", "main", "topic"});
  for (const std::string branch : {"topic", "main"}) {
    const std::string onto = branch == "main" ? "--onto main" : "";
    const Ran ran = Shell(clone_.path(),
                          "for item in 1 2 3 4 5 6 7 8; do\n"
                          "  \"$VERDICT\" record staging --work-item WI-$item --status SUCCESS \\\n"
                          "    --validated-sha topic~0 " +
                              onto +
                              " >/dev/null 2>&1 && echo WI-$item &\n"
                              "done; wait");
    const auto recorded = static_cast<size_t>(std::count(ran.out.begin(), ran.out.end(), '\n'));
    EXPECT_GE(recorded, 1U);
    EXPECT_EQ(std::stoul(clone_.Git({"rev-list", "--count", "origin/main.." + branch})),
              recorded + 1);
    const Ran show = Verdict(clone_.path(), {"show", branch});
    EXPECT_EQ(show.status, 0);
    EXPECT_EQ(static_cast<size_t>(std::count(show.out.begin(), show.out.end(), '\n')),
              recorded + 1);
    EXPECT_EQ(Status(), "");
  }
  EXPECT_EQ(clone_.Git({"fsck", "--strict", "--no-dangling"}), "");
}

// --- words that say nothing -------------------------------------------------------------------

TEST_F(RecordRefusal, ItsArgumentsMustSayOneThing) {
  ExpectUsageError({}, "gate is required");
  ExpectUsageError({"staging"}, "--work-item");
  ExpectUsageError({"staging", "--work-item", "WI-1"}, "either --results or --status");
  ExpectUsageError({"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--results", "-"},
                   "either --results or --status");
  ExpectUsageError({"staging", "--work-item", "WI-1", "--status", "success"},
                   "--status of staging is SUCCESS or FAILED, not 'success'");
  ExpectUsageError({"review", "--work-item", "WI-1", "--status", "SUCCESS"},
                   "--status of review is APPROVED or REQUEST_CHANGES");
  ExpectUsageError({"stagin", "--work-item", "WI-1", "--status", "SUCCESS"},
                   "the policy has no gate 'stagin' (there are staging, deploy, review)");
  ExpectUsageError({"staging", "--work-item", "../WI-1", "--status", "SUCCESS"},
                   "'../WI-1' is no work item ID");
  ExpectUsageError({"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--strict"},
                   "--base and --strict are about --results");
  ExpectUsageError({"staging", "--work-item", "WI-1", "--results", "none.json"}, "none.json");
}

TEST_F(RecordRefusal, WhatIsNoCommitCannotBeNamed) {
  const Ran ran = RecordStaging("SUCCESS", {"--validated-sha", "nowhere"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("--validated-sha 'nowhere' names no commit here"), std::string::npos)
      << ran.err;
}

TEST_F(RecordRefusal, AnAddressIsReadBackOrRefused) {
  for (const char* url : {"it's: a #1 \"place\"", "---", "caf\u00e9", "https://h/~a@b"}) {
    ExpectRecorded(RecordStaging("SUCCESS", {"--base-url", url}));
    EXPECT_EQ(Verdict(clone_.path(), {"show"}).status, 0) << url;
  }
  for (const char* url :
       {"a\nstaging_status: FAILED", "\x1b[31m", "a\tb", "\u202e", "https://ada:secret@h",
        "HTTP://ada@h/x", "ada:secret@h", "//ada:secret@h/", "http:/ada:secret@h", "http:ada@h"})
    ExpectUsageError({"staging", "--work-item", "WI-1", "--status", "SUCCESS", "--base-url", url},
                     "--base-url: ");
}

}  // namespace
}  // namespace e2e
