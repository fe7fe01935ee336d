// Pushes over the wire: real servers with the pre-receive hook, and what the pusher reads.

#include <filesystem>
#include <functional>
#include <memory>
#include <sstream>

#include "tests/e2e/gitolite_server.h"
#include "tests/e2e/http_server.h"
#include "tests/e2e/story.h"

namespace e2e {
namespace {

// As Gitea and Forgejo have one: it owns the hook and runs a folder of them.
constexpr const char* kRunner =
    "#!/bin/sh\n"
    "input=$(cat)\n"
    "for hook in hooks/pre-receive.d/*; do\n"
    "  printf '%s\\n' \"$input\" | \"$hook\" || exit 1\n"
    "done\n";

class FolderOfHooks final : public GitServer {
 public:
  explicit FolderOfHooks(const test::Sandbox& sandbox)
      : repository_(GitRepo::InitBare(sandbox, "product.git")) {
    const std::string runner = repository_.path() + "/hooks/pre-receive";
    test::WriteFile(runner, kRunner);
    std::filesystem::permissions(runner, std::filesystem::perms::owner_all);
    std::filesystem::create_directory(runner + ".d");
    const Ran ran = TypeBlock(
        BlockOfServersPage("Gitea, Forgejo and others that run a folder of hooks"), sandbox.Path());
    EXPECT_EQ(ran.status, 0) << ran.err;
  }

  std::string url() const override { return repository_.path(); }
  GitRepo repository() const override { return repository_; }

 private:
  GitRepo repository_;
};

TEST(ServersPage, ShowsTheHookThatInstallWrites) {
  const test::Sandbox sandbox;
  const GitRepo server = GitRepo::InitBare(sandbox, "product.git");
  ASSERT_EQ(Verdict(sandbox.Path(), {"install", "--server", server.path(), "--program",
                                     "/usr/local/bin/git-verdict"})
                .status,
            0);
  EXPECT_EQ(test::ReadFile(server.path() + "/hooks/pre-receive"), BlockOfServersPage("The hook"));
}

TEST(ServersPage, HasABareRepositoryAndAGitLabFolderThatAreProven) {
  for (const char* heading : {"A bare repository", "GitLab"}) {
    const test::Sandbox sandbox;
    const GitRepo server = GitRepo::InitBare(sandbox, "product.git");
    const Ran set_up = TypeBlock(BlockOfServersPage(heading), sandbox.Path());
    ASSERT_EQ(set_up.status, 0) << set_up.err;
    server.Git({"config", "receive.fsckObjects", "true"});
    const Ran ran = TypeBlock(BlockOfServersPage("See it refuse"), sandbox.Path());
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  }
}

struct Kind {
  std::string name;
  std::function<std::string()> why_not;
  std::function<std::unique_ptr<GitServer>(const test::Sandbox&)> start;
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

template <typename Server>
std::unique_ptr<GitServer> Start(const test::Sandbox& sandbox) {
  return std::make_unique<Server>(sandbox);
}

std::vector<Kind> Kinds() {
  return {{"gitolite", GitoliteServer::WhyNot, Start<GitoliteServer>},
          {"http_backend", HttpServer::WhyNot, Start<HttpServer>},
          {"folder_of_hooks", [] { return std::string(); }, Start<FolderOfHooks>}};
}

class Servers : public Story, public testing::WithParamInterface<Kind> {
 protected:
  // Moves the story to the real server; its first push is judged there already.
  void SetUp() override {
    if (const std::string reason = GetParam().why_not(); !reason.empty()) GTEST_SKIP() << reason;
    behind_ = GetParam().start(sandbox_);
    server_ = behind_->repository();
    for (const auto& [name, value] : behind_->variables()) clone_.SetVariable(name, value);
    clone_.Git({"remote", "set-url", "origin", behind_->url()});
    ASSERT_EQ(Push({"origin/main:refs/heads/main"}), "ALLOW refs/heads/main first-push");
  }

  /// Pushes, and gives what the gate says of each ref; all of it reached the pusher from afar.
  std::string Push(const std::vector<std::string>& refspecs) {
    const std::string headlines = Story::Push(refspecs);
    std::istringstream lines(said_);
    for (std::string line; std::getline(lines, line);)
      EXPECT_TRUE(Headlines(line).empty() || line.starts_with("remote: ")) << said_;
    return headlines;
  }

  std::unique_ptr<GitServer> behind_;
};

// And are proven by the doctor, here since a gitolite takes long to set up.
TEST_P(Servers, LetAGoodPushLand) {
  const ObjectId landing = PrepareLanding();
  EXPECT_EQ(Push({"topic", "topic:main"}),
            "ALLOW refs/heads/main exact\nALLOW refs/heads/topic unprotected");
  EXPECT_EQ(OnServer("main"), landing);
  const std::string path = server_.path();
  const Ran ran = Verdict(sandbox_.Path("home"), {"doctor", "--server", path, "--prove"});
  EXPECT_NE(ran.out.find("good  pre-receive       " + path + "/hooks/"), std::string::npos)
      << ran.out << ran.err;
  EXPECT_NE(ran.out.find("\ngood  prove pre-receive refused missing, FAILED, malformed and stale "
                         "verdicts, and let a good one land\n"),
            std::string::npos)
      << ran.out;
}

TEST_P(Servers, RefuseABadPushAndTellThePusherWhy) {
  const ObjectId validated = ChangeCode();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  RecordVerdict(validated, "FAILED");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_FAILED");
  RecordLog("---\nstaging_status: success\n---\n");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_TOKEN");
  RecordVerdict(validated);
  const ObjectId late = ChangeCode("three");
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main STALE_CODE");
  const std::string sha = late.hex().substr(0, 12), staged = validated.hex().substr(0, 12);
  std::string on_screen;
  std::istringstream lines(said_);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("remote: "))
      on_screen += line.substr(8, line.find_last_not_of(' ') - 7) + "\n";
  EXPECT_EQ(on_screen, "BLOCK refs/heads/main " + sha + " STALE_CODE\n" +                   //
                           "  STALE_CODE " + kLog + ":4:16 @" + sha + "\n" +                //
                           "    expected the content of " + staged +                        //
                           ", found other bytes in app.txt:\n" +                            //
                           "      what would land is not what staging validated\n" +        //
                           "    fix: stage " + sha + " and record its verdict, or land " +  //
                           staged + "\n");
  EXPECT_NE(said_.find("! [remote rejected] topic -> main (pre-receive hook declined)"),
            std::string::npos)
      << said_;
}

TEST_P(Servers, RefuseAWholePushForOneBadRef) {
  PrepareLanding();
  clone_.Git({"branch", "good"});
  ChangeCode("three");
  EXPECT_EQ(Push({"good:main", "topic:release/1", "topic:free"}),
            "ALLOW refs/heads/main exact\nBLOCK refs/heads/release/1 STALE_CODE\n"
            "ALLOW refs/heads/free unprotected");
}

TEST_P(Servers, RefuseWhatWouldUndoALanding) {
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
  EXPECT_EQ(Push({"topic:release/1"}), "ALLOW refs/heads/release/1 cut");
  EXPECT_EQ(Push({":release/1"}), "BLOCK refs/heads/release/1 REF_DELETED");
  EXPECT_EQ(Push({"+topic~2:main"}), "BLOCK refs/heads/main REF_REWRITTEN");
  const std::string replace = "refs/replace/" + clone_.Id("topic").hex();
  EXPECT_EQ(Push({"topic~1:" + replace}), "BLOCK " + replace + " REF_FORBIDDEN");
}

INSTANTIATE_TEST_SUITE_P(Real, Servers, testing::ValuesIn(Kinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace e2e
