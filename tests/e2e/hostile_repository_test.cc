// Repositories that are broken, cut off, foreign, or not what they seem.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/e2e/hostile.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class HostileRepository : public Story {
 protected:
  static Ran Check(const std::string& directory, std::vector<std::string> more = {}) {
    more.insert(more.begin(), "check");
    return Verdict(directory, more, "", {{"VERDICT_WATCHDOG_SECONDS", "1"}});
  }

  /// `check` cannot evaluate, in text and in JSON.
  static void ExpectCheckFault(const std::string& directory, const std::string& code) {
    ExpectFault(Check(directory), code);
    const Ran json = Check(directory, {"--format", "json"});
    EXPECT_EQ(json.status, 2);
    EXPECT_EQ(json.err, "");
    ExpectReport(json.out);
    EXPECT_NE(json.out.find("\"" + code + "\""), std::string::npos) << json.out;
  }

  /// The three objects of a landing that are read for sure.
  std::vector<ObjectId> ObjectsOfALanding() const {
    PrepareLanding();
    return {clone_.Id("HEAD"), clone_.Id("HEAD^{tree}"), clone_.Id("HEAD:" + kLog)};
  }
};

TEST_F(HostileRepository, NoneAtAll) {
  ExpectCheckFault(sandbox_.Path("home"), "REPOSITORY_UNREADABLE");
}

TEST_F(HostileRepository, AGitFileThatLeadsNowhere) {
  test::WriteFile(sandbox_.Path("astray/.git"), "gitdir: /nowhere\n");
  ExpectCheckFault(sandbox_.Path("astray"), "REPOSITORY_UNREADABLE");
}

TEST_F(HostileRepository, AConfigOfGarbage) {
  test::WriteFile(clone_.path() + "/.git/config", std::string("[core\0\xff", 7));
  ExpectCheckFault(clone_.path(), "REPOSITORY_UNREADABLE");
}

TEST_F(HostileRepository, AHeadOfGarbage) {
  for (const char* head : {"", "garbage\n", "ref: refs/heads/../../config\n", "ref: \x1b[31m\n"}) {
    test::WriteFile(clone_.path() + "/.git/HEAD", head);
    const Ran ran = Check(clone_.path());
    EXPECT_EQ(ran.status, 2) << head;
    ExpectRefusal(ran, "CANNOT-EVALUATE");
  }
}

TEST_F(HostileRepository, NoObjects) {
  PrepareLanding();
  fs::remove_all(clone_.path() + "/.git/objects");
  EXPECT_EQ(Check(clone_.path()).status, 2);
  fs::create_directories(clone_.path() + "/.git/objects");
  EXPECT_EQ(Check(clone_.path()).status, 2);
}

TEST_F(HostileRepository, ObjectsThatAreTruncated) {
  for (const ObjectId& id : ObjectsOfALanding()) {
    const std::string file = clone_.LooseObject(id), whole = test::ReadFile(file);
    for (const size_t size :
         {size_t{0}, size_t{1}, size_t{2}, whole.size() / 2, whole.size() - 1}) {
      test::WriteFile(file, whole.substr(0, size));
      ExpectFault(Check(clone_.path()), "REPOSITORY_UNREADABLE");
    }
    test::WriteFile(file, whole);
  }
  EXPECT_EQ(Check(clone_.path()).status, 0);
}

TEST_F(HostileRepository, ObjectsThatHoldOtherBytesThanTheirNameSays) {
  const std::vector<ObjectId> objects = ObjectsOfALanding();
  for (const ObjectId& id : objects) {
    const std::string file = clone_.LooseObject(id), whole = test::ReadFile(file);
    std::string garbled = whole;
    garbled[garbled.size() / 2] = static_cast<char>(garbled[garbled.size() / 2] ^ 1);
    for (const std::string& bytes :
         {garbled, std::string("not zlib at all"),
          test::ReadFile(clone_.LooseObject(clone_.Id("HEAD:app.txt")))}) {
      test::WriteFile(file, bytes);
      ExpectFault(Check(clone_.path()), "REPOSITORY_UNREADABLE");
    }
    test::WriteFile(file, whole);
  }
}

TEST_F(HostileRepository, ObjectsThatAreMissing) {
  const std::vector<ObjectId> objects = ObjectsOfALanding();
  const ObjectId head = clone_.Id();
  for (const ObjectId& id : objects) {
    const std::string file = clone_.LooseObject(id);
    fs::rename(file, sandbox_.Path("aside"));
    const Ran ran = Check(clone_.path(), {"--head", head.hex()});
    ExpectFault(ran, "OBJECT_MISSING");
    EXPECT_NE(ran.out.find("fix: "), std::string::npos);
    fs::rename(sandbox_.Path("aside"), file);
  }
}

TEST_F(HostileRepository, AHeadWhoseCommitIsMissing) {
  PrepareLanding();
  fs::remove(clone_.LooseObject(clone_.Id()));
  ExpectCheckFault(clone_.path(), "OBJECT_MISSING");
  EXPECT_NE(Check(clone_.path()).out.find("fix: git fetch"), std::string::npos);
  const Ran show = Verdict(clone_.path(), {"show"});
  EXPECT_EQ(show.status, 2);
  EXPECT_NE(show.out.find("OBJECT_MISSING"), std::string::npos) << show.out;
}

TEST_F(HostileRepository, APackThatIsGarbled) {
  PrepareLanding();
  clone_.Git({"repack", "-q", "-a", "-d", "--depth=0"});
  for (const auto& entry : fs::directory_iterator(clone_.path() + "/.git/objects/pack")) {
    if (entry.path().extension() != ".pack") continue;
    std::string pack = test::ReadFile(entry.path());
    for (size_t i = 12; i + 20 < pack.size(); i += 7) pack[i] = static_cast<char>(pack[i] ^ 0x55);
    test::WriteFile(entry.path(), pack);
  }
  EXPECT_EQ(Check(clone_.path()).status, 2);
}

TEST_F(HostileRepository, AValidatedCommitThatIsNotHere) {
  ChangeCode();
  RecordVerdict(*ObjectId::FromHex(std::string(40, 'a')));
  const Ran ran = Check(clone_.path());
  ExpectFault(ran, "OBJECT_MISSING");
  EXPECT_NE(ran.out.find("fetch"), std::string::npos) << ran.out;
}

TEST_F(HostileRepository, ABaseThatIsNotHere) {
  PrepareLanding();
  const Ran ran =
      Verdict(clone_.path(), {"hook", "pre-push", "origin", "url"},
              "HEAD " + clone_.Id().hex() + " refs/heads/main " + std::string(40, 'b') + "\n");
  ExpectFault(ran, "OBJECT_MISSING");
}

TEST_F(HostileRepository, AShallowClone) {
  PrepareLanding();
  clone_.Git({"push", "-q", "origin", "topic"});
  const GitRepo shallow = GitRepo::Clone(sandbox_, server_.url(), "shallow",
                                         {"--depth=1", "--no-single-branch", "-b", "topic"});
  ExpectCheckFault(shallow.path(), "HISTORY_SHALLOW");
  EXPECT_NE(Check(shallow.path()).out.find("git fetch --unshallow"), std::string::npos);
  EXPECT_EQ(Check(shallow.path(), {"--ref", "free"}).status, 0);
  shallow.Git({"fetch", "-q", "--unshallow"});
  EXPECT_EQ(Check(shallow.path()).status, 0);
}

TEST_F(HostileRepository, AShallowCloneOfOneBranchAsCiMakesIt) {
  PrepareLanding();
  clone_.Git({"push", "-q", "origin", "topic"});
  const GitRepo shallow =
      GitRepo::Clone(sandbox_, server_.url(), "shallow", {"--depth=1", "-b", "topic"});
  ExpectCheckFault(shallow.path(), "HISTORY_SHALLOW");
  for (const char* base : {"origin/main", "HEAD~1"}) {
    const Ran ran = Check(shallow.path(), {"--base", base});
    ExpectFault(ran, "HISTORY_SHALLOW");
    EXPECT_NE(ran.out.find("fetch-depth: 0"), std::string::npos) << ran.out;
  }
}

TEST_F(HostileRepository, APartialClone) {
  PrepareLanding();
  clone_.Git({"push", "-q", "origin", "topic"});
  const GitRepo partial = GitRepo::Clone(sandbox_, server_.url(), "partial",
                                         {"--filter=blob:none", "--no-checkout", "-b", "topic"});
  const Ran ran = Check(partial.path(), {"--base", "origin/main"});
  ExpectFault(ran, "OBJECT_MISSING");
  EXPECT_NE(ran.out.find("fix: "), std::string::npos) << ran.out;
}

TEST_F(HostileRepository, ASha256One) {
  clone_.Git({"init", "-q", "--object-format=sha256", sandbox_.Path("sha256")});
  ExpectCheckFault(sandbox_.Path("sha256"), "REPOSITORY_UNSUPPORTED");
}

TEST_F(HostileRepository, SomebodyElses) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a repository away";
  PrepareLanding();
  ASSERT_EQ(Shell(clone_.path(), "chown -R 12345 .").status, 0);
  ExpectCheckFault(clone_.path(), "REPOSITORY_UNREADABLE");
  EXPECT_NE(Check(clone_.path()).out.find("git config --global --add safe.directory"),
            std::string::npos);
}

TEST_F(HostileRepository, ReplaceRefsAndGraftsChangeNothing) {
  ChangeCode();
  const ObjectId failed = RecordVerdict(clone_.Id(), "FAILED");
  const Ran before = Check(clone_.path());
  EXPECT_EQ(Headlines(before.out), "BLOCK - VERDICT_FAILED");
  clone_.Git({"switch", "-q", "--detach", "topic~1"});
  const ObjectId good = RecordVerdict(clone_.Id());
  clone_.Git({"switch", "-q", "topic"});
  clone_.Git({"replace", failed.hex(), good.hex()});
  clone_.Git({"replace", clone_.Git({"rev-parse", "--verify", failed.hex() + ":" + kLog}),
              clone_.Git({"rev-parse", "--verify", good.hex() + ":" + kLog})});
  EXPECT_EQ(Check(clone_.path()).out, before.out);
  clone_.Git({"replace", "-d", failed.hex()});
  test::WriteFile(clone_.path() + "/.git/info/grafts", failed.hex() + "\n");
  EXPECT_EQ(Check(clone_.path()).out, before.out);
}

}  // namespace
}  // namespace e2e
