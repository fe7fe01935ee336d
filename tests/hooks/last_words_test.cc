#include "hooks/last_words.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>

#include "hooks/git/watch.h"
#include "tests/hooks/git/git_test.h"

namespace hooks {
namespace {

using std::chrono::seconds;

constexpr Words kStuck{"{\"stuck\":1}\n", "stuck\n"};
constexpr Words kLate{"{\"late\":1}\n", "late\n"};
constexpr Words kCrashed{"{\"crashed\":1}\n", "crashed\n"};

// Burns CPU time, not wall time: more than the watchdog allows.
template <class Work>
void BurnTooMuch(Work work) {
  const std::clock_t end = std::clock() + 2 * CLOCKS_PER_SEC;
  while (std::clock() < end) work();
}

TEST(LastWordsTest, LetsTheEnvironmentOnlyShortenTheLimits) {
  const auto call = [](auto text) { return LastWords::LimitsFrom(text).call; };
  EXPECT_EQ(call(std::nullopt), seconds(10));
  EXPECT_EQ(call("3"), seconds(3));
  for (const char* text : {"11", "99999999999999", "0", "-1", "", "3s", " 3", "+3"}) {
    EXPECT_EQ(call(text), seconds(10)) << text;
    EXPECT_EQ(LastWords::LimitsFrom(text).run, seconds(120)) << text;
  }
  EXPECT_EQ(LastWords::LimitsFrom("3").run, seconds(36));
}

TEST(LastWordsDeathTest, SaysWhyWhenOneCallDoesNotEnd) {
  const auto hang = [] {
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1)});
    const git::Watched watched;
    BurnTooMuch([] {});
    std::_Exit(0);
  };
  EXPECT_EXIT(hang(), testing::ExitedWithCode(2), "^stuck\n$");
}

TEST(LastWordsDeathTest, LeavesWithTheStatusOfItsWords) {
  const auto hang = [] {
    LastWords::Arm({"", "stuck\n", 1}, kLate, kCrashed, {.call = seconds(1)});
    const git::Watched watched;
    BurnTooMuch([] {});
    std::_Exit(0);
  };
  EXPECT_EXIT(hang(), testing::ExitedWithCode(1), "^stuck\n$");
}

TEST(LastWordsDeathTest, LeavesACrashWithTheStatusOfItsWords) {
  if (!LastWords::CatchesCrashes()) GTEST_SKIP() << "a sanitizer catches crashes here";
  const auto crash = [] {
    LastWords::Arm(kStuck, kLate, {"", "crashed\n", 1});
    std::raise(SIGSEGV);
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(1), "^crashed\n$");
}

TEST(LastWordsDeathTest, WritesItsReportToStdout) {
  const auto hang = [] {
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1)});
    const git::Watched watched;
    BurnTooMuch([] {});
    std::_Exit(0);
  };
  EXPECT_EXIT(hang(), testing::ExitedWithCode(2), "^\\{\"stuck\":1\\}\nstuck\n$");
}

TEST(LastWordsDeathTest, HasPatienceWithManyCallsThatEnd) {
  const auto work = [] {
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1)});
    BurnTooMuch([] { const git::Watched watched; });
    std::_Exit(0);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(0), "");
}

TEST(LastWordsDeathTest, HasPatienceWithWorkOutsideOfLibgit2) {
  const auto work = [] {
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1)});
    BurnTooMuch([] {});
    std::_Exit(0);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(0), "");
}

TEST(LastWordsDeathTest, SaysWhyWhenTheRunTakesTooLong) {
  const auto work = [] {
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1), .run = seconds(1)});
    BurnTooMuch([] { const git::Watched watched; });
    std::_Exit(0);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(2), "^late\n$");
}

TEST(LastWordsDeathTest, SaysTheNewestWords) {
  const auto hang = [] {
    LastWords::Arm({"", "old\n"}, kLate, kCrashed, {.call = seconds(1)});
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1)});
    const git::Watched watched;
    BurnTooMuch([] {});
    std::_Exit(0);
  };
  EXPECT_EXIT(hang(), testing::ExitedWithCode(2), "^stuck\n$");
}

class TruncatedObject : public git::GitTest {};
using TruncatedObjectDeathTest = TruncatedObject;

TEST_F(TruncatedObjectDeathTest, EndsTheRunInsteadOfReadingForEver) {
  const auto repo = test::GitRepo::Init(sandbox_);
  std::string noise;
  for (unsigned i = 0; i < 60'000; ++i) noise += static_cast<char>((i * 2654435761u) >> 13);
  const auto blob = repo.WriteObject("blob", noise);
  const std::string bytes = test::ReadFile(repo.LooseObject(blob));
  test::WriteFile(repo.LooseObject(blob), bytes.substr(0, bytes.size() / 2));
  const auto read = [&] {
    LastWords::Arm(kStuck, kLate, kCrashed, {.call = seconds(1)});
    git::Open(repo).ResolveTyped(blob.hex12());  // libgit2's own reader of loose objects
    std::_Exit(0);
  };
  EXPECT_EXIT(read(), testing::ExitedWithCode(2), "^stuck\n$");
}

class EverySignal : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(LastWordsDeathTest, EverySignal,
                         testing::Values(SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT));

TEST_P(EverySignal, IsTurnedIntoLastWords) {
  if (!LastWords::CatchesCrashes()) GTEST_SKIP() << "a sanitizer catches crashes here";
  const auto crash = [] {
    LastWords::Arm(kStuck, kLate, kCrashed);
    std::raise(GetParam());
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(2), "^crashed\n$");
}

// Needs more stack with every call, and ends only where there is none left.
int Overflow(int depth) {
  volatile char frame[4096];
  frame[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : Overflow(depth + 1) + frame[0];
}

TEST(LastWordsDeathTest, SurvivesAStackOverflow) {
  if (!LastWords::CatchesCrashes()) GTEST_SKIP() << "a sanitizer catches crashes here";
  const auto crash = [] {
    LastWords::Arm(kStuck, kLate, kCrashed);
    std::_Exit(Overflow(0));
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(2), "^crashed\n$");
}
}  // namespace
}  // namespace hooks
