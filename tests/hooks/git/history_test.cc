#include <algorithm>
#include <limits>

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

using gates::Code;
using gates::ObjectId;
using test::GitRepo;
using Ids = std::vector<ObjectId>;

class HistoryTest : public GitTest {
 protected:
  // main: one - two - merge, with a topic of one commit off `one`.
  void MakeAMerge() {
    one_ = repo_.CommitFile("a", "1");
    repo_.Git({"checkout", "-q", "-b", "topic"});
    topic_ = repo_.CommitFile("b", "1");
    repo_.Git({"checkout", "-q", "main"});
    two_ = repo_.CommitFile("a", "2");
    merge_ = repo_.Merge("topic");
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
  ObjectId one_, two_, topic_, merge_;
};

TEST_F(HistoryTest, ReadsACommit) {
  const ObjectId parent = repo_.CommitFile("a", "1");
  const ObjectId id = repo_.CommitFile("a", "2", "say why\n\nRefs: ORCH-061");
  const auto commit = Open(repo_).FindCommit(id);
  ASSERT_TRUE(commit);
  EXPECT_EQ(commit->id, id);
  EXPECT_EQ(commit->tree, repo_.Id("HEAD^{tree}"));
  EXPECT_EQ(commit->parents, Ids{parent});
  EXPECT_EQ(std::to_string(commit->committed_at), repo_.Git({"log", "-1", "--format=%ct"}));
  EXPECT_EQ(commit->message, "say why\n\nRefs: ORCH-061\n");
}

TEST_F(HistoryTest, GivesEachCommitAsItIsHoweverOftenItIsAsked) {
  MakeAMerge();
  const auto repository = Open(repo_);
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(repository.FindCommit(merge_)->parents, (Ids{two_, topic_}));
    EXPECT_EQ(repository.FindCommit(topic_)->parents, Ids{one_});
    EXPECT_EQ(repository.FindCommit(two_)->tree, repo_.Id(two_.hex() + "^{tree}"));
    EXPECT_EQ(repository.FindCommit(two_)->id, two_);
  }
}

TEST_F(HistoryTest, FindsNoCommitInAnotherObject) {
  repo_.CommitFile("a", "1");
  repo_.Git({"tag", "-a", "-m", "t", "v1"});
  const auto repository = Open(repo_);
  EXPECT_FALSE(repository.FindCommit(repo_.Id("HEAD:a")));
  EXPECT_FALSE(repository.FindCommit(repo_.Id("HEAD^{tree}")));
  EXPECT_FALSE(repository.FindCommit(repo_.Id("v1"))) << "tags are not peeled";
  EXPECT_EQ(FaultOf([&] { repository.FindCommit(AbsentId()); }).code, Code::kObjectMissing);
}

TEST_F(HistoryTest, NamesAMalformedCommit) {
  const ObjectId id = repo_.WriteObject("commit", "tree nothing\n");
  const auto fault = FaultOf([&] { Open(repo_).FindCommit(id); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
  EXPECT_EQ(fault.sha, id.hex());
}

TEST_F(HistoryTest, DatesACommitWithoutADateAfterEverything) {
  const ObjectId id =
      repo_.WriteObject("commit", "tree " + std::string(40, 'a') + "\nauthor A\n\nhi\n");
  EXPECT_EQ(Open(repo_).FindCommit(id)->committed_at, std::numeric_limits<std::int64_t>::max());
}

TEST_F(HistoryTest, PeelsTagsOfTagsToTheirCommit) {
  const ObjectId commit = repo_.CommitFile("a", "1");
  repo_.Git({"tag", "-a", "-m", "t", "v1"});
  repo_.Git({"tag", "-a", "-m", "t", "v2", "v1"});
  repo_.Git({"tag", "-a", "-m", "t", "tree", "HEAD^{tree}"});
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.Peel(repo_.Id("v2")), commit);
  EXPECT_EQ(repository.Peel(commit), commit);
  EXPECT_EQ(repository.Peel(repo_.Id("tree")), std::nullopt);
  EXPECT_EQ(repository.Peel(repo_.Id("HEAD:a")), std::nullopt);
  EXPECT_EQ(FaultOf([&] { repository.Peel(AbsentId()); }).code, Code::kObjectMissing);
}

TEST_F(HistoryTest, NamesWhatATagWouldLeadTo) {
  const std::string dangling = "object " + AbsentId().hex() + "\ntype commit\ntag v1\n\n";
  const ObjectId tag = repo_.WriteObject("tag", dangling);
  EXPECT_EQ(FaultOf([&] { Open(repo_).Peel(tag); }).sha, AbsentId().hex());
  const ObjectId garbage = repo_.WriteObject("tag", "garbage");
  EXPECT_EQ(FaultOf([&] { Open(repo_).Peel(garbage); }).code, Code::kRepositoryUnreadable);
}

TEST_F(HistoryTest, KnowsWhichCommitsHangTogether) {
  MakeAMerge();
  const auto repository = Open(repo_);
  EXPECT_TRUE(repository.Contains(merge_, topic_));
  EXPECT_TRUE(repository.Contains(one_, one_));
  EXPECT_FALSE(repository.Contains(two_, topic_));
  EXPECT_FALSE(repository.Contains(one_, merge_));
  EXPECT_EQ(repository.Range(merge_, two_), (Ids{merge_, topic_}));
  EXPECT_EQ(repository.Range(two_, merge_), Ids{});
  EXPECT_EQ(repository.MergeBases(two_, topic_), Ids{one_});
  EXPECT_EQ(repository.MergeBases(merge_, two_), Ids{two_});
}

TEST_F(HistoryTest, FindsAllMergeBasesOfACrissCross) {
  MakeAMerge();
  const ObjectId other = repo_.WriteCommit(repo_.Id("HEAD^{tree}"), {topic_, two_}, 1'700'001'000);
  auto bases = Open(repo_).MergeBases(merge_, other);
  std::ranges::sort(bases);
  EXPECT_EQ(bases, (Ids{std::min(two_, topic_), std::max(two_, topic_)}));
}

TEST_F(HistoryTest, FindsNoMergeBaseOfUnrelatedCommits) {
  const ObjectId main = repo_.CommitFile("a", "1");
  const ObjectId orphan = repo_.WriteCommit(repo_.Id("HEAD^{tree}"), {}, 0);
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.MergeBases(main, orphan), Ids{});
  EXPECT_FALSE(repository.Contains(main, orphan));
  EXPECT_EQ(repository.Range(orphan, main), Ids{orphan});
}

TEST_F(HistoryTest, IsNotFooledByDatesOf1970And2099) {
  const ObjectId root = repo_.CommitFile("a", "1");
  const ObjectId tree = repo_.Id("HEAD^{tree}");
  Ids line{root};
  for (const long date : {4'070'908'800L, 0L, 4'070'908'800L, 0L})
    line.push_back(repo_.WriteCommit(tree, {line.back()}, date));
  const ObjectId topic = repo_.WriteCommit(tree, {line[1]}, 0, "topic\n");
  const ObjectId merge = repo_.WriteCommit(tree, {line[4], topic}, 1);
  const auto repository = Open(repo_);
  EXPECT_TRUE(repository.Contains(merge, root));
  EXPECT_EQ(repository.Range(line[4], line[1]), (Ids{line[4], line[3], line[2]}));
  EXPECT_EQ(repository.Range(merge, line[4]), (Ids{merge, topic}));
  EXPECT_EQ(repository.MergeBases(topic, line[4]), Ids{line[1]});
}

TEST_F(HistoryTest, NamesAMissingAncestor) {
  const ObjectId tree = repo_.WriteObject("tree", "");
  const ObjectId child = repo_.WriteCommit(tree, {AbsentId()}, 1);
  const ObjectId tip = repo_.WriteCommit(tree, {child}, 2);
  const ObjectId other = repo_.WriteCommit(tree, {}, 0);
  const auto repository = Open(repo_);
  for (const auto& fault : {FaultOf([&] { repository.Range(tip, other); }),
                            FaultOf([&] { repository.Contains(tip, other); }),
                            FaultOf([&] { repository.MergeBases(tip, other); })}) {
    EXPECT_EQ(fault.code, Code::kObjectMissing);
    EXPECT_EQ(fault.sha, AbsentId().hex());
  }
}

TEST_F(HistoryTest, RefusesAParentThatIsNoCommit) {
  const ObjectId tree = repo_.WriteObject("tree", "");
  const ObjectId tip = repo_.WriteCommit(tree, {tree}, 1);
  const ObjectId other = repo_.WriteCommit(tree, {}, 0);
  EXPECT_EQ(FaultOf([&] { Open(repo_).Range(tip, other); }).code, Code::kRepositoryUnreadable);
}

TEST_F(HistoryTest, IgnoresReplaceRefs) {
  MakeAMerge();
  const ObjectId fake = repo_.WriteCommit(repo_.Id("main^{tree}"), {}, 1, "replaced\n");
  repo_.Git({"replace", two_.hex(), fake.hex()});
  ASSERT_EQ(repo_.Git({"log", "-1", "--format=%s", two_.hex()}), "replaced");
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.FindCommit(two_)->message, "change a file\n");
  EXPECT_TRUE(repository.Contains(two_, one_));
  EXPECT_EQ(*repository.ResolveTyped("main~1~1"), one_);
}

TEST_F(HistoryTest, IgnoresGrafts) {
  MakeAMerge();
  test::WriteFile(repo_.git_directory() + "/info/grafts", two_.hex() + "\n");
  ASSERT_NE(repo_.TryGit({"merge-base", "--is-ancestor", one_.hex(), two_.hex()}).status, 0);
  EXPECT_TRUE(Open(repo_).Contains(two_, one_));
}

// The graph says that `two` has no parent, and git believes it.
TEST_F(HistoryTest, IgnoresAForgedCommitGraph) {
  MakeAMerge();
  repo_.Git({"commit-graph", "write", "--reachable"});
  const std::string file = repo_.git_directory() + "/objects/info/commit-graph";
  std::string bytes = test::ReadFile(file);
  // Commit data: the tree's id, then the places of two parents (0x70000000: none).
  const ObjectId tree = *ObjectId::FromHex(repo_.Git({"rev-parse", two_.hex() + "^{tree}"}));
  const std::string raw(reinterpret_cast<const char*>(tree.bytes.data()), 20);
  const size_t at = bytes.find(raw);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at + 20, 4, std::string("\x70\0\0\0", 4));
  test::WriteFile(file, bytes);
  ASSERT_EQ(repo_.Git({"rev-list", "--count", two_.hex()}), "1")
      << "git does not believe the forged graph, so this test proves nothing";
  const auto repository = Open(repo_);
  EXPECT_TRUE(repository.Contains(two_, one_));
  EXPECT_EQ(repository.FindCommit(two_)->parents, Ids{one_});
}

TEST_F(HistoryTest, KnowsAShallowClone) {
  MakeAMerge();
  const GitRepo clone = GitRepo::Clone(sandbox_, repo_.url(), "clone", {"--depth=1"});
  EXPECT_FALSE(Open(repo_).IsShallow());
  EXPECT_TRUE(Open(clone).IsShallow());
  EXPECT_EQ(FaultOf([&] { Open(clone).Range(merge_, one_); }).code, Code::kObjectMissing);
}

TEST_F(HistoryTest, KnowsAShallowCloneFromALinkedWorktree) {
  repo_.CommitFile("a", "1");
  repo_.CommitFile("a", "2");
  const GitRepo clone = GitRepo::Clone(sandbox_, repo_.url(), "clone", {"--depth=1"});
  clone.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  EXPECT_TRUE(Repository::Discover(sandbox_.Path("linked")).IsShallow());
}

}  // namespace
}  // namespace git
