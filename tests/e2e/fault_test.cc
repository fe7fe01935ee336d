// What goes wrong on a server while a push is judged: it is refused or lands
// validated, and what is not validated never lands.

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <thread>

#include "tests/e2e/git_server.h"
#include "tests/e2e/server_story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

class Faults : public ServerStory {
 protected:
  /// A hook that runs `line`, where $gate is the program; it says no more than the program does.
  void PutBareHook(const std::string& line) const {
    PutHook("#!/bin/sh\ngate=" + kProgram + "\n" + line + "\n");
  }

  bool IsStatic() const {
    return Verdict(clone_.path(), {"--version"}).out.find("link: static") != std::string::npos;
  }

  void ExpectBothRefused(const std::string& fault) {
    EXPECT_EQ(PushToMain("bad"), Outcome::kRefused) << fault;
    EXPECT_EQ(PushToMain("topic"), Outcome::kRefused) << fault << said_;
  }

  void ExpectThatAllIsWellAgain() {
    EXPECT_EQ(PushToMain("bad"), Outcome::kRefused);
    EXPECT_EQ(PushToMain("topic"), Outcome::kLanded) << said_;
  }
};

// --- signals ----------------------------------------------------------------------------------

std::vector<pid_t> ChildrenOf(pid_t process) {
  const std::string id = std::to_string(process);
  std::ifstream file("/proc/" + id + "/task/" + id + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

/// The process among the descendants of `root` that runs the program.
std::optional<pid_t> ProgramUnder(pid_t root) {
  std::error_code gone;
  for (const pid_t child : ChildrenOf(root)) {
    if (fs::read_symlink("/proc/" + std::to_string(child) + "/exe", gone) == kProgram) return child;
    if (const auto found = ProgramUnder(child)) return found;
  }
  return std::nullopt;
}

std::optional<pid_t> AwaitProgram(test::Running& push) {
  while (!push.HasEnded()) {
    if (const auto program = ProgramUnder(push.pid())) return program;
    std::this_thread::sleep_for(microseconds(50));
  }
  return std::nullopt;
}

/// Sends a signal to `process` after `delay`, unless it has ended by then. A descriptor names
/// that process, whoever gets its id next.
void SignalAfter(pid_t process, microseconds delay, int signal) {
  const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
  if (descriptor < 0) return;
  std::this_thread::sleep_for(delay);
  ::syscall(SYS_pidfd_send_signal, descriptor, signal, nullptr, 0);
  ::close(descriptor);
}

class Signals : public Faults {
 protected:
  // A history that takes a while to judge, so that a signal comes in the middle.
  Signals() {
    std::string commits;
    const std::string tail = " +0000\ndata 2\nx\n";
    for (int i = 0; i < 5000; ++i)
      commits += "commit refs/heads/long\ncommitter Ada <ada@example.invalid> " +
                 std::to_string(1'700'000'000 + i) + tail +
                 (i == 0 ? "from " + base_.hex() + "\n" : "") + "M 100644 inline app.txt\ndata " +
                 std::to_string(std::to_string(i).size()) + "\n" + std::to_string(i) + "\n\n";
    clone_.Git({"fast-import", "--quiet"}, commits);
    clone_.Git({"switch", "-q", "-C", "topic", "long"});
    landing_ = RecordVerdict(ChangeCode());
    clone_.Git({"switch", "-q", "-C", "bad"});
    bad_ = ChangeCode("three");
    PutHook("#!/bin/sh\n");
    clone_.Git({"push", "-q", "--force", "origin", "topic", "bad"});
    PutBareHook("exec \"$gate\" hook pre-receive");
  }

  /// A push with a signal to the program `delay` after it was first seen.
  Outcome PushWithSignal(const std::string& branch, microseconds delay, int signal) {
    test::Running push = clone_.StartGit({"push", "origin", branch + ":main"});
    if (const auto program = AwaitProgram(push)) SignalAfter(*program, delay, signal);
    return OutcomeOf(branch, push.Wait());
  }

  /// How long the program runs in a push that nobody disturbs.
  microseconds UndisturbedRun() {
    test::Running push = clone_.StartGit({"push", "origin", "topic:main"});
    const auto program = AwaitProgram(push);
    const auto began = Clock::now();
    while (program && fs::exists("/proc/" + std::to_string(*program)))
      std::this_thread::sleep_for(microseconds(50));
    const auto took = std::chrono::duration_cast<microseconds>(Clock::now() - began);
    EXPECT_EQ(OutcomeOf("topic", push.Wait()), Outcome::kLanded) << said_;
    return took;
  }

  void PushManyTimes(int times, const std::vector<int>& signals) {
    const microseconds run = UndisturbedRun();
    std::mt19937_64 random(20240607);
    int refused = 0;
    for (int i = 0; i < times; ++i) {
      const int signal = signals[static_cast<size_t>(i) % signals.size()];
      const microseconds delay(random() % static_cast<unsigned>(run.count() + 1));
      SCOPED_TRACE(std::string(strsignal(signal)) + " after " + std::to_string(delay.count()) +
                   " of " + std::to_string(run.count()) + " microseconds");
      EXPECT_EQ(PushWithSignal("bad", delay, signal), Outcome::kRefused);
      if (PushWithSignal("topic", delay, signal) == Outcome::kRefused) ++refused;
    }
    RecordProperty("refused", refused);
    EXPECT_GT(refused, 0) << "no signal came in time, so nothing was tested";
    ExpectThatAllIsWellAgain();
  }
};

TEST_F(Signals, ThatKillTheGateLetNothingLand) { PushManyTimes(Scaled(30), {SIGKILL}); }

TEST_F(Signals, OfOtherKindsDoNotEither) {
  PushManyTimes(Scaled(24), {SIGTERM, SIGSEGV, SIGABRT, SIGHUP, SIGINT, SIGXCPU, SIGBUS, SIGQUIT});
}

// --- limits ------------------------------------------------------------------------------------

struct Limit {
  std::string option;       // of the shell's ulimit
  std::vector<int> values;  // from one that stops the program to one that does not
};

void PrintTo(const Limit& limit, std::ostream* out) { *out << limit.option; }

class Limits : public Faults, public testing::WithParamInterface<Limit> {};

TEST_P(Limits, OfTheHookLetNothingUnvalidatedLand) {
  if (!IsStatic()) GTEST_SKIP() << "only a static program has its memory to itself";
  const auto& [option, values] = GetParam();
  for (const int value : values) {
    const std::string line = "ulimit " + option + " " + std::to_string(value);
    SCOPED_TRACE(line);
    PutBareHook(line + "\nexec \"$gate\" hook pre-receive --output json=report.json");
    EXPECT_EQ(PushToMain("bad"), Outcome::kRefused);
    const Outcome outcome = PushToMain("topic");
    EXPECT_FALSE(value == values.front() && outcome == Outcome::kLanded) << said_;
    EXPECT_FALSE(value == values.back() && outcome == Outcome::kRefused) << said_;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Limits,
                         testing::Values(Limit{"-v", {100, 2000, 6000, 7000, 8000, 100'000}},
                                         Limit{"-d", {0, 100, 300, 1000, 100'000}},
                                         Limit{"-n", {0, 3, 4, 5, 30}}, Limit{"-f", {0, 1000}}),
                         [](const auto& limit) { return limit.param.option.substr(1); });

TEST_F(Faults, OfMemoryAtAnyPointLetNothingUnvalidatedThrough) {
  if (!IsStatic()) GTEST_SKIP() << "only a static program has its memory to itself";
  clone_.Git({"switch", "-q", "topic"});
  std::string log = StagingLog(clone_.Id("topic~1"));
  log.resize(8 << 20, '\n');  // so that there is much to ask memory for
  const ObjectId good = RecordLog(log), bad = ChangeCode("three");
  PutHook("#!/bin/sh\n");
  clone_.Git({"push", "-q", "origin", bad.hex() + ":refs/heads/large"});
  int failures = 0, answers = 0;
  for (int limit = 5000; limit < 45'000; limit += 40'000 / Scaled(40)) {
    for (const ObjectId& tip : {good, bad}) {
      const Ran ran =
          Shell(server_.path(), "ulimit -v " + std::to_string(limit) + "; echo " + base_.hex() +
                                    " " + tip.hex() + " refs/heads/main | GIT_DIR=. \"$VERDICT\" " +
                                    "hook pre-receive");
      const std::string said = Headlines(ran.err);
      const bool may_allow = tip == good && said == "ALLOW refs/heads/main exact";
      EXPECT_TRUE(ran.status != 0 || may_allow) << limit << "\n" << ran.err;
      ++(said.starts_with("ALLOW") || said.starts_with("BLOCK") ? answers : failures);
    }
  }
  EXPECT_GT(failures, 0);
  EXPECT_GT(answers, 0);
  RecordProperty("failures", failures);
}

// --- streams -----------------------------------------------------------------------------------

struct Stream {
  std::string name, redirection;
  bool is_needed;
};

void PrintTo(const Stream& stream, std::ostream* out) { *out << stream.redirection; }

class Streams : public Faults, public testing::WithParamInterface<Stream> {};

TEST_P(Streams, ThatDoNotWorkLetNothingUnvalidatedLand) {
  PutBareHook("exec \"$gate\" hook pre-receive " + GetParam().redirection);
  EXPECT_EQ(PushToMain("bad"), Outcome::kRefused);
  EXPECT_EQ(PushToMain("topic"), GetParam().is_needed ? Outcome::kRefused : Outcome::kLanded)
      << said_;
}

INSTANTIATE_TEST_SUITE_P(
    Of, Streams,
    testing::Values(Stream{"StdinClosed", "<&-", true}, Stream{"StdinADirectory", "<.", true},
                    Stream{"StdinOfOtherWords", "<config", true},
                    Stream{"StdoutClosed", ">&-", false}, Stream{"StderrClosed", "2>&-", true},
                    Stream{"AllClosed", "<&- >&- 2>&-", true},
                    Stream{"StdoutFull", ">/dev/full", false},
                    Stream{"StderrFull", "2>/dev/full", true},
                    Stream{"ReportFull", "--output json=/dev/full", true},
                    Stream{"ReportNowhere", "--output json=/nonexistent/report", true}),
    [](const auto& stream) { return stream.param.name; });

// What git never does, and a hook before this one may: it leaves nothing to read.
TEST_F(Faults, OfAnInputThatSomebodyElseHasReadLetNothingLand) {
  PutHook(Replaced(ServerHook(kProgram), "#!/bin/sh\n", "#!/bin/sh\ncat >/dev/null\n"));
  ExpectBothRefused("an empty input");
  EXPECT_NE(said_.find("0 refs: nothing was checked"), std::string::npos) << said_;
}

// --- a full disk -------------------------------------------------------------------------------

/// A disk of one MiB, seen by this process and those that it starts, and gone with them.
class SmallDisk {
 public:
  explicit SmallDisk(std::string path) : path_(std::move(path)) {
    fs::create_directories(path_);
    is_there_ = ::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0 &&
                ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~SmallDisk() {
    if (is_there_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_there() const { return is_there_; }

  void LeaveFree(std::uintmax_t bytes) const {
    const std::string filling = path_ + "/filling";
    fs::remove(filling);
    const std::uintmax_t space = fs::space(path_).available;
    if (space > bytes) test::WriteFile(filling, std::string(space - bytes, 'x'));
  }

 private:
  std::string path_;
  bool is_there_ = false;
};

TEST_F(Faults, OfAFullDiskLetNothingUnvalidatedLand) {
  const SmallDisk disk(sandbox_.Path("small"));
  if (!disk.is_there()) GTEST_SKIP() << "only root can mount a small disk to fill";
  server_ = GitRepo::Clone(sandbox_, server_.path(), "small/server.git", {"--bare", "--template="});
  clone_.Git({"remote", "set-url", "origin", server_.path()});
  PutHook(Replaced(ServerHook(kProgram), "pre-receive", "pre-receive --output json=report.json"));
  int refused = 0;
  for (std::uintmax_t free = 0; free <= 64 << 10; free += 4 << 10) {
    for (const std::string branch : {"bad", "topic"}) {
      disk.LeaveFree(free);
      const Ran push = clone_.TryGit({"push", "origin", branch + ":main"});
      disk.LeaveFree(1 << 20);
      const Outcome outcome = OutcomeOf(branch, push);
      if (branch == "topic" && outcome == Outcome::kRefused) ++refused;
    }
  }
  EXPECT_GT(refused, 0) << "the disk was never full, so nothing was tested";
  ExpectThatAllIsWellAgain();
}

// --- the program ---------------------------------------------------------------------------------

class Program : public Faults {
 protected:
  Program() : program_(sandbox_.Path("installed/git-verdict")) {
    fs::create_directories(sandbox_.Path("installed"));
    Restore();
    PutHook(ServerHook(program_));
  }

  void Restore() const {
    const std::string fresh = program_ + ".new";
    fs::copy_file(kProgram, fresh, fs::copy_options::overwrite_existing);
    fs::rename(fresh, program_);
  }

  /// Puts `bytes` where the program was, executable, at one stroke.
  void ReplaceBy(const std::string& bytes) const {
    test::WriteFile(program_ + ".new", bytes);
    fs::permissions(program_ + ".new", fs::perms::owner_all);
    fs::rename(program_ + ".new", program_);
  }

  std::string program_;
};

TEST_F(Program, ThatIsGoneLetsNothingLand) {
  fs::remove(program_);
  ExpectBothRefused("removed");
  fs::create_symlink("nowhere", program_);
  ExpectBothRefused("a dangling link");
  fs::remove(program_);
  fs::create_directory(program_);
  ExpectBothRefused("a folder");
  fs::remove(program_);
  Restore();
  fs::permissions(program_, fs::perms::owner_exec, fs::perm_options::remove);
  fs::permissions(program_, fs::perms::group_exec | fs::perms::others_exec,
                  fs::perm_options::remove);
  ExpectBothRefused("not executable");
  Restore();
  ExpectThatAllIsWellAgain();
}

TEST_F(Program, ThatIsNotWholeLetsNothingLand) {
  const std::string whole = test::ReadFile(kProgram);
  for (const size_t size : {0UL, 1UL, 4UL, 20UL, 64UL, 4096UL, 100'000UL}) {
    ReplaceBy(whole.substr(0, size));
    ExpectBothRefused("cut off after " + std::to_string(size) + " bytes");
  }
  ReplaceBy(std::string(whole.size(), '\0'));
  ExpectBothRefused("zeros");
  ReplaceBy("\n");
  ExpectBothRefused("an empty line");
  Restore();
  ExpectThatAllIsWellAgain();
}

TEST_F(Program, ThatGoesWhileAPushRunsLetsNothingUnvalidatedLand) {
  std::mt19937_64 random(20240607);
  const auto began = Clock::now();
  EXPECT_EQ(PushToMain("topic"), Outcome::kLanded);
  const auto run = std::chrono::duration_cast<microseconds>(Clock::now() - began).count();
  for (int i = 0; i < Scaled(20); ++i) {
    for (const std::string branch : {"bad", "topic"}) {
      test::Running push = clone_.StartGit({"push", "origin", branch + ":main"});
      std::this_thread::sleep_for(microseconds(random() % static_cast<unsigned long>(run + 1)));
      if (i % 2)
        fs::remove(program_);
      else
        ReplaceBy("");
      OutcomeOf(branch, push.Wait());
      Restore();
    }
  }
  ExpectThatAllIsWellAgain();
}

}  // namespace
}  // namespace e2e
