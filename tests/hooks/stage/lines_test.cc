#include <gtest/gtest.h>

#include "hooks/stage/container.h"
#include "hooks/stage/live_lines.h"
#include "hooks/stage/try.h"

namespace stage {
namespace {

using gates::Outcome;
using std::chrono::milliseconds;

TEST(LiveLine, TellsWhatBecameOfACheck) {
  EXPECT_EQ(LineOf({{"C1", "a name", Outcome::kPassed, ""}, milliseconds(1234)}),
            "PASS C1 a name 1.23 s");
  EXPECT_EQ(LineOf({{"C1", "a name", Outcome::kFailed, "it is so"}, milliseconds(1)}),
            "FAIL C1 a name: it is so");
}

TEST(LiveLine, OfAnythingButAPassIsAFailure) {
  for (const Outcome outcome : {Outcome::kUnknown, Outcome::kFailed, Outcome::kSkipped})
    EXPECT_EQ(LineOf({{"C1", "n", outcome, ""}, {}}).substr(0, 4), "FAIL");
}

TEST(LiveLine, IsOneLineWhateverAServiceSays) {
  EXPECT_EQ(LineOf({{"C1", "n", Outcome::kFailed, "a\n::error::b\x1b[2J\r"}, {}}),
            "FAIL C1 n: a\\x0a::error::b\\x1b[2J\\x0d");
}

TEST(Shown, IsMaskedAndThenCut) {
  const Masks masks({"s3cret"});
  EXPECT_EQ(Shown("", masks), "");
  EXPECT_EQ(Shown("a s3cret", masks), "a ***");
  const std::string start(297, 'x');
  EXPECT_EQ(Shown(start + "s3cret", masks), start + "***[... 303 bytes in all]");
}

TEST(Shown, IsNotCutWithinACharacter) {
  const std::string start(299, 'x');
  EXPECT_EQ(Shown(start + "\xc3\xa9", Masks({})), start + "[... 301 bytes in all]");
}

TEST(Container, RunsAProgramByTheEnginesExec) {
  EXPECT_EQ(WrapInExec({"podman", "app"}, {"ls", "-l"}),
            (std::vector<std::string>{"podman", "exec", "app", "ls", "-l"}));
}

TEST(Container, TheEnginesOwnExitCodesAreNoAnswer) {
  const auto fault = [](hooks::ChildAnswer::End end, int status) {
    hooks::ChildAnswer answer;
    answer.end = end;
    answer.status = status;
    answer.errors = "no such thing";
    return FaultOfEngine({"docker", "app"}, answer);
  };
  using End = hooks::ChildAnswer::End;
  for (const int status : {125, 126, 127})
    EXPECT_EQ(fault(End::kExit, status), "docker exec exited with " + std::to_string(status) +
                                             ": the program did not run in app: no such thing");
  for (const int status : {0, 1, 124, 128}) EXPECT_EQ(fault(End::kExit, status), "");
  EXPECT_EQ(fault(End::kSignal, 126), "");
}

}  // namespace
}  // namespace stage
