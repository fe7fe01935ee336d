// `git verdict record --onto`: a log goes to another branch, and no work tree hears of it.

#include "tests/e2e/record_story.h"

namespace e2e {
namespace {

class RecordOnto : public RecordStory {
 protected:
  RecordOnto() { validated_ = ChangeCode(); }

  /// Everything that `--onto` has to leave alone.
  std::string HereAndNow() const {
    return Status() + clone_.Git({"rev-parse", "HEAD"}) + clone_.Git({"write-tree"});
  }

  ObjectId validated_;
  const std::vector<std::string> onto_main_{"staging", "--work-item", "WI-1", "--status",
                                            "SUCCESS", "--onto",      "main"};
};

TEST_F(RecordOnto, PutsTheLogOnAnotherBranchAndLeavesThisOne) {
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  const ObjectId before = clone_.Id("main");
  const std::string here = HereAndNow();
  ExpectRecorded(Record(onto_main_));
  EXPECT_EQ(clone_.Id("main^"), before);
  EXPECT_EQ(clone_.Git({"diff", "--name-only", "main^", "main"}), kLog);
  EXPECT_EQ(FieldOf(LogAt("main"), "validated_sha"), validated_.hex());
  EXPECT_EQ(HereAndNow(), here);
  EXPECT_EQ(clone_.Id("refs/verdicts/WI-1/" + validated_.hex()), validated_);
}

TEST_F(RecordOnto, ALogMayComeBeforeItsCode) {
  InstallHook();
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  ExpectRecorded(Record(onto_main_));
  EXPECT_EQ(Push({"main"}), "ALLOW refs/heads/main evidence-only");
  clone_.Git({"switch", "-q", "main"});
  clone_.Merge("topic");
  EXPECT_EQ(Push({"main"}), "ALLOW refs/heads/main exact");
}

TEST_F(RecordOnto, TwiceIsOnce) {
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  ExpectRecorded(Record(onto_main_));
  const ObjectId recorded = clone_.Id("main");
  EXPECT_EQ(Record(onto_main_).out, "nothing to record: " + kLog + " on main says this already\n");
  EXPECT_EQ(clone_.Id("main"), recorded);
}

TEST_F(RecordOnto, TakesTheFullNameOfABranchAsWell) {
  clone_.Git({"branch", "-q", "release/1", "origin/main"});
  std::vector<std::string> words = onto_main_;
  words.back() = "refs/heads/release/1";
  ExpectRecorded(Record(words));
  EXPECT_EQ(clone_.Id("release/1^"), clone_.Id("origin/main"));
}

TEST_F(RecordOnto, WorksInABareRepository) {
  server_.Git({"config", "user.name", "CI"});
  server_.Git({"config", "user.email", "ci@example.invalid"});
  const ObjectId before = OnServer("main");
  ExpectRecorded(RecordIn(server_, onto_main_));
  EXPECT_EQ(server_.Id("main^"), before);
  EXPECT_EQ(FieldOf(server_.Git({"show", "main:" + kLog}), "validated_sha"), before.hex());
}

TEST_F(RecordOnto, AsksForACommitThatHoldsWhatWasStaged) {
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  clone_.Write("app.txt", "changed\n");
  ExpectRefused(onto_main_, "HEAD does not hold what is in the work tree: app.txt");
  clone_.Write(kLog, "mine, and not in the way\n");
  std::vector<std::string> words = onto_main_;
  words.insert(words.end(), {"--validated-sha", "topic"});
  ExpectRecorded(Record(words));
  EXPECT_EQ(clone_.Read(kLog), "mine, and not in the way\n");
}

TEST_F(RecordOnto, NeedsABranchThatIsThere) {
  for (const char* name :
       {"none", "origin/main", "refs/remotes/origin/main", "HEAD", "refs/tags/v1", "..", "a b"}) {
    std::vector<std::string> words = onto_main_;
    words.back() = name;
    clone_.TryGit({"tag", "v1"});
    ExpectRefused(words, "--onto: there is no branch '" + std::string(name) + "' here");
  }
}

TEST_F(RecordOnto, LeavesABranchThatIsCheckedOut) {
  std::vector<std::string> words = onto_main_;
  words.back() = "topic";
  ExpectRefused(words, "refs/heads/topic is checked out in " + clone_.path());
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  clone_.Git({"worktree", "add", "-q", sandbox_.Path("linked"), "main"});
  ExpectRefused(onto_main_, "refs/heads/main is checked out in " + sandbox_.Path("linked"));
}

TEST_F(RecordOnto, LeavesARefThatOnlyStandsForAnother) {
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  clone_.Git({"symbolic-ref", "refs/heads/alias", "refs/heads/main"});
  std::vector<std::string> words = onto_main_;
  words.back() = "alias";
  ExpectRefused(words, "refs/heads/alias only stands for refs/heads/main");
}

TEST_F(RecordOnto, IsJudgedByWhatThatBranchHolds) {
  ExpectRecorded(RecordStaging("SUCCESS"));
  clone_.Git({"branch", "-q", "-f", "main", "origin/main"});
  ExpectRecorded(Record(onto_main_));
  EXPECT_EQ(clone_.Git({"ls-tree", "-r", "--name-only", "main", kItem}), kLog);
}

}  // namespace
}  // namespace e2e
