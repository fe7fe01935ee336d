#include "hooks/git/index.h"

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using gates::Code;
using gates::StagedFile;
using test::GitRepo;
using Paths = std::vector<std::string>;

class IndexTest : public GitTest {
 protected:
  std::string File() const { return repo_.path() + "/.git/index"; }

  Paths PathsOf(StagedFile::Kind kind) const {
    Paths paths;
    for (const StagedFile& file : ReadIndex(File()))
      if (file.kind == kind) paths.push_back(file.path);
    return paths;
  }

  /// Lays bytes over the index, from some place on.
  void Damage(size_t place, const std::string& bytes) const {
    std::string text = test::ReadFile(File());
    text.replace(place, bytes.size(), bytes);
    test::WriteFile(File(), text);
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
};

TEST_F(IndexTest, ThatIsNotThereIsEmpty) { EXPECT_TRUE(ReadIndex(File()).empty()); }

TEST_F(IndexTest, HoldsWhatIsStagedAndNotWhatLiesInTheWorkTree) {
  repo_.Write("a", "one\n");
  repo_.Write("b/c", "two\n");
  repo_.Git({"add", "."});
  repo_.Git({"update-index", "--chmod=+x", "a"});
  const std::string id = repo_.Git({"rev-parse", ":a"});
  repo_.Write("a", "later\n");
  repo_.Write("d", "untracked\n");
  for (const std::string version : {"2", "4"}) {
    repo_.Git({"update-index", "--index-version", version});
    const auto files = ReadIndex(File());
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0].path, "a");
    EXPECT_EQ(files[0].mode, 0100755u);
    EXPECT_EQ(files[0].id.hex(), id);
    EXPECT_EQ(files[0].kind, StagedFile::Kind::kFile);
    EXPECT_EQ(files[1].path, "b/c");
  }
}

TEST_F(IndexTest, LeavesOutWhatIsOnlyMeantToBeAdded) {
  repo_.Write("a", "one\n");
  repo_.Write("b", "two\n");
  repo_.Git({"add", "a"});
  repo_.Git({"add", "--intent-to-add", "b"});
  EXPECT_EQ(PathsOf(StagedFile::Kind::kFile), Paths{"a"});
}

TEST_F(IndexTest, TellsWhatIsInConflict) {
  repo_.CommitFile("a", "one\n");
  repo_.Git({"switch", "-q", "-c", "side"});
  repo_.CommitFile("a", "two\n");
  repo_.Git({"switch", "-q", "main"});
  repo_.CommitFile("a", "three\n");
  EXPECT_NE(repo_.TryGit({"merge", "side"}).status, 0);
  EXPECT_EQ(PathsOf(StagedFile::Kind::kConflict), (Paths{"a", "a", "a"}));
  EXPECT_EQ(PathsOf(StagedFile::Kind::kFile), Paths{});
}

TEST_F(IndexTest, OfAKindThatCannotBeReadSaysHowToMakeItAnother) {
  repo_.CommitFile("a", "one\n");
  repo_.Git({"update-index", "--split-index"});
  const auto fault = FaultOf([&] { ReadIndex(File()); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnsupported);
  EXPECT_TRUE(fault.remedy.starts_with("`git update-index --no-split-index`")) << fault.remedy;
}

TEST_F(IndexTest, ThatIsDamagedIsNotRead) {
  repo_.CommitFile("a", "one\n");
  const std::string whole = test::ReadFile(File());
  for (const size_t place : {size_t{0}, size_t{20}, whole.size() - 20}) {
    test::WriteFile(File(), whole);
    Damage(place, std::string(8, '\0'));
    const auto fault = FaultOf([&] { ReadIndex(File()); });
    EXPECT_EQ(fault.code, Code::kRepositoryUnreadable) << place;
    EXPECT_NE(fault.remedy.find("`git reset`"), std::string::npos) << fault.remedy;
  }
}

// Such paths are in no tree that git writes, and would lead a reader of trees astray.
TEST_F(IndexTest, WithPathsThatGitDoesNotWriteIsNotRead) {
  repo_.Write("aa/b", "one\n");
  repo_.Write("ab/b", "two\n");
  repo_.Git({"add", "."});
  const std::string whole = test::ReadFile(File());
  for (const std::string odd : {"/a/b", "a//b", "aaa/", "zz/b", "ab/b"}) {
    std::string text = whole.substr(0, whole.size() - 20);
    text.replace(text.find("aa/b"), 4, odd);
    test::WriteFile(File(), text);
    const std::string sum = test::RunProgram({"sha1sum", File()}, sandbox_.Path(), {}).out;
    for (size_t i = 0; i < 40; i += 2)
      text += static_cast<char>(std::stoi(sum.substr(i, 2), nullptr, 16));
    test::WriteFile(File(), text);
    EXPECT_EQ(FaultOf([&] { ReadIndex(File()); }).code, Code::kRepositoryUnreadable) << odd;
  }
}

}  // namespace
}  // namespace git
