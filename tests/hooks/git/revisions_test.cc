#include <filesystem>

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using gates::Code;
using gates::ObjectId;
using test::GitRepo;

class RevisionsTest : public GitTest {
 protected:
  std::optional<ObjectId> Resolve(const std::string& revision) const {
    return Open(repo_).ResolveTyped(revision);
  }

  void ExpectAmbiguous(const std::string& revision) const {
    const auto fault = FaultOf([&] { Resolve(revision); });
    EXPECT_EQ(fault.code, Code::kInputMalformed) << revision;
    EXPECT_NE(std::string(fault.what()).find("is ambiguous"), std::string::npos) << fault.what();
  }

  void SetRef(const std::string& ref, const ObjectId& id) const {
    repo_.Git({"update-ref", ref, id.hex()});
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
  ObjectId first_ = repo_.CommitFile("a", "1");
  ObjectId second_ = repo_.CommitFile("a", "2");
};

TEST_F(RevisionsTest, AreWhatAUserTypes) {
  repo_.Git({"tag", "-a", "-m", "t", "v1", "HEAD~1"});
  for (const std::string& typed :
       {std::string("v1"), std::string("v1^{}"), std::string("HEAD~1"), std::string("main^"),
        std::string("main@{0}~1"), first_.hex(), first_.hex12(), repo_.Id("v1").hex()})
    EXPECT_EQ(Resolve(typed), first_) << typed;
  EXPECT_EQ(Resolve("main"), second_);
  EXPECT_EQ(Resolve("refs/heads/main"), second_);
  for (const char* typed :
       {"none", "HEAD~9", "HEAD:a", "HEAD^{tree}", "main..v1", "", "~", "@{bad", "refs/heads/none"})
    EXPECT_EQ(Resolve(typed), std::nullopt) << typed;
}

TEST_F(RevisionsTest, SayThatAFullIdIsMissing) {
  EXPECT_EQ(FaultOf([&] { Resolve(AbsentId().hex()); }).code, Code::kObjectMissing);
}

TEST_F(RevisionsTest, SayThatTheCommitOfARefIsMissing) {
  std::filesystem::remove(repo_.LooseObject(second_));
  for (const char* typed : {"HEAD", "main", "heads/main", "refs/heads/main", "main~1", "HEAD^{}"}) {
    const auto fault = FaultOf([&] { Resolve(typed); });
    EXPECT_EQ(fault.code, Code::kObjectMissing) << typed;
    EXPECT_EQ(fault.sha, second_.hex()) << typed;
  }
}

TEST_F(RevisionsTest, OfAHeadThatIsNotBornNameNothing) {
  const GitRepo empty = GitRepo::Init(sandbox_, "empty");
  EXPECT_EQ(Open(empty).ResolveTyped("HEAD"), std::nullopt);
}

TEST_F(RevisionsTest, MayBothBeATagAndABranchOfTheSameCommit) {
  repo_.Git({"tag", "-a", "-m", "t", "main", "HEAD"});
  EXPECT_EQ(Resolve("main"), second_);
}

TEST_F(RevisionsTest, ThatMeanTwoCommitsMeanNone) {
  SetRef("refs/tags/main", first_);
  for (const char* typed : {"main", "main~0", "main^{commit}", "main@{0}"}) ExpectAmbiguous(typed);
  EXPECT_EQ(Resolve("refs/heads/main"), second_);
  EXPECT_EQ(Resolve("heads/main"), second_);
  EXPECT_EQ(Resolve("tags/main"), first_);
}

TEST_F(RevisionsTest, InFullAreNothingElse) {
  SetRef("refs/tags/refs/heads/none", first_);
  SetRef("refs/tags/HEAD", first_);
  EXPECT_EQ(Resolve("refs/heads/none"), std::nullopt);
  EXPECT_EQ(Resolve("HEAD"), second_);
}

TEST_F(RevisionsTest, UnderTheNameOfARemoteAreItsBranches) {
  SetRef("refs/remotes/origin/main", first_);
  EXPECT_EQ(Resolve("origin/main"), first_);
  SetRef("refs/tags/origin/main", second_);
  ExpectAmbiguous("origin/main");
  SetRef("refs/tags/origin/main", first_);
  ExpectAmbiguous("origin/main");
  SetRef("refs/tags/origin/release/1", second_);
  ExpectAmbiguous("origin/release/1");
  SetRef("refs/heads/team/topic", first_);
  EXPECT_EQ(Resolve("team/topic"), first_);
}

TEST_F(RevisionsTest, ThatAreShortIdsAreNoRefsOfThatName) {
  SetRef("refs/tags/" + first_.hex12(), second_);
  ExpectAmbiguous(first_.hex12());
  SetRef("refs/tags/" + first_.hex(), second_);
  EXPECT_EQ(Resolve(first_.hex()), first_);
  SetRef("refs/heads/feedbeef", second_);
  EXPECT_EQ(Resolve("feedbeef"), second_);
}

}  // namespace
}  // namespace git
