#include "hooks/git/writer.h"

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using gates::Code;
using gates::ObjectId;
using test::GitRepo;

constexpr const char* kLog = "docs/work-items/WI-1/15-staging-log.md";

class WriterTest : public GitTest {
 protected:
  WriterTest() {
    repo_.Write("app.txt", "one\n");
    repo_.Write("docs/guide.md", "# Guide\n");
    tip_ = repo_.Commit("a first version");
  }

  Writer Open() const { return Writer::Open(repo_.path()); }

  ObjectId Write(const std::vector<PathChange>& changes) const {
    return Open().WriteCommit({.parent = tip_,
                               .changes = changes,
                               .author = {"Ada", "ada@example.invalid", 1'700'000'000, 90},
                               .committer = {"Bob", "bob@example.invalid", 1'700'000'060, -300},
                               .message = "record\n\nRefs: WI-1\n"});
  }

  std::string Paths(const ObjectId& commit) const {
    return repo_.Git({"ls-tree", "-r", "--format=%(objectmode) %(path)", commit.hex()});
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
  ObjectId tip_;
};

TEST_F(WriterTest, PutsAFileIntoACommitAndLeavesTheRest) {
  const ObjectId blob = Open().WriteBlob("a log\n");
  const ObjectId commit = Write({{kLog, blob}});
  EXPECT_EQ(repo_.Git({"show", commit.hex() + ":" + kLog}), "a log");
  EXPECT_EQ(Paths(commit), "100644 app.txt\n100644 docs/guide.md\n100644 " + std::string(kLog));
  EXPECT_EQ(repo_.Git({"diff", "--name-status", tip_.hex(), commit.hex()}),
            "A\t" + std::string(kLog));
  EXPECT_EQ(repo_.Git({"fsck", "--strict", "--no-dangling"}), "");
}

TEST_F(WriterTest, ReplacesAFileAndRemovesOne) {
  const ObjectId blob = Open().WriteBlob("two\n");
  const ObjectId commit = Write({{"app.txt", blob}, {"docs/guide.md", std::nullopt}});
  EXPECT_EQ(Paths(commit), "100644 app.txt") << "an empty folder is nothing";
  EXPECT_EQ(Paths(Write({{"none", std::nullopt}, {"docs/none/none", std::nullopt}})), Paths(tip_));
}

TEST_F(WriterTest, WritesWhoWhenAndWhyAsGitDoes) {
  EXPECT_EQ(repo_.Git({"cat-file", "commit", Write({}).hex()}),
            "tree " + repo_.Id("HEAD^{tree}").hex() + "\nparent " + tip_.hex() +
                "\nauthor Ada <ada@example.invalid> 1700000000 +0130\n"
                "committer Bob <bob@example.invalid> 1700000060 -0500\n\nrecord\n\nRefs: WI-1");
}

TEST_F(WriterTest, MovesNoRefByItself) {
  const std::string before = repo_.Git({"for-each-ref"});
  Write({{kLog, Open().WriteBlob("a log\n")}});
  EXPECT_EQ(repo_.Git({"for-each-ref"}), before);
}

TEST_F(WriterTest, MovesARefThatStandsWhereItShould) {
  const ObjectId commit = Write({});
  EXPECT_EQ(
      Open().MoveRef("refs/heads/main", tip_, commit, {"Ada", "a@b", 1'700'000'000, 0}, "why"),
      RefMove::kMoved);
  EXPECT_EQ(repo_.Id("main"), commit);
  for (const char* ref : {"main", "HEAD"})
    EXPECT_EQ(repo_.Git({"reflog", "-1", "--format=%gs %gn", ref}), "why Ada");
}

TEST_F(WriterTest, MovesADetachedHead) {
  repo_.Git({"switch", "-q", "--detach"});
  const ObjectId commit = Write({});
  EXPECT_EQ(Open().MoveRef("HEAD", tip_, commit, {"Ada", "a@b", 1'700'000'000, 0}, "why"),
            RefMove::kMoved);
  EXPECT_EQ(repo_.Id(), commit);
  EXPECT_EQ(repo_.Id("main"), tip_);
}

TEST_F(WriterTest, LeavesARefThatSomebodyElseMoved) {
  const ObjectId commit = Write({});
  const ObjectId theirs = repo_.CommitFile("app.txt", "theirs\n");
  EXPECT_EQ(Open().MoveRef("refs/heads/main", tip_, commit, {"Ada", "a@b", 1, 0}, "why"),
            RefMove::kLost);
  EXPECT_EQ(repo_.Id("main"), theirs);
  repo_.Git({"switch", "-q", "--detach"});
  repo_.Git({"branch", "-q", "-D", "main"});
  EXPECT_EQ(Open().MoveRef("refs/heads/main", theirs, commit, {"Ada", "a@b", 1, 0}, "why"),
            RefMove::kLost);
}

TEST_F(WriterTest, SaysWhichLockIsInTheWay) {
  repo_.Write(".git/refs/heads/main.lock", "");
  const auto fault = FaultOf([&] {
    Open().MoveRef("refs/heads/main", tip_, Write({}), {"Ada", "a@b", 1, 0}, "why");
  });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
  EXPECT_NE(std::string(fault.what()).find("refs/heads/main.lock"), std::string::npos)
      << fault.what();
  EXPECT_EQ(repo_.Id("main"), tip_);
}

TEST_F(WriterTest, PutsARefWhereverItStood) {
  const std::string ref = "refs/verdicts/WI-1/" + tip_.hex();
  for (const ObjectId& target : {tip_, tip_, Write({})}) {
    Open().PutRef(ref, target);
    EXPECT_EQ(repo_.Id(ref), target);
  }
}

TEST_F(WriterTest, ObeysTheConfigOfTheUser) {
  test::WriteFile(sandbox_.Path("home/.gitconfig"), "[user]\n\tname = Ada\n");
  EXPECT_EQ(Open().ConfigValue("user.name"), "Ada");
  EXPECT_EQ(Open().ConfigValue("user.email"), std::nullopt);
  repo_.Git({"config", "user.name", "Ada of this one"});
  EXPECT_EQ(Open().ConfigValue("user.name"), "Ada of this one");
}

TEST_F(WriterTest, KnowsItsWorkTree) {
  repo_.Git({"worktree", "add", "-q", sandbox_.Path("linked"), "-b", "linked"});
  const Writer linked = Writer::Open(sandbox_.Path("linked"));
  EXPECT_EQ(linked.work_tree(), sandbox_.Path("linked/"));
  EXPECT_EQ(linked.git_directory(), repo_.path() + "/.git/worktrees/linked/");
  EXPECT_EQ(Writer::Open(repo_.path() + "/docs").work_tree(), repo_.path() + "/");
  EXPECT_EQ(Writer::Open(GitRepo::InitBare(sandbox_).path()).work_tree(), std::nullopt);
}

TEST_F(WriterTest, CannotWriteWhereSomethingIsInTheWay) {
  const std::string id = repo_.Git({"hash-object", "--stdin"}, "a blob that is new");
  repo_.Write(".git/objects/" + id.substr(0, 2), "no folder");
  EXPECT_EQ(FaultOf([&] { Open().WriteBlob("a blob that is new"); }).code,
            Code::kRepositoryUnreadable);
}

}  // namespace
}  // namespace git
