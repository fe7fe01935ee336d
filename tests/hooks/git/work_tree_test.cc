#include "hooks/git/work_tree.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using gates::Code;
using gates::ObjectId;
using test::GitRepo;
using Paths = std::vector<std::string>;

class WorkTreeTest : public GitTest {
 protected:
  WorkTreeTest() {
    repo_.Write("app.txt", "one\n");
    repo_.Write("docs/guide.md", "# Guide\n");
    tip_ = repo_.Commit("a first version");
  }

  Paths Unlike() const {
    const Writer writer = Writer::Open(repo_.path());
    return WorkTree(writer).PathsUnlike(tip_);
  }

  Staged At(const std::string& path) const {
    const Writer writer = Writer::Open(repo_.path());
    return WorkTree(writer).At(path);
  }

  std::string Status() const { return repo_.Git({"status", "--porcelain"}); }

  GitRepo repo_ = GitRepo::Init(sandbox_);
  ObjectId tip_;
};

TEST_F(WorkTreeTest, IsLikeTheCommitItWasCheckedOutFrom) {
  EXPECT_EQ(Unlike(), Paths{});
  repo_.Write("new.txt", "nobody tracks it\n");
  EXPECT_EQ(Unlike(), Paths{});
}

TEST_F(WorkTreeTest, IsUnlikeWhereAFileIsChanged) {
  repo_.Write("app.txt", "two\n");
  EXPECT_EQ(Unlike(), Paths{"app.txt"});
  repo_.Git({"add", "app.txt"});
  EXPECT_EQ(Unlike(), Paths{"app.txt"});
  repo_.Write("app.txt", "one\n");
  EXPECT_EQ(Unlike(), Paths{"app.txt"}) << "staged, and taken back on disk";
}

TEST_F(WorkTreeTest, IsUnlikeWhereAFileComesOrGoes) {
  repo_.Write("new.txt", "new\n");
  repo_.Git({"add", "new.txt"});
  EXPECT_EQ(Unlike(), Paths{"new.txt"});
  std::filesystem::remove(repo_.path() + "/app.txt");
  EXPECT_EQ(Unlike(), (Paths{"app.txt", "new.txt"}));
  repo_.Git({"rm", "-q", "--cached", "docs/guide.md"});
  EXPECT_EQ(Unlike(), (Paths{"app.txt", "docs/guide.md", "new.txt"}));
}

TEST_F(WorkTreeTest, IsUnlikeWhereAFileIsOfAnotherKind) {
  std::filesystem::permissions(repo_.path() + "/app.txt", std::filesystem::perms::owner_exec,
                               std::filesystem::perm_options::add);
  std::filesystem::remove(repo_.path() + "/docs/guide.md");
  std::filesystem::create_symlink("../app.txt", repo_.path() + "/docs/guide.md");
  EXPECT_EQ(Unlike(), (Paths{"app.txt", "docs/guide.md"}));
}

TEST_F(WorkTreeTest, IsUnlikeInAMergeThatConflicts) {
  repo_.Git({"switch", "-q", "-c", "topic"});
  repo_.CommitFile("app.txt", "theirs\n");
  repo_.Git({"switch", "-q", "main"});
  tip_ = repo_.CommitFile("app.txt", "ours\n");
  EXPECT_NE(repo_.TryGit({"merge", "topic"}).status, 0);
  EXPECT_EQ(Unlike(), Paths{"app.txt"});
  EXPECT_EQ(At("app.txt").kind, Staged::Kind::kConflict);
}

TEST_F(WorkTreeTest, IsLikeWhereASparseCheckoutLeavesFilesOut) {
  repo_.Git({"sparse-checkout", "set", "--no-cone", "/app.txt"});
  ASSERT_FALSE(std::filesystem::exists(repo_.path() + "/docs/guide.md"));
  EXPECT_EQ(Unlike(), Paths{});
}

TEST_F(WorkTreeTest, IsLikeWhereOnlyTheTimesOfFilesMoved) {
  std::filesystem::last_write_time(repo_.path() + "/app.txt",
                                   std::filesystem::file_time_type::clock::now());
  EXPECT_EQ(Unlike(), Paths{});
}

TEST_F(WorkTreeTest, KnowsWhatIsStaged) {
  EXPECT_EQ(At("app.txt").kind, Staged::Kind::kFile);
  EXPECT_EQ(At("app.txt").blob, repo_.Id("HEAD:app.txt"));
  EXPECT_EQ(At("none").kind, Staged::Kind::kNothing);
  repo_.Git({"update-index", "--chmod=+x", "app.txt"});
  EXPECT_EQ(At("app.txt").kind, Staged::Kind::kConflict) << "no log is executable";
}

TEST_F(WorkTreeTest, StagesOneFileAndLeavesTheRest) {
  repo_.Write("app.txt", "staged\n");
  repo_.Git({"add", "app.txt"});
  repo_.Write("docs/guide.md", "changed, and of another size\n");
  repo_.Write("docs/log.md", "a log\n");
  {
    const Writer writer = Writer::Open(repo_.path());
    WorkTree tree(writer);
    tree.Stage("docs/log.md", writer.WriteBlob("a log\n"));
    tree.Unstage("none");
    tree.Save();
  }
  EXPECT_EQ(Status(), "M  app.txt\n M docs/guide.md\nA  docs/log.md");
  EXPECT_EQ(repo_.Git({"diff-files", "--name-only"}), "docs/guide.md") << "no file looks touched";
}

TEST_F(WorkTreeTest, TakesOneFileOut) {
  {
    const Writer writer = Writer::Open(repo_.path());
    WorkTree tree(writer);
    tree.Unstage("app.txt");
    tree.Save();
  }
  EXPECT_EQ(Status(), "D  app.txt\n?? app.txt");
}

TEST_F(WorkTreeTest, SeesWhatAnotherGitHasStagedMeanwhile) {
  const Writer writer = Writer::Open(repo_.path());
  WorkTree tree(writer);
  repo_.Write("new.txt", "new\n");
  repo_.Git({"add", "new.txt"});
  tree.Reload();
  tree.Unstage("app.txt");
  tree.Save();
  EXPECT_EQ(Status(), "D  app.txt\nA  new.txt\n?? app.txt");
}

/// Gives a file a time within one and the same second, long ago.
void SetTime(const std::string& path, long nanoseconds) {
  const timespec time{1'700'000'000, nanoseconds}, times[] = {time, time};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0) << path;
}

// Git looks at a file that has the size and the second of its entry only where the index is of
// that second too.
TEST_F(WorkTreeTest, HidesNoEditOfTheSameSizeInTheSecondOfAnAdd) {
  repo_.Git({"config", "core.trustctime", "false"});
  const std::string file = repo_.path() + "/app.txt";
  SetTime(file, 1);
  SetTime(repo_.path() + "/docs/guide.md", 1);
  repo_.Git({"update-index", "--refresh"});
  repo_.Write("app.txt", "two\n");
  SetTime(file, 3);
  SetTime(repo_.path() + "/.git/index", 2);
  ASSERT_EQ(repo_.Git({"diff-files", "--name-only"}), "app.txt");
  {
    const Writer writer = Writer::Open(repo_.path());
    WorkTree(writer).Save();
  }
  EXPECT_EQ(repo_.Git({"diff-files", "--name-only"}), "app.txt");
  EXPECT_EQ(Unlike(), Paths{"app.txt"});
}

TEST_F(WorkTreeTest, RefusesAnIndexThatItCannotRead) {
  repo_.Git({"update-index", "--split-index"});
  EXPECT_EQ(FaultOf([&] { Unlike(); }).code, Code::kRepositoryUnsupported);
  repo_.Git({"update-index", "--no-split-index"});
  EXPECT_EQ(Unlike(), Paths{});
}

TEST_F(WorkTreeTest, SaysWhenTheIndexIsLocked) {
  repo_.Write(".git/index.lock", "");
  const Writer writer = Writer::Open(repo_.path());
  const auto fault = FaultOf([&] { WorkTree(writer).Save(); });
  EXPECT_NE(std::string(fault.what()).find(".git/index: the index is locked"), std::string::npos)
      << fault.what();
  EXPECT_NE(fault.remedy.find("remove its lock file"), std::string::npos);
}

}  // namespace
}  // namespace git
