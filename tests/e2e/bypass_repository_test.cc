// Ways past by what stands beside the objects: replace refs, grafts, indexes of history and
// of packs, variables, cut-off history.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/judged_server.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

std::uint32_t NumberAt(const std::string& bytes, size_t at) {
  std::uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

void SetNumber(std::string& bytes, size_t at, std::uint32_t number) {
  for (size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(number >> (24 - 8 * i) & 0xff);
}

/// A file of chunks, as git's commit-graph and multi-pack-index are, and where they start.
struct Chunks {
  std::string bytes;
  size_t table;  // where their list starts

  size_t StartOf(const std::string& name) const {
    for (size_t at = table; at + 12 < bytes.size(); at += 12)
      if (bytes.compare(at, 4, name) == 0) return NumberAt(bytes, at + 8);
    throw std::runtime_error("no chunk " + name);
  }

  /// Which of the ids in the file this one is.
  std::uint32_t PositionOf(const ObjectId& id) const {
    const std::string raw(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
    const size_t ids = StartOf("OIDL");
    for (std::uint32_t i = 0; ids + 20 * (i + 1) <= bytes.size(); ++i)
      if (bytes.compare(ids + 20 * i, 20, raw) == 0) return i;
    throw std::runtime_error("no id " + id.hex());
  }
};

class BypassRepository : public JudgedServer {
 protected:
  BypassRepository() { clone_.Git({"config", "core.hooksPath", "/dev/null"}); }

  /// A commit of another root on the server, under a name of its own.
  ObjectId PushUnrelated() {
    clone_.Git({"checkout", "-q", "--orphan", "other"});
    const ObjectId unrelated = RecordVerdict(ChangeCode());
    clone_.Git({"push", "-q", "origin", "other:scratch"});
    return unrelated;
  }

  bool GitOnServerSees(const ObjectId& tip, const ObjectId& ancestor) const {
    return server_.TryGit({"merge-base", "--is-ancestor", ancestor.hex(), tip.hex()}).status == 0;
  }

  const std::string kRewritten = "BLOCK refs/heads/main REF_REWRITTEN";
};

TEST_F(BypassRepository, ReplacedObjectsAreReadAsTheyAre) {
  const ObjectId validated = ChangeCode();
  const ObjectId good = RecordVerdict(validated);
  clone_.Git({"reset", "-q", "--hard", validated.hex()});
  const ObjectId failed = RecordVerdict(validated, "FAILED");
  server_.Git({"fetch", "-q", clone_.path(), "topic", good.hex()});
  server_.Git({"replace", failed.hex(), good.hex()});
  server_.Git({"replace",
               server_.Git({"--no-replace-objects", "rev-parse", failed.hex() + ":" + kLog}),
               server_.Git({"rev-parse", good.hex() + ":" + kLog})});
  ASSERT_NE(server_.Git({"show", failed.hex() + ":" + kLog}).find("SUCCESS"), std::string::npos);
  ExpectRefused("git push origin topic:main", "BLOCK refs/heads/main VERDICT_FAILED");
}

TEST_F(BypassRepository, AReplaceRefIsNotPushed) {
  const ObjectId failed = RecordVerdict(ChangeCode(), "FAILED");
  clone_.Git({"replace", failed.hex(), clone_.Id("topic~1").hex()});
  const std::string ref = "refs/replace/" + failed.hex();
  ExpectRefused("git push origin '" + ref + ":" + ref + "'", "BLOCK " + ref + " REF_FORBIDDEN");
}

TEST_F(BypassRepository, GraftsTieNothingTogether) {
  const ObjectId main = OnServer("main"), unrelated = PushUnrelated();
  ASSERT_FALSE(GitOnServerSees(unrelated, main));
  test::WriteFile(server_.path() + "/info/grafts",
                  clone_.Id("other~1").hex() + " " + main.hex() + "\n");
  ASSERT_TRUE(GitOnServerSees(unrelated, main));
  ExpectRefused("git push --force origin other:main", kRewritten);
}

TEST_F(BypassRepository, AForgedCommitGraphIsNotRead) {
  const ObjectId main = OnServer("main"), unrelated = PushUnrelated();
  server_.Git({"-c", "commitGraph.generationVersion=1", "commit-graph", "write", "--reachable"});
  const std::string file = server_.path() + "/objects/info/commit-graph";
  Chunks graph{test::ReadFile(file), 8};
  const size_t row = graph.StartOf("CDAT") + 36 * graph.PositionOf(clone_.Id("other~1"));
  SetNumber(graph.bytes, row + 20, graph.PositionOf(main));  // its first parent
  SetNumber(graph.bytes, row + 28, 2 << 2);                  // its generation
  const size_t tip = graph.StartOf("CDAT") + 36 * graph.PositionOf(unrelated);
  SetNumber(graph.bytes, tip + 28, 3 << 2);
  test::WriteFile(file, graph.bytes);
  ASSERT_TRUE(GitOnServerSees(unrelated, main));
  ExpectRefused("git push --force origin other:main", kRewritten);
}

// Two log blobs, each where the index says that the other one is.
TEST_F(BypassRepository, AForgedIndexOfPacksIsSeenThrough) {
  const ObjectId validated = ChangeCode();
  const ObjectId failed = RecordVerdict(validated, "FAILED");
  clone_.Git({"push", "-q", "origin", "topic:scratch"});
  clone_.Git({"reset", "-q", "--hard", validated.hex()});
  const ObjectId good = RecordVerdict(validated);
  clone_.Git({"push", "-q", "origin", "topic:good"});
  server_.Git({"repack", "-q", "-a", "-d", "--depth=0"});
  server_.Git({"multi-pack-index", "write"});
  const std::string file = server_.path() + "/objects/pack/multi-pack-index";
  Chunks index{test::ReadFile(file), 12};
  const auto place = [&](const ObjectId& commit) {
    return index.StartOf("OOFF") + 8 * index.PositionOf(clone_.Id(commit.hex() + ":" + kLog)) + 4;
  };
  const std::uint32_t bad_place = NumberAt(index.bytes, place(failed));
  SetNumber(index.bytes, place(failed), NumberAt(index.bytes, place(good)));
  SetNumber(index.bytes, place(good), bad_place);
  test::WriteFile(file, index.bytes);
  ASSERT_NE(server_.Git({"show", failed.hex() + ":" + kLog}).find("SUCCESS"), std::string::npos);
  clone_.Git({"reset", "-q", "--hard", failed.hex()});
  ExpectRefused("git push origin topic:main",
                "CANNOT-EVALUATE refs/heads/main REPOSITORY_UNREADABLE");
}

TEST_F(BypassRepository, AShallowPushIsNotTakenForTheWholeHistory) {
  server_.Git({"config", "receive.shallowUpdate", "true"});
  PushUnrelated();
  const GitRepo shallow =
      GitRepo::Clone(sandbox_, clone_.url(), "shallow", {"--depth=1", "-b", "other"});
  shallow.Git({"config", "core.sshCommand", sandbox_.Path("wire")});
  shallow.Git({"config", "ssh.variant", "simple"});
  ExpectRefused(
      "git -C '" + shallow.path() + "' push --force " + AddressOf(server_.path()) + " other:main",
      kRewritten);
}

/// The server's hook, called by hand with variables that no push brings along.
class BypassVariables : public BypassRepository {
 protected:
  BypassVariables() {
    ChangeCode();
    clone_.Git({"push", "-q", "origin", "topic:scratch"});
    green_ = clone_.path() + "/.git";
    clone_.Git({"update-ref", "refs/heads/main", "topic"});
    test::WriteFile(sandbox_.Path("loose.yml"), "version: 1\nprotected: [nothing]\n");
    test::WriteFile(sandbox_.Path("evil/.gitconfig"), Config());
    test::WriteFile(sandbox_.Path("evil/xdg/git/config"), Config());
    for (const char* program : {"git", "git-verdict"}) {
      test::WriteFile(sandbox_.Path("evil/" + std::string(program)), "#!/bin/sh\nexit 0\n");
      fs::permissions(sandbox_.Path("evil/" + std::string(program)), fs::perms::owner_all);
    }
  }

  std::string Config() const {
    return "[verdict]\n\tpolicyFile = " + sandbox_.Path("loose.yml") +
           "\n[core]\n\thooksPath = /dev/null\n\tuseReplaceRefs = true\n";
  }

  Ran Hook(Environment planted) const {
    planted.push_back({"GIT_DIR", server_.path()});
    return Verdict(server_.path(), {"hook", "pre-receive"},
                   OnServer("main").hex() + " " + clone_.Id().hex() + " refs/heads/main\n",
                   planted);
  }

  /// What steers git, the C library or the loader, each turned towards a repository or a config
  /// that would allow the push.
  std::vector<Environment> Planted() const {
    const std::string evil = sandbox_.Path("evil");
    return {
        {{"GIT_OBJECT_DIRECTORY", green_ + "/objects"}},
        {{"GIT_ALTERNATE_OBJECT_DIRECTORIES", green_ + "/objects"}},
        {{"GIT_COMMON_DIR", green_}},
        {{"GIT_WORK_TREE", clone_.path()}},
        {{"GIT_INDEX_FILE", green_ + "/index"}},
        {{"GIT_NAMESPACE", "x"}},
        {{"GIT_REPLACE_REF_BASE", "refs/heads/"}},
        {{"GIT_SHALLOW_FILE", "/dev/null"}},
        {{"GIT_GRAFT_FILE", evil + "/.gitconfig"}},
        {{"GIT_CONFIG", evil + "/.gitconfig"}},
        {{"GIT_CONFIG_GLOBAL", evil + "/.gitconfig"}},
        {{"GIT_CONFIG_SYSTEM", evil + "/.gitconfig"}},
        {{"GIT_CONFIG_COUNT", "1"},
         {"GIT_CONFIG_KEY_0", "verdict.policyFile"},
         {"GIT_CONFIG_VALUE_0", sandbox_.Path("loose.yml")}},
        {{"GIT_CONFIG_PARAMETERS", "'verdict.policyfile'='" + sandbox_.Path("loose.yml") + "'"}},
        {{"GIT_EXEC_PATH", evil}},
        {{"GIT_PUSH_OPTION_COUNT", "1"}, {"GIT_PUSH_OPTION_0", "skip"}},
        {{"XDG_CONFIG_HOME", evil + "/xdg"}},
        {{"TZ", "Mars/Phobos"}},
        {{"LD_PRELOAD", evil + "/none.so"}},
        {{"SKIP_GATE", "1"}, {"CI", "true"}}};
  }

  /// The environment that Verdict() gives has these already, and the first one counts.
  Ran InAnotherWorld(const std::string& arguments) const {
    return Shell(server_.path(), "export HOME='" + sandbox_.Path("evil") + "' PATH='" +
                                     sandbox_.Path("evil") +
                                     "' LC_ALL=tr_TR.UTF-8; exec \"$VERDICT\" " + arguments);
  }

  std::string green_;
};

TEST_F(BypassVariables, HaveNoSayInTheServersHook) {
  const Ran plain = Hook({});
  ASSERT_EQ(Headlines(plain.err), "BLOCK refs/heads/main VERDICT_MISSING");
  for (const Environment& planted : Planted()) {
    const Ran ran = Hook(planted);
    EXPECT_EQ(ran.status, 1) << planted[0].first;
    EXPECT_EQ(Headlines(ran.err), Headlines(plain.err)) << planted[0].first;
  }
  const Ran ran = InAnotherWorld("hook update refs/heads/main " + OnServer("main").hex() + " " +
                                 clone_.Id().hex());
  EXPECT_EQ(ran.status, 2) << "GIT_DIR was not there: " << ran.err;
}

TEST_F(BypassVariables, HaveNoSayInACheck) {
  const std::vector<std::string> check{"check", "--base", "main", "--head", "scratch"};
  const Ran plain = Verdict(server_.path(), check);
  ASSERT_EQ(Headlines(plain.out), "BLOCK - VERDICT_MISSING");
  for (const Environment& planted : Planted()) {
    const Ran ran = Verdict(server_.path(), check, "", planted);
    EXPECT_EQ(ran.status, 1) << planted[0].first;
    EXPECT_EQ(ran.out, plain.out) << planted[0].first;
  }
  const Ran ran = InAnotherWorld("check --base main --head scratch");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, plain.out);
}

TEST_F(BypassVariables, OfAQuarantineCountInsideTheRepositoryOnly) {
  for (const std::string& elsewhere : {green_ + "/objects", std::string("/"), std::string("."),
                                       server_.path() + "/objects/../../clone/.git/objects"}) {
    const Ran ran = Hook({{"GIT_QUARANTINE_PATH", elsewhere}});
    EXPECT_EQ(ran.status, 2) << elsewhere;
    EXPECT_EQ(Headlines(ran.err), "CANNOT-EVALUATE - INPUT_MALFORMED") << elsewhere;
  }
}

}  // namespace
}  // namespace e2e
