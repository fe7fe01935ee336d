#include "hooks/child.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

namespace hooks {
namespace {

using End = ChildAnswer::End;

ChildOrder Shell(const std::string& script) {
  ChildOrder order;
  order.arguments = {"/bin/sh", "-c", script};
  order.environment = {"PATH=/usr/bin:/bin"};
  return order;
}

TEST(RunChild, TellsExitStatusAndBothStreams) {
  const ChildAnswer answer = RunChild(Shell("echo one; echo two >&2; exit 3"));
  EXPECT_EQ(answer.end, End::kExit);
  EXPECT_EQ(answer.status, 3);
  EXPECT_EQ(answer.output, "one\n");
  EXPECT_EQ(answer.errors, "two\n");
  EXPECT_FALSE(answer.Succeeded());
}

TEST(RunChild, ADefaultAnswerIsNoSuccess) { EXPECT_FALSE(ChildAnswer{}.Succeeded()); }

TEST(RunChild, HandsOverTheInputAndItsEnd) {
  ChildOrder order = Shell("wc -c | tr -d ' '");
  order.input.assign(1'000'000, 'x');
  const ChildAnswer answer = RunChild(order);
  EXPECT_TRUE(answer.Succeeded());
  EXPECT_EQ(answer.output, "1000000\n");
}

TEST(RunChild, AProgramThatLeavesItsInputIsNoFault) {
  ChildOrder order = Shell("exec <&-; exit 0");
  order.input.assign(10'000'000, 'x');
  signal(SIGPIPE, SIG_IGN);
  EXPECT_TRUE(RunChild(order).Succeeded());
}

TEST(RunChild, SeesOnlyTheEnvironmentItIsGiven) {
  ASSERT_EQ(setenv("VERDICT_CHILD_TEST", "leaked", 1), 0);
  EXPECT_EQ(RunChild(Shell("echo \"<$VERDICT_CHILD_TEST>\"")).output, "<>\n");
  unsetenv("VERDICT_CHILD_TEST");
}

TEST(RunChild, AProgramThatIsNotThereDidNotStart) {
  ChildOrder order;
  order.arguments = {"/no/such/program"};
  const ChildAnswer answer = RunChild(order);
  EXPECT_EQ(answer.end, End::kNotStarted);
  EXPECT_EQ(answer.status, ENOENT);
}

TEST(RunChild, ASignalIsNoExitStatus) {
  const ChildAnswer answer = RunChild(Shell("kill -TERM $$"));
  EXPECT_EQ(answer.end, End::kSignal);
  EXPECT_EQ(answer.status, SIGTERM);
}

TEST(RunChild, TakesAllThatItStartedDownWhenTimeIsUp) {
  ChildOrder order = Shell("sleep 60 & echo $!; wait");
  order.limit = std::chrono::milliseconds(300);
  const auto began = std::chrono::steady_clock::now();
  const ChildAnswer answer = RunChild(order);
  EXPECT_EQ(answer.end, End::kOutOfTime);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  const pid_t left = std::stoi(answer.output);
  for (int tries = 0; kill(left, 0) == 0 && tries < 500; ++tries) usleep(10'000);
  EXPECT_NE(kill(left, 0), 0);
}

TEST(RunChild, ALoneProgramHasNoTerminalToAskAt) {
  ChildOrder order = Shell(
      "read -r pid comm state parent group session rest < /proc/$$/stat\n"
      "echo $((session == pid))");
  EXPECT_EQ(RunChild(order).output, "1\n");
  order.terminal = ChildOrder::Terminal::kOurs;
  EXPECT_EQ(RunChild(order).output, "0\n");
}

TEST(RunChild, AsksAProgramAtOurTerminalToEndFirst) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ChildOrder order = Shell("trap 'echo asked >&2; exit' TERM; echo ready >&" +
                           std::to_string(ends[1]) + "; while :; do :; done");
  order.terminal = ChildOrder::Terminal::kOurs;
  order.errors = ChildOrder::Errors::kShared;
  order.stop = ends[0];
  testing::internal::CaptureStderr();
  EXPECT_EQ(RunChild(order).end, End::kStopped);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "asked\n");
  close(ends[0]);
  close(ends[1]);
}

TEST(RunChild, DoesNotWaitForWhatAProgramLeavesBehind) {
  ChildOrder order = Shell("sleep 60 & echo $!");
  const ChildAnswer answer = RunChild(order);
  EXPECT_TRUE(answer.Succeeded());
  kill(std::stoi(answer.output), SIGKILL);
}

TEST(RunChild, KeepsAsMuchOutputAsAskedAndSaysThatThereWasMore) {
  ChildOrder order = Shell("head -c 5000000 /dev/zero | tr '\\0' x");
  order.most_output = 1000;
  const ChildAnswer answer = RunChild(order);
  EXPECT_TRUE(answer.Succeeded());
  EXPECT_EQ(answer.output, std::string(1000, 'x'));
  EXPECT_TRUE(answer.output_was_cut);
  EXPECT_FALSE(RunChild(Shell("echo short")).output_was_cut);
}

TEST(RunChild, StandsInTheDirectoryItIsGiven) {
  ChildOrder order = Shell("pwd");
  order.directory = "/usr";
  EXPECT_EQ(RunChild(order).output, "/usr\n");
}

TEST(RunChild, TakesAllDownWhenItIsToStop) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ChildOrder order = Shell("sleep 60 & echo $!; wait");
  order.stop = ends[0];
  std::jthread stopper([&] {
    usleep(300'000);
    EXPECT_EQ(write(ends[1], "x", 1), 1);
  });
  const ChildAnswer answer = RunChild(order);
  EXPECT_EQ(answer.end, End::kStopped);
  const pid_t left = std::stoi(answer.output);
  for (int tries = 0; kill(left, 0) == 0 && tries < 500; ++tries) usleep(10'000);
  EXPECT_NE(kill(left, 0), 0);
  // Who comes later is stopped as well: nothing takes the byte away.
  EXPECT_EQ(RunChild(order).end, End::kStopped);
  close(ends[0]);
  close(ends[1]);
}

TEST(RunChild, ShowsSharedErrorsAtOnceAndKeepsNone) {
  testing::internal::CaptureStderr();
  ChildOrder order = Shell("echo one; echo two >&2");
  order.errors = ChildOrder::Errors::kShared;
  const ChildAnswer answer = RunChild(order);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "two\n");
  EXPECT_EQ(answer.output, "one\n");
  EXPECT_EQ(answer.errors, "");
}

}  // namespace
}  // namespace hooks
