// Where a repository is found, what is refused, and that the environment has no say.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "tests/hooks/git/git_test.h"

namespace git {
namespace {

namespace fs = std::filesystem;
using gates::Code;
using gates::ObjectId;
using test::GitRepo;

class OpeningTest : public GitTest {
 protected:
  gates::WorldError Refusal(const std::string& directory) const {
    return FaultOf([&] { Repository::Discover(directory); });
  }

  void ExpectUnsupported(const std::string& named) const {
    const auto fault = Refusal(repo_.path());
    EXPECT_EQ(fault.code, Code::kRepositoryUnsupported);
    EXPECT_NE(std::string(fault.what()).find(named), std::string::npos) << fault.what();
    EXPECT_NE(fault.remedy, "");
  }

  void SetFormat(const std::string& version, const std::string& key = "",
                 const std::string& value = "true") {
    repo_.Git({"config", "core.repositoryformatversion", version});
    if (!key.empty())
      test::WriteFile(config_,
                      test::ReadFile(config_) + "[extensions]\n\t" + key + " = " + value + "\n");
  }

  GitRepo repo_ = GitRepo::Init(sandbox_);
  ObjectId commit_ = repo_.CommitFile("docs/a", "1");
  std::string config_ = repo_.path() + "/.git/config";
};

TEST_F(OpeningTest, FindsTheRepositoryAtOrAboveADirectory) {
  for (const char* below : {"", "/docs", "/.git", "/.git/refs"})
    EXPECT_EQ(Repository::Discover(repo_.path() + below).FindRef("HEAD"), commit_) << below;
}

TEST_F(OpeningTest, OpensABareRepository) {
  const GitRepo bare = GitRepo::Clone(sandbox_, repo_.path(), "bare.git", {"--bare"});
  EXPECT_EQ(Open(bare).FindRef("HEAD"), commit_);
  EXPECT_EQ(Repository::Discover(bare.path() + "/objects").common_directory(), bare.path());
}

TEST_F(OpeningTest, OpensALinkedWorktree) {
  repo_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  const auto repository = Repository::Discover(sandbox_.Path("linked"));
  EXPECT_EQ(repository.FindRef("HEAD"), commit_);
  EXPECT_EQ(repository.common_directory(), repo_.path() + "/.git");
  EXPECT_EQ(repository.OwnConfig("core.bare"), "false");
  const GitRepo linked(sandbox_.Path("linked"));
  EXPECT_EQ(Repository::OpenGitDirectory(linked.git_directory()).FindRef("HEAD"), commit_);
}

TEST_F(OpeningTest, OpensASubmodulesRepository) {
  const GitRepo outer = GitRepo::Init(sandbox_, "outer");
  outer.Git({"-c", "protocol.file.allow=always", "submodule", "-q", "add", repo_.path(), "sub"});
  const auto repository = Repository::Discover(outer.path() + "/sub");
  EXPECT_EQ(repository.FindRef("HEAD"), commit_);
  EXPECT_EQ(repository.common_directory(), outer.path() + "/.git/modules/sub");
}

TEST_F(OpeningTest, OpensARepositoryWhoseWorkTreeIsNotThere) {
  repo_.Git({"config", "core.worktree", sandbox_.Path("nowhere")});
  EXPECT_EQ(Open(repo_).FindRef("HEAD"), commit_);
}

TEST_F(OpeningTest, OpensExactlyTheGitDirectoryOfAHook) {
  EXPECT_EQ(Repository::OpenGitDirectory(repo_.path() + "/.git").FindRef("HEAD"), commit_);
  EXPECT_EQ(Repository::OpenGitDirectory(repo_.path() + "/.git/").common_directory(),
            repo_.path() + "/.git");
  const auto fault = FaultOf([&] { Repository::OpenGitDirectory(repo_.path() + "/docs"); });
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
}

TEST_F(OpeningTest, SaysThatThereIsNoRepository) {
  for (const std::string& directory : {sandbox_.Path(), sandbox_.Path("none")}) {
    const auto fault = Refusal(directory);
    EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
    EXPECT_EQ(fault.what(), "there is no git repository at or above '" + directory + "'");
    EXPECT_NE(fault.remedy, "");
  }
}

TEST_F(OpeningTest, SaysThatAGitFileLeadsNowhere) {
  test::WriteFile(sandbox_.Path("astray/.git"), "gitdir: /nowhere\n");
  EXPECT_EQ(Refusal(sandbox_.Path("astray")).code, Code::kRepositoryUnreadable);
}

TEST_F(OpeningTest, OpensRepositoriesWithHarmlessExtensions) {
  for (const char* key : {"worktreeConfig", "partialClone", "preciousObjects", "noop", "noop-v1"}) {
    const std::string before = test::ReadFile(config_);
    SetFormat("1", key);
    EXPECT_EQ(Open(repo_).FindRef("HEAD"), commit_) << key;
    test::WriteFile(config_, before);
  }
}

TEST_F(OpeningTest, RefusesExtensionsThatChangeHowARepositoryIsRead) {
  SetFormat("1", "objectFormat", "sha256");
  ExpectUnsupported("extensions.objectformat = sha256");
}

TEST_F(OpeningTest, RefusesARepositoryOfSha256) {
  const std::string path = sandbox_.Path("sha256");
  repo_.Git({"init", "-q", "--object-format=sha256", path});
  const auto fault = Refusal(path);
  EXPECT_EQ(fault.code, Code::kRepositoryUnsupported);
  EXPECT_NE(std::string(fault.what()).find("objectformat = sha256"), std::string::npos);
}

TEST_F(OpeningTest, RefusesReftable) {
  SetFormat("1", "refStorage", "reftable");
  ExpectUnsupported("extensions.refstorage = reftable");
}

TEST_F(OpeningTest, RefusesRelativeWorktrees) {
  SetFormat("1", "relativeWorktrees");
  ExpectUnsupported("extensions.relativeworktrees = true");
}

TEST_F(OpeningTest, RefusesAnExtensionThatNobodyKnows) {
  SetFormat("1", "quantum");
  ExpectUnsupported("extensions.quantum");
}

TEST_F(OpeningTest, RefusesAVersionThatNobodyKnows) {
  SetFormat("2");
  ExpectUnsupported("core.repositoryformatversion = 2");
}

TEST_F(OpeningTest, ReadsExtensionsOfVersion0AsGitDoes) {
  SetFormat("0", "quantum");
  EXPECT_EQ(Open(repo_).FindRef("HEAD"), commit_) << "git ignores it as well";
  SetFormat("0", "objectFormat", "sha256");
  ExpectUnsupported("extensions.objectformat = sha256");
}

TEST_F(OpeningTest, RefusesALinkedWorktreeOfAnUnsupportedRepository) {
  repo_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  SetFormat("1", "refStorage", "reftable");
  EXPECT_EQ(Refusal(sandbox_.Path("linked")).code, Code::kRepositoryUnsupported);
}

TEST_F(OpeningTest, RefusesAConfigThatIsGarbage) {
  test::WriteFile(config_, "[core\n");
  EXPECT_EQ(Refusal(repo_.path()).code, Code::kRepositoryUnreadable);
}

TEST_F(OpeningTest, ReadsItsOwnConfigOnly) {
  repo_.Git({"config", "--global", "verdict.policyFile", "/tmp/mine"});
  EXPECT_EQ(Open(repo_).OwnConfig("verdict.policyFile"), std::nullopt);
  repo_.Git({"config", "verdict.policyFile", "/srv/policy"});
  EXPECT_EQ(Open(repo_).OwnConfig("verdict.policyFile"), "/srv/policy");
}

TEST_F(OpeningTest, DoesNotReadWhatItsConfigIncludes) {
  repo_.Write("included", "[verdict]\n\tpolicyFile = /tmp/loose\n");
  repo_.Git({"config", "include.path", "../included"});
  ASSERT_EQ(repo_.Git({"config", "--includes", "verdict.policyFile"}), "/tmp/loose");
  EXPECT_EQ(Open(repo_).OwnConfig("verdict.policyFile"), std::nullopt);
  test::WriteFile(config_, "[verdict]\n\tpolicyFile = /tmp/first\n\tpolicyFile = /srv/policy\n" +
                               test::ReadFile(config_));
  EXPECT_EQ(Open(repo_).OwnConfig("verdict.policyFile"), "/srv/policy") << "its own last one";
}

/// A bare repository among the files of another one, as a commit can bring it along.
class EmbeddedRepository : public OpeningTest {
 protected:
  EmbeddedRepository() {
    const GitRepo bare = GitRepo::Clone(sandbox_, repo_.path(), "bare.git", {"--bare"});
    fs::create_directories(inside_ + "/refs/heads");
    fs::copy(bare.path(), inside_, fs::copy_options::recursive);
    test::WriteFile(inside_ + "/refs/heads/.keep", "");
  }

  const std::string inside_ = repo_.path() + "/a/service";
};

TEST_F(EmbeddedRepository, IsAsGoodAsAnyOtherWhereNoCommitBroughtIt) {
  EXPECT_EQ(Repository::Discover(inside_).common_directory(), inside_);
}

TEST_F(EmbeddedRepository, IsNotReadWhereTheCommitHoldsIt) {
  repo_.Git({"add", "-f", "-A"});
  repo_.Commit("bring it along");
  for (const char* below : {"", "/refs", "/refs/heads", "/objects"}) {
    const auto fault = Refusal(inside_ + below);
    EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
    EXPECT_NE(std::string(fault.what()).find(inside_), std::string::npos) << fault.what();
  }
  EXPECT_EQ(Repository::Discover(repo_.path() + "/a").common_directory(), repo_.path() + "/.git");
  repo_.Git({"worktree", "add", "-q", "--detach", sandbox_.Path("linked")});
  EXPECT_EQ(Refusal(sandbox_.Path("linked/a/service")).code, Code::kRepositoryUnreadable);
  repo_.Git({"rm", "-r", "-q", "--cached", "a"});
  repo_.Git({"commit", "-q", "-m", "not any more"});
  EXPECT_EQ(Repository::Discover(inside_).common_directory(), inside_);
}

TEST_F(EmbeddedRepository, IsNotMistakenForTheOwnOneThatDotGitLeadsTo) {
  const std::string apart = sandbox_.Path("apart");
  fs::create_directory(apart);
  GitRepo(apart).Git({"init", "-q", "--separate-git-dir=store"});
  EXPECT_EQ(Repository::Discover(apart).common_directory(), apart + "/store");
  EXPECT_EQ(Repository::Discover(apart + "/store").common_directory(), apart + "/store");
}

TEST_F(EmbeddedRepository, IsNotMistakenForASubmodulesOwn) {
  const GitRepo outer = GitRepo::Init(sandbox_, "outer");
  outer.Git({"-c", "protocol.file.allow=always", "submodule", "-q", "add", repo_.path(), "sub"});
  outer.Commit("a submodule");
  const std::string modules = outer.path() + "/.git/modules/sub";
  EXPECT_EQ(Repository::Discover(outer.path() + "/sub").common_directory(), modules);
  EXPECT_EQ(Repository::Discover(modules).common_directory(), modules);
}

class ForeignRepository : public OpeningTest {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a repository away";
    ::unsetenv("SUDO_UID");
    Chown(repo_.path());
    for (const auto& entry : fs::recursive_directory_iterator(repo_.path())) Chown(entry.path());
  }

  static void Chown(const std::string& path) { ASSERT_EQ(::lchown(path.c_str(), 12'345, 0), 0); }

  void Trust(const std::string& value) const {
    GitRepo(sandbox_.Path()).Git({"config", "--global", "--add", "safe.directory", value});
  }
};

TEST_F(ForeignRepository, IsRefusedWithTheCommandThatTrustsIt) {
  const auto fault = Refusal(repo_.path() + "/docs");
  EXPECT_EQ(fault.code, Code::kRepositoryUnreadable);
  EXPECT_EQ(fault.what(), "the repository '" + repo_.path() + "' belongs to another user");
  EXPECT_EQ(fault.remedy, "`git config --global --add safe.directory " + repo_.path() + "`");
}

TEST_F(ForeignRepository, IsNamedAsOneWordToAShell) {
  const GitRepo odd = GitRepo::Init(sandbox_, "it's a $place");
  Chown(odd.path());
  const std::string remedy = Refusal(odd.path()).remedy;
  EXPECT_EQ(remedy, "`git config --global --add safe.directory '" + sandbox_.Path("it") +
                        "'\"'\"'s a $place'`");
  const std::string command = remedy.substr(1, remedy.size() - 2);
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_NO_THROW(Open(odd));
}

TEST_F(ForeignRepository, IsReadOnceSafeDirectoryNamesIt) {
  for (const std::string& value :
       {repo_.path(), repo_.path() + "/.git", std::string("*"), sandbox_.Path("*")}) {
    Trust(value);
    EXPECT_EQ(Open(repo_).FindRef("HEAD"), commit_) << value;
    Trust("");
    EXPECT_EQ(Refusal(repo_.path()).code, Code::kRepositoryUnreadable) << "an empty one resets";
  }
}

TEST_F(ForeignRepository, IsRefusedWhenSafeDirectoryNamesAnother) {
  for (const char* value : {"/elsewhere", "/elsewhere/*", "/"}) Trust(value);
  Trust(repo_.path() + "-not");
  Trust(repo_.path().substr(0, repo_.path().size() - 1));
  EXPECT_EQ(Refusal(repo_.path()).code, Code::kRepositoryUnreadable);
}

TEST_F(ForeignRepository, MayNotTrustItself) {
  test::WriteFile(config_, test::ReadFile(config_) + "[safe]\n\tdirectory = *\n");
  EXPECT_EQ(Refusal(repo_.path()).code, Code::kRepositoryUnreadable);
}

TEST_F(ForeignRepository, IsReadByAHookThatGitCalled) {
  EXPECT_EQ(Repository::OpenGitDirectory(repo_.path() + "/.git").FindRef("HEAD"), commit_);
}

TEST_F(ForeignRepository, IsReadUnderSudoByItsOwner) {
  ::setenv("SUDO_UID", "12345", 1);
  EXPECT_EQ(Open(repo_).FindRef("HEAD"), commit_);
  ::unsetenv("SUDO_UID");
}

TEST_F(ForeignRepository, IsRefusedWhenOnlyItsGitDirectoryIsForeign) {
  ASSERT_EQ(::lchown(repo_.path().c_str(), 0, 0), 0);
  EXPECT_EQ(Refusal(repo_.path()).code, Code::kRepositoryUnreadable);
}

// Every GIT_* variable that could lead elsewhere, pointing at another repository.
TEST_F(OpeningTest, IgnoresTheEnvironment) {
  const GitRepo other = GitRepo::Init(sandbox_, "other");
  const ObjectId planted = other.CommitFile("b", "planted");
  const std::string git_directory = other.path() + "/.git";
  const test::Environment variables{
      {"GIT_DIR", git_directory},
      {"GIT_WORK_TREE", other.path()},
      {"GIT_COMMON_DIR", git_directory},
      {"GIT_OBJECT_DIRECTORY", git_directory + "/objects"},
      {"GIT_ALTERNATE_OBJECT_DIRECTORIES", git_directory + "/objects"},
      {"GIT_NAMESPACE", "elsewhere"},
      {"GIT_CEILING_DIRECTORIES", repo_.path()},
      {"GIT_INDEX_FILE", "/nowhere"},
      {"GIT_CONFIG_COUNT", "1"},
      {"GIT_CONFIG_KEY_0", "core.repositoryformatversion"},
      {"GIT_CONFIG_VALUE_0", "9"},
      {"GIT_REPLACE_REF_BASE", "refs/heads"},
      {"GIT_SHALLOW_FILE", git_directory + "/HEAD"}};
  for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
  const auto repository = Repository::Discover(repo_.path() + "/docs");
  const auto head = repository.FindRef("HEAD");
  const bool shallow = repository.IsShallow();
  const auto fault = FaultOf([&] { repository.FindCommit(planted); });
  for (const auto& [name, value] : variables) ::unsetenv(name.c_str());
  EXPECT_EQ(head, commit_);
  EXPECT_FALSE(shallow);
  EXPECT_EQ(fault.code, Code::kObjectMissing);
  EXPECT_EQ(repository.common_directory(), repo_.path() + "/.git");
}

}  // namespace
}  // namespace git
