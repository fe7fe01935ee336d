#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using gates::Code;
using gates::ObjectId;
using test::GitRepo;

class RefsTest : public GitTest {
 protected:
  std::vector<std::string> NamesUnder(const std::string& prefix) const {
    std::vector<std::string> names;
    for (const gates::Ref& ref : Open(repo_).RefsUnder(prefix)) names.push_back(ref.name);
    return names;
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
  ObjectId commit_ = repo_.CommitFile("a", "1");
};

using Names = std::vector<std::string>;

TEST_F(RefsTest, FindsARefByItsFullNameOnly) {
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.FindRef("refs/heads/main"), commit_);
  EXPECT_EQ(repository.FindRef("HEAD"), commit_);
  for (const char* name :
       {"main", "heads/main", "refs/heads/none", "refs/heads", "refs/heads/Main"})
    EXPECT_EQ(repository.FindRef(name), std::nullopt) << name;
}

TEST_F(RefsTest, TakesAnInvalidNameForOneThatIsNotThere) {
  const auto repository = Open(repo_);
  for (const char* name : {"", "/", "refs/heads/..", "refs/heads/../../HEAD", "refs/heads/a b",
                           "refs/heads/main.lock", "refs/heads/main^", "refs/heads/main~0",
                           "refs/heads/main@{0}", "-main", "refs/heads/main:a", "config"}) {
    EXPECT_EQ(repository.FindRef(name), std::nullopt) << name;
    EXPECT_EQ(repository.SymbolicTarget(name), std::nullopt) << name;
  }
  using namespace std::string_view_literals;
  EXPECT_EQ(repository.FindRef("refs/heads/main\0x"sv), std::nullopt);
}

TEST_F(RefsTest, FindsNothingWhereAFolderOrAFileIsInTheWay) {
  repo_.Git({"branch", "a/b"});
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.FindRef("refs/heads/a"), std::nullopt);
  EXPECT_EQ(repository.FindRef("refs/heads/main/x"), std::nullopt);
}

TEST_F(RefsTest, GivesATagObjectItself) {
  repo_.Git({"tag", "-a", "-m", "t", "v1"});
  const auto found = Open(repo_).FindRef("refs/tags/v1");
  EXPECT_EQ(found, repo_.Id("v1"));
  EXPECT_NE(found, commit_);
}

TEST_F(RefsTest, FindsPackedRefs) {
  repo_.Git({"branch", "other"});
  repo_.Git({"pack-refs", "--all"});
  EXPECT_EQ(Open(repo_).FindRef("refs/heads/other"), commit_);
  EXPECT_EQ(NamesUnder("refs/heads/"), (Names{"refs/heads/main", "refs/heads/other"}));
}

TEST_F(RefsTest, KnowsWhereASymbolicRefLeads) {
  repo_.Git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"});
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.SymbolicTarget("HEAD"), "refs/heads/main");
  EXPECT_EQ(repository.SymbolicTarget("refs/remotes/origin/HEAD"), "refs/remotes/origin/trunk");
  EXPECT_EQ(repository.SymbolicTarget("refs/heads/main"), std::nullopt);
  EXPECT_EQ(repository.FindRef("refs/remotes/origin/HEAD"), std::nullopt) << "not born";
}

TEST_F(RefsTest, KnowsAnUnbornHead) {
  const GitRepo empty = GitRepo::InitBare(sandbox_, "empty.git");
  EXPECT_EQ(Open(empty).SymbolicTarget("HEAD"), "refs/heads/main");
  EXPECT_EQ(Open(empty).FindRef("HEAD"), std::nullopt);
  EXPECT_TRUE(Open(empty).RefsUnder("refs/").empty());
}

TEST_F(RefsTest, ListsDirectRefsUnderAPrefixInNameOrder) {
  for (const char* name : {"z", "a/b", "main2", "M"}) repo_.Git({"branch", name});
  repo_.Git({"pack-refs", "--all"});
  repo_.Git({"branch", "k"});
  repo_.Git({"tag", "v1"});
  repo_.Git({"symbolic-ref", "refs/heads/alias", "refs/heads/main"});
  EXPECT_EQ(NamesUnder("refs/heads/"),
            (Names{"refs/heads/M", "refs/heads/a/b", "refs/heads/k", "refs/heads/main",
                   "refs/heads/main2", "refs/heads/z"}));
  EXPECT_EQ(NamesUnder("refs/heads/main"), (Names{"refs/heads/main", "refs/heads/main2"}));
  EXPECT_EQ(NamesUnder("refs/heads/a/"), Names{"refs/heads/a/b"});
  EXPECT_EQ(NamesUnder("refs/").size(), 7u);
  EXPECT_EQ(NamesUnder("").size(), 7u);
  for (const char* none : {"refs/notes/", "refs/*", "refs/head[s]", "refs/head?", "refs/heads\\"})
    EXPECT_EQ(NamesUnder(none), Names{}) << none;
}

TEST_F(RefsTest, SeesTheRefOfALinkedWorktreeAsItsOwnHead) {
  repo_.Git({"worktree", "add", "-q", "-b", "side", sandbox_.Path("linked")});
  const GitRepo linked(sandbox_.Path("linked"));
  const ObjectId side = linked.CommitFile("b", "2");
  const auto repository = Open(linked);
  EXPECT_EQ(repository.FindRef("HEAD"), side);
  EXPECT_EQ(repository.SymbolicTarget("HEAD"), "refs/heads/side");
  EXPECT_EQ(repository.FindRef("refs/heads/main"), commit_);
  EXPECT_EQ(Open(repo_).FindRef("HEAD"), commit_);
}

TEST_F(RefsTest, NamesARefThatIsGarbage) {
  test::WriteFile(repo_.git_directory() + "/refs/heads/broken", "garbage\n");
  const auto fault = FaultOf([&] { Open(repo_).FindRef("refs/heads/broken"); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
  EXPECT_NE(std::string(fault.what()).find("refs/heads/broken"), std::string::npos);
}

TEST_F(RefsTest, LeavesARefThatIsGarbageOutOfTheListAsGitDoes) {
  test::WriteFile(repo_.git_directory() + "/refs/heads/broken", "garbage\n");
  ASSERT_EQ(repo_.Git({"for-each-ref", "--format=%(refname)"}), "refs/heads/main");
  EXPECT_EQ(NamesUnder("refs/"), Names{"refs/heads/main"});
}

TEST_F(RefsTest, ALooseRefHidesThePackedOneWhateverItHolds) {
  for (const char* name : {"moved", "alias", "broken"}) repo_.Git({"branch", name});
  repo_.Git({"pack-refs", "--all"});
  const ObjectId next = repo_.CommitFile("a", "2");
  repo_.Git({"branch", "-f", "moved"});
  repo_.Git({"symbolic-ref", "refs/heads/alias", "refs/heads/main"});
  test::WriteFile(repo_.git_directory() + "/refs/heads/broken", "garbage\n");
  const auto refs = Open(repo_).RefsUnder("refs/heads/");
  ASSERT_EQ(NamesUnder("refs/heads/"), (Names{"refs/heads/main", "refs/heads/moved"}));
  EXPECT_EQ(refs[0].target, next);
  EXPECT_EQ(refs[1].target, next);
}

TEST_F(RefsTest, ListsWhatGitListsOfAnOddFolder) {
  const std::string heads = repo_.git_directory() + "/refs/heads/";
  test::WriteFile(heads + "main.lock", commit_.hex() + "\n");
  test::WriteFile(heads + "a b", commit_.hex() + "\n");
  test::WriteFile(heads + "short", commit_.hex().substr(1) + "\n");
  test::WriteFile(heads + "long", commit_.hex() + "0\n");
  test::WriteFile(heads + "empty", "");
  test::WriteFile(heads + "no-newline", commit_.hex());
  std::string upper = commit_.hex();
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  test::WriteFile(heads + "upper", upper + "\n");
  ASSERT_EQ(repo_.Git({"for-each-ref", "--format=%(refname)"}),
            "refs/heads/main\nrefs/heads/no-newline\nrefs/heads/upper");
  EXPECT_EQ(NamesUnder("refs/"),
            (Names{"refs/heads/main", "refs/heads/no-newline", "refs/heads/upper"}));
}

// No folder on the way is opened: that would fail here, the path is too long.
TEST_F(RefsTest, NoPrefixLeadsOutOfTheFolderOfRefs) {
  std::string prefix = "refs/heads/";
  for (int i = 0; i < 1000; ++i) prefix += "../heads/";
  EXPECT_EQ(NamesUnder(prefix), Names{});
}

TEST_F(RefsTest, NamesPackedRefsThatAreGarbage) {
  const std::string no_hex(40, 'x');
  for (const std::string& line : {std::string("garbage"), std::string("0123 refs/heads/short"),
                                  std::string(), no_hex + " refs/heads/x"}) {
    test::WriteFile(repo_.git_directory() + "/packed-refs", line + "\n");
    EXPECT_EQ(FaultOf([&] { Open(repo_).RefsUnder("refs/heads/"); }).code,
              Code::kRepositoryUnreadable)
        << line;
  }
}

TEST_F(RefsTest, AFolderThatCannotBeListedIsNotTakenForAnEmptyOne) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may list everything";
  const std::string folder = repo_.git_directory() + "/refs/heads/release";
  repo_.Git({"branch", "release/1"});
  std::filesystem::permissions(folder, std::filesystem::perms::none);
  EXPECT_EQ(FaultOf([&] { Open(repo_).RefsUnder("refs/heads/"); }).code,
            Code::kRepositoryUnreadable);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

TEST_F(RefsTest, RefusesASymbolicRefThatRunsInACircle) {
  test::WriteFile(repo_.git_directory() + "/refs/heads/x", "ref: refs/heads/y\n");
  test::WriteFile(repo_.git_directory() + "/refs/heads/y", "ref: refs/heads/x\n");
  EXPECT_EQ(FaultOf([&] { Open(repo_).FindRef("refs/heads/x"); }).code,
            Code::kRepositoryUnreadable);
}

}  // namespace
}  // namespace git
