// One decision, whatever the door and the kind of clone: random changes are
// judged at all of them, and the reports have to be the same byte for byte.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/e2e/random_change.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

using topology::Ground;

/// The line of a push.
struct Update {
  std::string before, after, ref;
};

Update UpdateOf(const Ground& ground) {
  std::istringstream words(ground.lines());
  Update update;
  words >> update.before >> update.after >> update.ref;
  return update;
}

std::string UpdatesIn(const std::string& file) {
  return ReportOf(test::ReadFile(file))["updates"].dump(1);
}

/// Puts one update to the doors of a repository; each gives its `updates` as text.
class Doors {
 public:
  Doors(const Ground& ground, const Update& update, const GitRepo& repository)
      : report_(ground.Path("door.json")),
        update_(update),
        directory_(repository.path()),
        as_git_({{"GIT_DIR", repository.git_directory()}}) {}

  std::string PreReceive() const {
    const std::string line = update_.before + " " + update_.after + " " + update_.ref + "\n";
    return Ask({"hook", "pre-receive"}, line, as_git_);
  }

  std::string AtUpdate() const {
    return Ask({"hook", "update", update_.ref, update_.before, update_.after}, "", as_git_);
  }

  std::string PrePush() const {
    const bool deletes = update_.after == kZeros;
    const std::string line = (deletes ? "(delete)" : "refs/heads/candidate") + std::string(" ") +
                             update_.after + " " + update_.ref + " " + update_.before + "\n";
    return Ask({"hook", "pre-push", "origin", "url"}, line, as_git_);
  }

  /// With variables that must have no say.
  std::string Check() const {
    return Ask({"check", "--ref", update_.ref, "--base", update_.before, "--head", update_.after},
               "",
               {{"GIT_DIR", "/nonexistent"},
                {"GIT_OBJECT_DIRECTORY", "/nonexistent"},
                {"GIT_NAMESPACE", "elsewhere"},
                {"GIT_CONFIG_COUNT", "1"},
                {"GIT_CONFIG_KEY_0", "verdict.policyFile"},
                {"GIT_CONFIG_VALUE_0", "/nonexistent"}});
  }

 private:
  std::string Ask(std::vector<std::string> arguments, const std::string& input,
                  const Environment& environment) const {
    arguments.insert(arguments.end(), {"--output", "json=" + report_});
    test::WriteFile(report_, "");
    const Ran ran = Verdict(directory_, arguments, input, environment);
    EXPECT_LE(ran.status, 2) << ran.err;
    return UpdatesIn(report_);
  }

  std::string report_;
  const Update& update_;
  std::string directory_;
  Environment as_git_;
};

/// What would steer a merge or hide an object, if anyone asked it.
void Plant(const GitRepo& repository, const Update& update) {
  const std::string git =
      repository.Git({"rev-parse", "--path-format=absolute", "--git-common-dir"});
  const std::string attributes = "* merge=lie\n*.md filter=lie\n";
  test::WriteFile(git + "/info/attributes", attributes);
  std::ofstream(git + "/config", std::ios::app)
      << "[merge]\n\tdefault = union\n\trenames = false\n[merge \"lie\"]\n\tdriver = true\n"
         "[filter \"lie\"]\n\tsmudge = sed s/FAILED/SUCCESS/\n[diff]\n\talgorithm = patience\n"
         "[core]\n\tautocrlf = true\n\tignoreCase = true\n\tuseReplaceRefs = true\n";
  if (repository.Git({"rev-parse", "--is-inside-work-tree"}) == "true")
    repository.Write(".gitattributes", attributes);
  if (update.after != kZeros && update.before != kZeros) {
    test::WriteFile(git + "/refs/replace/" + update.after, update.before + "\n");
    test::WriteFile(git + "/info/grafts", update.after + "\n");
  }
  test::WriteFile(std::string(std::getenv("HOME")) + "/.config/git/attributes", attributes);
}

/// All branches below `from` are below `to` as well.
void CopyBranches(const GitRepo& repository, const std::string& from, const std::string& to) {
  const std::string depth = std::to_string(std::ranges::count(from, '/'));
  std::istringstream refs(repository.Git(
      {"for-each-ref", "--format=%(objectname) %(refname:lstrip=" + depth + ")", from}));
  std::string commands;
  for (std::string id, name; refs >> id >> name;)
    if (name != "HEAD") commands += "update " + to + name + " " + id + "\n";
  repository.Git({"update-ref", "--stdin"}, commands);
}

/// The same refs as the server's, for those who look at them as a remote's.
void KnowOrigin(const GitRepo& repository) {
  CopyBranches(repository, "refs/heads/", "refs/remotes/origin/");
  repository.Git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"});
}

GitRepo CloneAs(const Ground& ground, const std::string& name, std::vector<std::string> options) {
  options.push_back("--no-checkout");
  const GitRepo clone = GitRepo::Clone(ground.sandbox(), ground.server().url(), name, options);
  CopyBranches(clone, "refs/remotes/origin/", "refs/heads/");
  return clone;
}

std::vector<GitRepo> AllKinds(const Ground& ground) {
  ground.work().Git({"switch", "-q", "--force", "--ignore-other-worktrees", "main"});
  KnowOrigin(ground.server());
  std::vector<GitRepo> kinds{ground.server(), ground.work()};
  kinds.push_back(CloneAs(ground, "clone", {}));
  kinds.push_back(CloneAs(ground, "alternates", {"--reference", ground.server().path()}));
  kinds.push_back(CloneAs(ground, "partial", {"--filter=blob:limit=1m"}));
  return kinds;
}

void Pin(const std::vector<GitRepo>& kinds, const std::string& policy) {
  test::WriteFile(policy, "version: 1\nlanding: exact\n");
  for (const GitRepo& repository : kinds) repository.Git({"config", "verdict.policyFile", policy});
}

void Build(Ground& ground, RandomChange& change) {
  change.StageBranch("WI-1", change.Pick(2) == 0);
  if (change.Pick(4) == 0) {
    change.StageBranch("WI-2", true);
    ground.work().Git({"switch", "-q", "WI-1"});
    ground.work().TryGit({"merge", "-q", "-m", "both", "WI-2"});
    if (!ground.work().Git({"ls-files", "-u"}).empty()) ground.work().Commit("both");
  }
  change.MaybeMoveBase();
  change.LandSomehow("WI-1");
  ground.work().Git({"update-ref", "refs/heads/candidate", "HEAD"});
  const int target = change.Pick(12);
  if (target == 0) return ground.Push("", "refs/heads/main");
  if (target == 1) return ground.Push("main~1", "refs/heads/main");
  if (target == 2) return ground.Push("candidate", "refs/heads/free");
  if (target < 5) return ground.Push("candidate", "refs/heads/release/1");
  ground.Push("candidate", "refs/heads/main");
}

void JudgeEverywhere(unsigned seed, std::map<std::string, int>& answers) {
  Ground ground(seed % 2 ? "exact" : "replay");
  RandomChange change(ground, seed);
  Build(ground, change);
  const Update update = UpdateOf(ground);
  const std::vector<GitRepo> kinds = AllKinds(ground);
  if (seed % 5 == 0) Pin(kinds, ground.Path("policy.yml"));
  const std::string said = Doors(ground, update, ground.server()).PreReceive();
  const Json first = Json::parse(said)[0];
  const Json& word = first["code"].is_null() ? first["proof"] : first["code"];
  ++answers[word.get<std::string>()];
  const bool moves = update.before != kZeros && update.after != kZeros;
  for (const GitRepo& repository : kinds) {
    if (change.Pick(3) > 0) Plant(repository, update);
    SCOPED_TRACE(repository.path());
    const Doors doors(ground, update, repository);
    EXPECT_EQ(doors.PreReceive(), said);
    EXPECT_EQ(doors.AtUpdate(), said);
    EXPECT_EQ(doors.PrePush(), said);
    if (!moves || word == "REF_REWRITTEN") continue;  // no question for `check`
    EXPECT_EQ(doors.Check(), said);
  }
}

class DoorsTest : public testing::TestWithParam<unsigned> {};

// In shares, so that several run at a time.
TEST_P(DoorsTest, SayTheSameByteForByteInEveryKindOfClone) {
  std::map<std::string, int> answers;
  for (int i = 0; i < Scaled(50) && !HasFailure(); ++i) {
    const unsigned seed = GetParam() * 1000 + static_cast<unsigned>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    JudgeEverywhere(seed, answers);
  }
  for (const auto& [answer, times] : answers) RecordProperty(answer, times);
}

TEST_P(DoorsTest, NeverRefuseAnHonestLandingWhileTheBaseIsStill) {
  for (int i = 0; i < Scaled(50) && !HasFailure(); ++i) {
    const unsigned seed = GetParam() * 1000 + static_cast<unsigned>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    Ground ground("exact");
    RandomChange change(ground, seed);
    change.StageBranch("WI-1", true);
    change.LandHonestly("WI-1");
    ground.Push();
    EXPECT_EQ(ground.Answer(), "exact");
  }
}

INSTANTIATE_TEST_SUITE_P(Shares, DoorsTest, testing::Values(1u, 2u, 3u, 4u));

}  // namespace
}  // namespace e2e
