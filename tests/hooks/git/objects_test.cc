#include <filesystem>

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

namespace fs = std::filesystem;
using gates::Code;
using gates::ObjectId;
using test::GitRepo;
using test::RawEntry;

std::string Noise(unsigned size) {
  std::string noise;
  for (unsigned i = 0; i < size; ++i) noise += static_cast<char>((i * 2654435761u) >> 13);
  return noise;
}

class ObjectsTest : public GitTest {
 protected:
  // The tree at `path` below HEAD.
  gates::Tree Read(const std::string& path = "") const {
    return *Open(repo_).ReadTree(repo_.Id("HEAD:" + path));
  }

  std::string WhyMalformed(const std::string& bytes) const {
    const auto tree = Open(repo_).ReadTree(repo_.WriteObject("tree", bytes));
    return tree ? "" : tree.error().why;
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
};

TEST_F(ObjectsTest, ReadsTreesAndBlobsOfACommit) {
  repo_.Write("docs/log.md", "hello\n");
  repo_.CommitFile("run.sh", "x");
  const gates::Tree root = Read();
  ASSERT_EQ(root.entries().size(), 2u);
  EXPECT_TRUE(root.Find("docs")->is_tree());
  const ObjectId log = Read("docs").Find("log.md")->id;
  EXPECT_EQ(Open(repo_).BlobSize(log), 6u);
  EXPECT_EQ(Open(repo_).ReadBlob(log), "hello\n");
}

TEST_F(ObjectsTest, ReadsWhatIsPackedAndLoose) {
  repo_.CommitFile("a", std::string(10'000, 'x'));
  repo_.CommitFile("a", std::string(10'000, 'x') + "y");
  repo_.Git({"gc", "-q"});
  const ObjectId loose = repo_.WriteObject("blob", "loose");
  const auto repository = Open(repo_);
  EXPECT_EQ(repository.ReadBlob(repo_.Id("HEAD:a")).size(), 10'001u);
  EXPECT_EQ(repository.BlobSize(repo_.Id("HEAD~1:a")), 10'000u);
  EXPECT_EQ(repository.ReadBlob(loose), "loose");
}

TEST_F(ObjectsTest, KnowsTheEmptyTreeThatNobodyWrote) {
  const auto empty = *ObjectId::FromHex("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  EXPECT_TRUE(Open(repo_).ReadTree(empty)->entries().empty());
}

TEST_F(ObjectsTest, GivesTheRawModeOfASymlinkAndAGitlink) {
  repo_.Git({"update-index", "--add", "--cacheinfo", "160000," + AbsentId().hex() + ",sub"});
  fs::create_symlink("elsewhere", repo_.path() + "/link");
  repo_.Git({"add", "link"});
  repo_.Git({"commit", "-q", "-m", "odd modes"});
  EXPECT_EQ(Read().Find("link")->mode, gates::Mode::kSymlink);
  EXPECT_EQ(Read().Find("sub")->mode, gates::Mode::kGitlink);
}

TEST_F(ObjectsTest, ReportsAMalformedTreeAsAValueWithItsId) {
  const ObjectId good = repo_.WriteObject("blob", "SUCCESS");
  const ObjectId bad = repo_.WriteObject("blob", "FAILED");
  const std::string bad_good = RawEntry("100644", "log", bad) + RawEntry("100644", "log", good);
  const std::string good_bad = RawEntry("100644", "log", good) + RawEntry("100644", "log", bad);
  for (const std::string& bytes : {bad_good, good_bad}) {
    const ObjectId id = repo_.WriteObject("tree", bytes);
    const auto tree = Open(repo_).ReadTree(id);
    ASSERT_FALSE(tree);
    EXPECT_EQ(tree.error().id, id);
    EXPECT_EQ(tree.error().why, "the name 'log' stands twice");
  }
}

TEST_F(ObjectsTest, RefusesMalformedTreesOfEveryKind) {
  const ObjectId blob = repo_.WriteObject("blob", "x");
  const ObjectId tree = repo_.WriteObject("tree", "");
  EXPECT_NE(WhyMalformed(RawEntry("100644", "a", blob) + RawEntry("40000", "a", tree)), "");
  EXPECT_NE(WhyMalformed(RawEntry("100644", "b", blob) + RawEntry("100644", "a", blob)), "");
  EXPECT_NE(WhyMalformed(RawEntry("040000", "a", tree)), "");
  EXPECT_NE(WhyMalformed(RawEntry("100644", "", blob)), "");
  EXPECT_NE(WhyMalformed(RawEntry("100644", "a/b", blob)), "");
  EXPECT_NE(WhyMalformed(RawEntry("100644", "..", blob)), "");
  EXPECT_NE(WhyMalformed(RawEntry("100644", "a", blob).substr(0, 20)), "");
  EXPECT_EQ(WhyMalformed(RawEntry("100644", "a", blob)), "");
}

TEST_F(ObjectsTest, NamesAMissingObject) {
  const auto repository = Open(repo_);
  const auto expect_missing = [](const gates::WorldError& fault) {
    EXPECT_EQ(fault.code, Code::kObjectMissing);
    EXPECT_EQ(fault.sha, AbsentId().hex());
    EXPECT_EQ(fault.what(), "object " + AbsentId().hex() + " is not in the repository");
    EXPECT_NE(fault.remedy.find("git fetch"), std::string::npos);
  };
  expect_missing(FaultOf([&] { (void)repository.ReadTree(AbsentId()); }));
  expect_missing(FaultOf([&] { repository.ReadBlob(AbsentId()); }));
  expect_missing(FaultOf([&] { repository.BlobSize(AbsentId()); }));
  EXPECT_EQ(FaultOf([&] { repository.ReadBlob({}); }).code, Code::kObjectMissing);
}

TEST_F(ObjectsTest, RefusesAnObjectOfAnotherTypeThanPromised) {
  const ObjectId commit = repo_.CommitFile("a", "x");
  const auto repository = Open(repo_);
  const auto fault = FaultOf([&] { (void)repository.ReadTree(repo_.Id("HEAD:a")); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
  EXPECT_EQ(fault.sha, repo_.Id("HEAD:a").hex());
  EXPECT_EQ(fault.what(), "object " + fault.sha + " is a blob where a tree was promised");
  EXPECT_EQ(FaultOf([&] { repository.ReadBlob(commit); }).code, Code::kRepositoryUnreadable);
  EXPECT_EQ(FaultOf([&] { repository.BlobSize(commit); }).code, Code::kRepositoryUnreadable);
}

class DamagedLooseObject : public ObjectsTest {
 protected:
  void ExpectRefused(const std::string& bytes) const {
    test::WriteFile(repo_.LooseObject(blob_), bytes);
    const auto fault = FaultOf([&] { Open(repo_).ReadBlob(blob_); });
    EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
    EXPECT_EQ(fault.sha, blob_.hex());
    EXPECT_EQ(fault.remedy, "git fsck --full");
  }

  ObjectId blob_ = repo_.WriteObject("blob", Noise(60'000));
  std::string intact_ = test::ReadFile(repo_.LooseObject(blob_));
};

// libgit2's own reader loops for ever over most of these.
TEST_F(DamagedLooseObject, IsRefusedWhereverItIsCutOff) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{2}, size_t{10}, intact_.size() / 2,
                            intact_.size() - 5, intact_.size() - 1})
    ExpectRefused(intact_.substr(0, size));
}

// libgit2's own reader writes beyond its buffer here.
TEST_F(DamagedLooseObject, IsRefusedWhereverAByteIsFlipped) {
  for (size_t i = 0; i < intact_.size(); i += i < 100 ? 1 : 997) {
    std::string bytes = intact_;
    bytes[i] ^= 0x55;
    ExpectRefused(bytes);
  }
}

TEST_F(DamagedLooseObject, IsRefusedWithGarbageBehindIt) { ExpectRefused(intact_ + "x"); }

TEST_F(DamagedLooseObject, IsRefusedAsAFolder) {
  fs::remove(repo_.LooseObject(blob_));
  fs::create_directory(repo_.LooseObject(blob_));
  EXPECT_EQ(FaultOf([&] { Open(repo_).ReadBlob(blob_); }).code, Code::kRepositoryUnreadable);
}

// `git cat-file` gives it out; only a verified hash tells.
TEST_F(ObjectsTest, RefusesALooseObjectWithOtherContentUnderItsName) {
  const ObjectId failed = repo_.WriteObject("blob", "staging_status: FAILED");
  const ObjectId success = repo_.WriteObject("blob", "staging_status: SUCCESS");
  test::WriteFile(repo_.LooseObject(failed), test::ReadFile(repo_.LooseObject(success)));
  ASSERT_EQ(repo_.Git({"cat-file", "-p", failed.hex()}), "staging_status: SUCCESS");
  const auto fault = FaultOf([&] { Open(repo_).ReadBlob(failed); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
  EXPECT_NE(std::string(fault.what()).find("mismatch"), std::string::npos) << fault.what();
}

TEST_F(ObjectsTest, RefusesADamagedPack) {
  const ObjectId commit = repo_.CommitFile("a", std::string(50'000, 'x'));
  repo_.Git({"gc", "-q"});
  for (const auto& file : fs::directory_iterator(repo_.git_directory() + "/objects/pack")) {
    if (file.path().extension() != ".pack") continue;
    std::string bytes = test::ReadFile(file.path());
    for (size_t i = 12; i + 20 < bytes.size(); ++i) bytes[i] ^= 0x55;
    test::WriteFile(file.path(), bytes);
  }
  const auto fault = FaultOf([&] { Open(repo_).FindCommit(commit); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable) << fault.what();
}

TEST_F(ObjectsTest, ReadsThroughAlternates) {
  const ObjectId commit = repo_.CommitFile("a", "shared");
  const GitRepo clone = GitRepo::Clone(sandbox_, repo_.path(), "clone", {"--shared"});
  ASSERT_FALSE(fs::exists(clone.LooseObject(commit)));
  EXPECT_EQ(Open(clone).ReadBlob(repo_.Id("HEAD:a")), "shared");
}

TEST_F(ObjectsTest, ReadsAQuarantineOnlyWhenItIsNamed) {
  GitRepo pusher(repo_.path());
  pusher.SetVariable("GIT_OBJECT_DIRECTORY", sandbox_.Path("quarantine"));
  test::WriteFile(sandbox_.Path("quarantine/info/none"), "");
  const ObjectId blob = pusher.WriteObject("blob", "incoming");
  const std::string git_directory = repo_.git_directory();
  EXPECT_EQ(FaultOf([&] { Repository::OpenGitDirectory(git_directory).ReadBlob(blob); }).code,
            Code::kObjectMissing);
  const auto repository =
      Repository::OpenGitDirectory(git_directory, {sandbox_.Path("quarantine")});
  EXPECT_EQ(repository.ReadBlob(blob), "incoming");
}

TEST_F(ObjectsTest, NamesTheCommandThatFetchesAnObjectIntoAPartialClone) {
  repo_.CommitFile("a", "left behind");
  const ObjectId blob = repo_.Id("HEAD:a");
  const GitRepo clone =
      GitRepo::Clone(sandbox_, repo_.url(), "clone", {"--filter=blob:none", "--no-checkout"});
  const auto fault = FaultOf([&] { Open(clone).ReadBlob(blob); });
  EXPECT_EQ(fault.code, Code::kObjectMissing);
  EXPECT_EQ(fault.remedy, "git fetch origin " + blob.hex());
  clone.Git({"fetch", "-q", "origin", blob.hex()});  // the remedy, as printed
  EXPECT_EQ(Open(clone).ReadBlob(blob), "left behind");
}

TEST_F(ObjectsTest, KnowsAPartialCloneByItsPromisorRemoteToo) {
  repo_.Git({"config", "remote.far.away.promisor", "true"});
  EXPECT_EQ(FaultOf([&] { Open(repo_).ReadBlob(AbsentId()); }).remedy,
            "git fetch far.away " + AbsentId().hex());
}

TEST_F(ObjectsTest, KnowsAPartialCloneByItsExtensionToo) {
  repo_.Git({"config", "core.repositoryformatversion", "1"});
  repo_.Git({"config", "extensions.partialClone", "upstream"});
  EXPECT_EQ(FaultOf([&] { Open(repo_).ReadBlob(AbsentId()); }).remedy,
            "git fetch upstream " + AbsentId().hex());
}

}  // namespace
}  // namespace git
