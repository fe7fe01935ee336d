#include "hooks/git/checkouts.h"

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using test::GitRepo;

class CheckoutsTest : public GitTest {
 protected:
  CheckoutsTest() {
    repo_.CommitFile("a", "1");
    repo_.Git({"branch", "topic"});
    repo_.Git({"branch", "free"});
  }

  std::string Holder(const std::string& branch, const GitRepo& repo) const {
    const Repository repository = Open(repo);
    return FindCheckout("refs/heads/" + branch, repository.common_directory(),
                        repository.OwnConfig("core.bare"))
        .value_or("nobody");
  }
  std::string Holder(const std::string& branch) const { return Holder(branch, repo_); }

  GitRepo repo_ = GitRepo::Init(sandbox_);
};

TEST_F(CheckoutsTest, FindsTheBranchOfTheWorkTree) {
  EXPECT_EQ(Holder("main"), repo_.path());
  EXPECT_EQ(Holder("free"), "nobody");
  EXPECT_EQ(Holder("mai"), "nobody");
}

TEST_F(CheckoutsTest, FindsTheBranchesOfLinkedWorkTreesFromEachOfThem) {
  const std::string linked = sandbox_.Path("linked");
  repo_.Git({"worktree", "add", "-q", linked, "topic"});
  for (const GitRepo& repo : {repo_, GitRepo(linked)}) {
    EXPECT_EQ(Holder("topic", repo), linked);
    EXPECT_EQ(Holder("main", repo), repo_.path());
    EXPECT_EQ(Holder("free", repo), "nobody");
  }
}

TEST_F(CheckoutsTest, ABareRepositoryHasNothingCheckedOut) {
  const GitRepo bare = GitRepo::Clone(sandbox_, repo_.path(), "bare.git", {"--bare"});
  EXPECT_EQ(Holder("main", bare), "nobody");
  bare.Git({"worktree", "add", "-q", sandbox_.Path("linked"), "main"});
  EXPECT_EQ(Holder("main", bare), sandbox_.Path("linked"));
}

TEST_F(CheckoutsTest, ADetachedHeadHoldsNoBranch) {
  repo_.Git({"switch", "-q", "--detach"});
  EXPECT_EQ(Holder("main"), "nobody");
}

TEST_F(CheckoutsTest, ABranchThatIsRebasedOrBisectedIsHeldAsWell) {
  repo_.CommitFile("a", "2");
  repo_.Git({"switch", "-q", "topic"});
  repo_.CommitFile("a", "3");
  EXPECT_NE(repo_.TryGit({"rebase", "main"}).status, 0);
  EXPECT_EQ(Holder("topic"), repo_.path());
  repo_.Git({"rebase", "--abort"});
  repo_.Git({"switch", "-q", "main"});
  repo_.Git({"bisect", "start", "main", "main~1"});
  repo_.Git({"switch", "-q", "--detach"});
  EXPECT_EQ(Holder("main"), repo_.path());
}

}  // namespace
}  // namespace git
