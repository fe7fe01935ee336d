// `git verdict record` that is ended, or told of a full or broken disk, at each call by which it
// changes something: what it leaves is the old state or the new one, and the next run mends the
// rest.

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <numeric>
#include <set>
#include <sstream>

#include "tests/e2e/record_story.h"
#include "tests/support/struck.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using test::Blow;

struct Case {
  std::string name;
  std::string before;  // a line of shell in the clone, after the change
  bool is_signed;
};

void PrintTo(const Case& tried, std::ostream* out) { *out << tried.name; }

/// Sandboxes in memory, where that is to be had: what is tried hundreds of times waits for no disk.
class InMemory {
 protected:
  InMemory() {
    if (::access("/dev/shm", W_OK | X_OK) == 0) ::setenv("TMPDIR", "/dev/shm", kKeep);
  }
  ~InMemory() {
    if (!was_set_) ::unsetenv("TMPDIR");
  }

 private:
  static constexpr int kKeep = 0;
  const bool was_set_ = std::getenv("TMPDIR") != nullptr;
};

class RecordCrash : InMemory, public RecordStory, public testing::WithParamInterface<Case> {
 protected:
  void SetUp() override {
    if (!test::CanStrike()) GTEST_SKIP() << "no program can be struck here";
    ChangeCode();
    fs::remove_all(clone_.path() + "/.git/hooks");
    const Ran ran = Shell(sandbox_.Path(), "ssh-keygen -q -t ed25519 -N '' -f key");
    EXPECT_EQ(ran.status, 0) << ran.err;
    const Ran before = Shell(clone_.path(), GetParam().before);
    EXPECT_EQ(before.status, 0) << before.err;
    if (GetParam().is_signed) words_.insert(words_.end(), {"--sign", sandbox_.Path("key")});
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

  /// Where to strike: at every call but those that start with one of `left_out`, and at every
  /// seventh one that is about objects, of which each is written by the same ten calls.
  std::vector<size_t> Points(const std::vector<std::string>& left_out = {}) const {
    const auto changes = RecordUnder({}, Anew()).changes;
    std::vector<size_t> points;
    for (size_t at = 1; at <= changes.size(); ++at) {
      const std::string& change = changes[at - 1];
      const auto starts = [&](const std::string& name) { return change.starts_with(name); };
      if (std::ranges::none_of(left_out, starts) &&
          (at % 7 == 0 || change.find("/objects/") == std::string::npos))
        points.push_back(at);
    }
    EXPECT_GT(points.size(), 20u) << "where are the others?";
    const auto wanted = static_cast<size_t>(Scaled(static_cast<int>(points.size())));
    size_t i = 0;
    std::erase_if(points, [&, step = points.size() / wanted](size_t) { return i++ % step != 0; });
    return points;
  }

  /// Holds what is left to: the old state or the new one, in each place.
  void ExpectOldOrNew(const GitRepo& repo) const {
    EXPECT_EQ(repo.Git({"fsck", "--strict", "--no-dangling"}), "");
    const bool is_old = repo.Read(".git/refs/heads/topic") == old_.commit.hex() + "\n";
    const State now = is_old ? old_ : StateOf(repo.Id(), repo);
    if (!is_old) ExpectNew(now, repo);
    for (const auto& [file, before, after] :
         {std::tuple{kLog, old_.log, now.log},
          std::tuple{kLog + ".sig", old_.signature, now.signature}}) {
      const std::string text = OnDisk(repo, file);
      EXPECT_TRUE(text == before || text == after) << file << " holds\n" << text;
    }
  }

  /// A run that met with an error says so, or all is done in spite of it.
  void ExpectTold(const Ran& ran, int error, bool must_stop, const GitRepo& repo) const {
    ExpectOldOrNew(repo);
    if (ran.status == 0 && !must_stop) {
      EXPECT_NE(repo.Id(), old_.commit);
      EXPECT_EQ(repo.Git({"status", "--porcelain"}), "");
      return;
    }
    EXPECT_EQ(ran.status, 2) << ran.out;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(OnOneLine(ran.err).find(std::strerror(error)), std::string::npos) << ran.err;
  }

  void ExpectNew(const State& now, const GitRepo& repo) const {
    EXPECT_EQ(repo.Id(now.commit.hex() + "^"), old_.commit);
    EXPECT_TRUE(now.log.starts_with("---\nstaging_status: SUCCESS\n")) << now.log;
    EXPECT_EQ(now.signature.empty(), !GetParam().is_signed);
    const std::string validated = FieldOf(now.log, "validated_sha");
    EXPECT_EQ(repo.Git({"rev-parse", "refs/verdicts/WI-1/" + validated}), validated);
  }

  /// The same command again ends what was begun. Tried once for each shape of what is left.
  void ExpectMended(const GitRepo& repo) {
    ExpectUnlocked(repo);
    if (!mended_.insert(ShapeOf(repo)).second) return;
    const Ran ran = Verdict(repo.path(), words_);
    EXPECT_EQ(ran.status, 0) << ran.err;
    ExpectNew(StateOf(repo.Id(), repo), repo);
    ExpectOldOrNew(repo);
    EXPECT_EQ(repo.Git({"status", "--porcelain"}), "");
  }

  /// Names and sizes of all files but objects, which nothing points at until they are whole.
  static std::string ShapeOf(const GitRepo& repo) {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(repo.path()))
      if (entry.is_regular_file() && entry.path().string().find("/objects/") == std::string::npos)
        files.insert(entry.path().string() + " " + std::to_string(entry.file_size()) + "\n");
    return std::accumulate(files.begin(), files.end(), std::string());
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
  std::set<std::string> mended_;
  std::vector<std::string> words_{"record", "staging",  "--work-item",
                                  "WI-1",   "--status", "SUCCESS"};
};

TEST_P(RecordCrash, AtAnyPointLeavesTheOldStateOrTheNewOne) {
  // What is killed before it flushes or closes leaves what it leaves before the next call.
  for (const size_t at : Points({"fsync ", "close "})) {
    const GitRepo repo = Anew();
    const test::Struck struck = RecordUnder({Blow::Kind::kKilled, at}, repo);
    if (struck.changes.size() < at) break;  // a folder for an object was there this time
    SCOPED_TRACE("killed at change " + std::to_string(at) + ": " + struck.changes.back());
    EXPECT_EQ(struck.ran.status, 128 + SIGKILL);
    ExpectOldOrNew(repo);
    ExpectMended(repo);
    if (HasFailure()) break;
  }
}

TEST_P(RecordCrash, OfACallThatFailsLeavesTheOldStateOrTheNewOne) {
  for (const size_t at : Points()) {
    const GitRepo repo = Anew();
    const test::Struck struck = RecordUnder({Blow::Kind::kFails, at}, repo);
    if (struck.changes.size() < at) break;
    const std::string& change = struck.changes[at - 1];
    SCOPED_TRACE("change " + std::to_string(at) + " fails: " + change);
    // Objects are written a second time where the first one fails.
    const bool must_stop = change.find("/objects/") == std::string::npos &&
                           (change.starts_with("write ") || change.starts_with("fsync "));
    ExpectTold(struck.ran, EIO, must_stop, repo);
    if (!change.starts_with("unlink ")) {
      EXPECT_EQ(LocksIn(repo), std::vector<std::string>{});
    }
    ExpectMended(repo);
    if (HasFailure()) break;
  }
}

TEST_P(RecordCrash, OfADiskThatIsFullLeavesTheOldStateOrTheNewOne) {
  for (const size_t at : Points({"fsync ", "close ", "link ", "unlink"})) {
    const GitRepo repo = Anew();
    const test::Struck struck = RecordUnder({Blow::Kind::kDiskIsFull, at}, repo);
    if (struck.changes.size() < at) break;
    const std::string& change = struck.changes[at - 1];
    SCOPED_TRACE("full from change " + std::to_string(at) + " on: " + change);
    ExpectTold(struck.ran, ENOSPC, change.starts_with("write "), repo);
    EXPECT_EQ(LocksIn(repo), std::vector<std::string>{});
    ExpectMended(repo);
    if (HasFailure()) break;
  }
}

// For the power cut: what stands under its name is on disk, and so is all that it leads to.
TEST_P(RecordCrash, WithoutPowerLosesNothingThatItHasPutInPlace) {
  const auto changes = RecordUnder({}, Anew()).changes;
  std::set<std::string> unflushed;
  for (const std::string& change : changes) {
    const std::string call = change.substr(0, change.find(' '));
    const std::string file = fs::path(change.substr(call.size() + 1)).filename();
    if (call == "write") unflushed.insert(file);
    if (call == "unlinkat" && file.starts_with("15-")) unflushed.insert("WI-1");
    if (call == "fsync") unflushed.erase(file);
    if (call == "fsync" && file == "index") unflushed.erase("index.lock");
    const bool names_it = call == "link" || call.starts_with("rename");
    if (names_it && file != "index.lock") {
      EXPECT_EQ(unflushed, std::set<std::string>{}) << change;
    }
  }
  EXPECT_EQ(unflushed, std::set<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(
    Of, RecordCrash,
    testing::Values(
        Case{"TheFirstLogWithItsSignature", "true", true},
        Case{"AnUnsignedLogOverASignedOne",
             "\"$VERDICT\" record staging --work-item WI-1 --status FAILED --sign ../key", false}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace e2e
