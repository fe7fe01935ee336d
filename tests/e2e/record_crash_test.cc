// `git verdict record` that is ended, or told of a full or broken disk, at each call by which it
// changes something: what it leaves is the old state or the new one, and the next run mends the
// rest.

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "tests/e2e/record_story.h"
#include "tests/support/struck.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using test::Blow;

struct Case {
  std::string name;
  std::string before;             // a line of shell in the clone, after the change
  std::vector<std::string> more;  // arguments of `record staging ... --status SUCCESS`
};

void PrintTo(const Case& tried, std::ostream* out) { *out << tried.name; }

const std::string kRecordFailed =
    "\"$VERDICT\" record staging --work-item WI-1 --status FAILED --validated-sha HEAD ";

class RecordCrash : public RecordStory, public testing::WithParamInterface<Case> {
 protected:
  RecordCrash() {
    ChangeCode();
    fs::remove_all(clone_.path() + "/.git/hooks");
    const Ran ran = Shell(sandbox_.Path(), "ssh-keygen -q -t ed25519 -N '' -f key");
    EXPECT_EQ(ran.status, 0) << ran.err;
    const Ran before = Shell(clone_.path(), GetParam().before);
    EXPECT_EQ(before.status, 0) << before.err;
    words_.insert(words_.end(), GetParam().more.begin(), GetParam().more.end());
    old_ = StateOf(clone_.Id(), clone_);
  }

  /// What a commit holds in the folder of the item, and what its branch points at.
  struct State {
    ObjectId commit;
    std::string log, signature;  // empty: none
  };

  static std::string ShownAt(const GitRepo& repo, const std::string& object) {
    return repo.TryGit({"show", object}).out;
  }

  static State StateOf(const ObjectId& commit, const GitRepo& repo) {
    return {commit, ShownAt(repo, commit.hex() + ":" + kLog),
            ShownAt(repo, commit.hex() + ":" + kLog + ".sig")};
  }

  static std::string OnDisk(const GitRepo& repo, const std::string& file) {
    return fs::exists(repo.path() + "/" + file) ? repo.Read(file) : "";
  }

  static std::vector<std::string> LocksIn(const GitRepo& repo) {
    std::vector<std::string> locks;
    for (const auto& entry : fs::recursive_directory_iterator(repo.path() + "/.git"))
      if (entry.path().extension() == ".lock") locks.push_back(entry.path());
    return locks;
  }

  /// A clone like the first one, as it was before anything was recorded.
  GitRepo Anew() const {
    const std::string path = sandbox_.Path("struck");
    fs::remove_all(path);
    fs::copy(clone_.path(), path, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    return GitRepo(path);
  }

  test::Struck RecordUnder(const Blow& blow, const GitRepo& repo) const {
    std::vector<std::string> command{kProgram};
    command.insert(command.end(), words_.begin(), words_.end());
    return test::RunStruck(command, repo.path(),
                           PlainEnvironment({{"ASAN_OPTIONS", "detect_leaks=0"}}), blow);
  }

  /// Holds what is left to: the old state or the new one, in each place.
  void ExpectOldOrNew(const GitRepo& repo) const {
    EXPECT_EQ(repo.Git({"fsck", "--strict", "--no-dangling"}), "");
    EXPECT_EQ(repo.TryGit({"ls-files", "--stage"}).status, 0);
    const State now = StateOf(repo.Id(), repo);
    if (now.commit != old_.commit) ExpectNew(now, repo);
    for (const auto& [file, before, after] :
         {std::tuple{kLog, old_.log, now.log},
          std::tuple{kLog + ".sig", old_.signature, now.signature}}) {
      const std::string text = OnDisk(repo, file);
      EXPECT_TRUE(text == before || text == after) << file << " holds\n" << text;
    }
  }

  void ExpectNew(const State& now, const GitRepo& repo) const {
    EXPECT_EQ(repo.Id(now.commit.hex() + "^"), old_.commit);
    EXPECT_TRUE(now.log.starts_with("---\nstaging_status: SUCCESS\n")) << now.log;
    EXPECT_EQ(now.signature.empty(), GetParam().more.empty());
    const std::string validated = FieldOf(now.log, "validated_sha");
    EXPECT_EQ(repo.Git({"rev-parse", "refs/verdicts/WI-1/" + validated}), validated);
  }

  /// The same command again ends what was begun.
  void ExpectMended(const GitRepo& repo) const {
    const Ran ran = Verdict(repo.path(), words_);
    EXPECT_EQ(ran.status, 0) << ran.err;
    ExpectNew(StateOf(repo.Id(), repo), repo);
    ExpectOldOrNew(repo);
    EXPECT_EQ(repo.Git({"status", "--porcelain"}), "");
  }

  /// Lock files of git stay where git too would leave them, and the next run says so.
  void ExpectUnlocked(const GitRepo& repo) const {
    for (const std::string& lock : LocksIn(repo)) {
      const Ran ran = Verdict(repo.path(), words_);
      if (ran.status == 0) continue;  // it was in nobody's way
      EXPECT_EQ(ran.status, 2) << ran.out;
      EXPECT_NE(ran.err.find(fs::path(lock).filename()), std::string::npos) << ran.err;
      EXPECT_NE(ran.err.find("remove"), std::string::npos) << ran.err;
      ExpectOldOrNew(repo);
      fs::remove(lock);
    }
  }

  static std::string OnOneLine(const std::string& text) {
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
  }

  State old_;
  std::vector<std::string> words_{"record", "staging",  "--work-item",
                                  "WI-1",   "--status", "SUCCESS"};
};

TEST_P(RecordCrash, AtAnyPointLeavesTheOldStateOrTheNewOne) {
  int at = 1;
  for (;; ++at) {
    const GitRepo repo = Anew();
    const test::Struck struck = RecordUnder({at, std::nullopt}, repo);
    if (struck.call.empty()) break;
    SCOPED_TRACE("killed at change " + std::to_string(at) + ": " + struck.call);
    EXPECT_EQ(struck.ran.status, 128 + SIGKILL);
    ExpectOldOrNew(repo);
    ExpectUnlocked(repo);
    ExpectMended(repo);
    if (HasFailure()) break;
  }
  EXPECT_GT(at, 50) << "where are the others?";
}

class RecordFault : public RecordCrash {
 protected:
  void TryAll(int error) const {
    int at = 1;
    for (;; ++at) {
      const GitRepo repo = Anew();
      const test::Struck struck = RecordUnder({at, error}, repo);
      if (struck.call.empty()) break;
      SCOPED_TRACE("change " + std::to_string(at) + " fails: " + struck.call);
      ExpectOldOrNew(repo);
      EXPECT_EQ(LocksIn(repo), std::vector<std::string>{});
      if (struck.ran.status == 0) {
        EXPECT_NE(repo.Id(), old_.commit);
        EXPECT_EQ(repo.Git({"status", "--porcelain"}), "");
      } else {
        EXPECT_EQ(struck.ran.status, 2);
        EXPECT_EQ(struck.ran.out, "");
        EXPECT_NE(OnOneLine(struck.ran.err).find(strerror(error)), std::string::npos)
            << struck.ran.err;
      }
      ExpectMended(repo);
      if (HasFailure()) break;
    }
    EXPECT_GT(at, 50) << "where are the others?";
  }
};

TEST_P(RecordFault, OfAFullDiskLeavesTheOldStateOrTheNewOne) { TryAll(ENOSPC); }
TEST_P(RecordFault, OfABrokenDiskLeavesTheOldStateOrTheNewOne) { TryAll(EIO); }

const Case kCases[] = {
    {"TheFirstLog", "true", {}},
    {"ASignedLogOverAnother", kRecordFailed, {"--sign", "../key"}},
    {"AnUnsignedLogOverASignedOne", kRecordFailed + "--sign ../key", {}},
};

std::string NameOf(const testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Of, RecordCrash, testing::ValuesIn(kCases), NameOf);
INSTANTIATE_TEST_SUITE_P(Of, RecordFault, testing::ValuesIn(kCases), NameOf);

}  // namespace
}  // namespace e2e
