// Many refs at once, and many who push at once.

#include <gtest/gtest.h>

#include <sstream>

#include "tests/e2e/git_server.h"
#include "tests/e2e/server_story.h"

namespace e2e {
namespace {

class Load : public ServerStory {
 protected:
  /// Branches `many/0` and so on of the clone, all at its `topic`.
  void MakeManyBranches(int count) const {
    std::string commands;
    for (int i = 0; i < count; ++i)
      commands += "create refs/heads/many/" + std::to_string(i) + " " + landing_.hex() + "\n";
    clone_.Git({"update-ref", "--stdin"}, commands);
  }

  size_t BranchesOnServer() const {
    std::istringstream lines(server_.Git({"for-each-ref", "--format=%(refname)", "refs/heads"}));
    size_t count = 0;
    for (std::string line; std::getline(lines, line);) ++count;
    return count;
  }
};

TEST_F(Load, OfTenThousandRefsInOnePushIsAllOrNothing) {
  const int many = Scaled(10'000);
  MakeManyBranches(many);
  const size_t before = BranchesOnServer();
  const std::string all = "refs/heads/many/*:refs/heads/many/*";
  Ran push = clone_.TryGit({"push", "-q", "origin", all, "topic:main", "bad:release/1"});
  EXPECT_NE(push.status, 0);
  EXPECT_NE(Headlines(push.err).find("BLOCK refs/heads/release/1 STALE_CODE"), std::string::npos);
  EXPECT_EQ(BranchesOnServer(), before);
  EXPECT_EQ(OnServer("main"), base_);
  push = clone_.TryGit({"push", "-q", "origin", all, "topic:main"});
  EXPECT_EQ(push.status, 0) << push.err.substr(0, 2000);
  EXPECT_EQ(BranchesOnServer(), before + static_cast<size_t>(many));
  EXPECT_EQ(OnServer("main"), landing_);
}

TEST_F(Load, OfTenThousandProtectedRefsIsJudgedRefByRef) {
  std::string lines;
  for (int i = 0; i < Scaled(10'000); ++i)
    lines += base_.hex() + " " + landing_.hex() + " refs/heads/release/" + std::to_string(i) + "\n";
  const Environment here{{"GIT_DIR", "."}};
  EXPECT_EQ(Verdict(server_.path(), {"hook", "pre-receive"}, lines, here).status, 0);
  lines += base_.hex() + " " + bad_.hex() + " refs/heads/main\n";
  const Ran ran = Verdict(server_.path(), {"hook", "pre-receive"}, lines, here);
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(Headlines(ran.err).ends_with("\nBLOCK refs/heads/main STALE_CODE"));
}

/// Two who land at once: each has a change of its own on top of the same main.
class Pairs : public Load {
 protected:
  Pairs() : other_(GitRepo::Clone(sandbox_, clone_.path(), "other", {"--shared"})) {
    other_.Git({"remote", "set-url", "origin", server_.path()});
  }

  /// A change for `item` on top of `parent` with its verdict, ready to land.
  ObjectId Candidate(const ObjectId& parent, const std::string& item) const {
    const ObjectId validated =
        Import(parent, "Say " + item + "\n\nRefs: " + item + "\n", "app.txt", item + "\n");
    return Import(validated, item + ": staging log\n",
                  "docs/work-items/" + item + "/15-staging-log.md",
                  "---\nstaging_status: SUCCESS\nvalidated_sha: " + validated.hex() + "\n---\n");
  }

  /// The two pushes side by side: main is at one of the two then, whose pusher is told so.
  ObjectId Race(const ObjectId& one, const ObjectId& another) const {
    test::Running first = clone_.StartGit({"push", "origin", one.hex() + ":refs/heads/main"});
    test::Running second = other_.StartGit({"push", "origin", another.hex() + ":refs/heads/main"});
    const Ran of_one = first.Wait(), of_another = second.Wait();
    const ObjectId tip = OnServer("main");
    const std::string said = of_one.err + of_another.err;
    EXPECT_TRUE((of_one.status == 0) != (of_another.status == 0)) << said;
    EXPECT_EQ(tip, of_one.status == 0 ? one : another) << said;
    return tip;
  }

  void RaceManyTimes(int pairs) {
    ObjectId tip = OnServer("main");
    for (int i = 0; i < pairs && !HasFailure(); ++i) {
      SCOPED_TRACE("pair " + std::to_string(i));
      const ObjectId before = tip;
      const std::string item = "WI-" + std::to_string(100 + i);
      tip = Race(Candidate(before, item + "1"), Candidate(before, item + "2"));
      const Ran check =
          Verdict(server_.path(), {"check", "--base", before.hex(), "--head", tip.hex()});
      EXPECT_EQ(Headlines(check.out), "ALLOW - exact") << check.out;
    }
  }

  GitRepo other_;

 private:
  ObjectId Import(const ObjectId& parent, const std::string& message, const std::string& path,
                  const std::string& bytes) const {
    const auto data = [](const std::string& text) {
      return "data " + std::to_string(text.size()) + "\n" + text + "\n";
    };
    clone_.Git({"fast-import", "--quiet", "--force"},
               "commit refs/heads/built\ncommitter Ada <ada@example.invalid> 1700009000 +0000\n" +
                   data(message) + "from " + parent.hex() + "\nM 100644 inline " + path + "\n" +
                   data(bytes) + "\n");
    return clone_.Id("built");
  }
};

TEST_F(Pairs, OfPushesAtOnceLandExactlyOne) { RaceManyTimes(Scaled(25)); }

// Each hook waits until the other has judged as well, so both are allowed to land.
TEST_F(Pairs, ThatAreBothAllowedStillLandExactlyOne) {
  test::WriteFile(server_.path() + "/judge", ServerHook(kProgram));
  PutHook(
      "#!/bin/sh\n"
      "sh ./judge || exit 1\n"
      "echo >>judged\n"
      "for tries in $(seq 1000); do\n"
      "  [ $(($(wc -l <judged) % 2)) -eq 0 ] && exit 0\n"
      "  sleep 0.01\n"
      "done\n"
      "exit 1\n");
  RaceManyTimes(Scaled(25));
}

}  // namespace
}  // namespace e2e
