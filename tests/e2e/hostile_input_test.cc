// Standard streams, limits and an environment that are broken or planted.

#include <gtest/gtest.h>

#include "tests/e2e/hostile.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

class HostileInput : public Story {
 protected:
  Ran Hook(std::string_view input, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"hook", "pre-push"});
    more.insert(more.end(), {"origin", "url"});
    return Verdict(clone_.path(), more, input);
  }

  /// A line of a push that may land.
  std::string GoodLine() const {
    return "refs/heads/topic " + clone_.Id("topic").hex() + " refs/heads/main " +
           clone_.Id("origin/main").hex() + "\n";
  }
};

TEST_F(HostileInput, LinesThatGitDoesNotWrite) {
  PrepareLanding();
  const std::string good = GoodLine(), sha = clone_.Id().hex();
  ASSERT_EQ(Hook(good).status, 0);
  for (const std::string& text : std::vector<std::string>{
           "\n", " ", "garbage\n", good + "garbage\n", good + "\n", "\n" + good,
           good.substr(0, good.size() - 1), good.substr(1, 20), std::string("\0", 1),
           good + std::string("\0\n", 2), "\x1b[31m" + good.substr(0, 30) + "\n",
           "a b refs/heads/main c\n", "HEAD " + sha + " main " + sha + "\n",
           "HEAD " + sha.substr(0, 12) + " refs/heads/main " + sha + "\n",
           "HEAD " + std::string(40, 'A') + " refs/heads/main " + sha + "\n",
           " " + sha + " refs/heads/main " + sha + "\n",
           "HEAD " + sha + " refs/heads/main " + sha + "\r\n",
           "HEAD\t" + sha + "\trefs/heads/main\t" + sha + "\n",
           "HEAD " + sha + " refs/heads/main " + std::string(64, '0') + "\n"}) {
    SCOPED_TRACE(text);
    ExpectFault(Hook(text), "INPUT_MALFORMED");
    ExpectRefusal(Hook(text, {"--format", "json"}), "INPUT_MALFORMED");
  }
}

TEST_F(HostileInput, ALineTooManyBytesLong) {
  PrepareLanding();
  ExpectFault(Hook(std::string(10 << 20, 'x')), "INPUT_MALFORMED");
  ExpectFault(Hook(std::string(10 << 20, '\0')), "INPUT_MALFORMED");
  ExpectFault(Hook(GoodLine() + std::string(1 << 20, '\n')), "INPUT_MALFORMED");
}

TEST_F(HostileInput, ARefThatStandsTwiceIsNotJudgedTwice) {
  PrepareLanding();
  EXPECT_EQ(Hook(GoodLine()).status, 0);
  ExpectFault(Hook(GoodLine() + GoodLine()), "INPUT_MALFORMED");
}

TEST_F(HostileInput, NoStandardInput) {
  PrepareLanding();
  for (const char* input : {"<&-", "<."}) {
    const Ran ran =
        Shell(clone_.path(), "exec \"$VERDICT\" hook pre-push origin url " + std::string(input));
    SCOPED_TRACE(input);
    ExpectFault(ran, "INPUT_MALFORMED");
  }
}

TEST_F(HostileInput, NoPlaceForTheAnswer) {
  PrepareLanding();
  test::WriteFile(sandbox_.Path("lines"), GoodLine());
  const std::string hook = "\"$VERDICT\" hook pre-push origin url <" + sandbox_.Path("lines");
  ASSERT_EQ(Shell(clone_.path(), hook).status, 0);
  for (const std::string& line : std::vector<std::string>{
           "\"$VERDICT\" check >&-", "\"$VERDICT\" check >/dev/full",
           "\"$VERDICT\" check --format json >/dev/full", "\"$VERDICT\" check >&- 2>&-",
           "\"$VERDICT\" show >/dev/full", "\"$VERDICT\" show >&-",
           "\"$VERDICT\" lint " + kLog + " >/dev/full", "\"$VERDICT\" policy show >/dev/full",
           "\"$VERDICT\" policy check >/dev/full", "\"$VERDICT\" explain >/dev/full",
           "\"$VERDICT\" --version >/dev/full", "\"$VERDICT\" --help >/dev/full",
           "\"$VERDICT\" check --help >/dev/full", hook + " 2>&-", hook + " 2>/dev/full"}) {
    const Ran ran = Shell(clone_.path(), line);
    EXPECT_EQ(ran.status, 2) << line;
    EXPECT_EQ(ran.out, "") << line;
  }
  EXPECT_EQ(Shell(clone_.path(), "\"$VERDICT\" check >/dev/full").err,
            "git-verdict: cannot write the answer\n");
}

TEST_F(HostileInput, ClosedStreamsDoNotCatchWhatIsOpenedLater) {
  PrepareLanding();
  const std::string report = sandbox_.Path("report.json");
  const Ran ran =
      Shell(clone_.path(), "\"$VERDICT\" check --output json=" + report + " <&- >&- 2>&-");
  EXPECT_EQ(ran.status, 2);
  ExpectReport(test::ReadFile(report));
  EXPECT_EQ(ReportOf(test::ReadFile(report))["decision"], "CANNOT-EVALUATE");
}

TEST_F(HostileInput, AReaderThatWentAway) {
  PrepareLanding();
  const Ran ran = Shell(clone_.path(), "{ sleep 0.3; \"$VERDICT\" check; echo $? >" +
                                           sandbox_.Path("exit") + "; } | true");
  EXPECT_EQ(test::ReadFile(sandbox_.Path("exit")), "2\n") << ran.err;
}

TEST_F(HostileInput, NoMemory) {
  if (Verdict(clone_.path(), {"--version"}).out.find("link: static") == std::string::npos)
    GTEST_SKIP() << "only a static program has its memory to itself";
  ChangeCode();
  RecordLog(StagingLog(clone_.Id(), "FAILED") + std::string(8 << 20, 'x'));
  int judged = 0;
  for (int kilobytes = 3000; kilobytes < 60'000; kilobytes += 3000) {
    const std::string limit = "ulimit -v " + std::to_string(kilobytes) + "; ";
    if (Shell(clone_.path(), limit + "exec \"$VERDICT\" --version").status != 0) continue;
    const Ran ran = Shell(clone_.path(), limit + "exec \"$VERDICT\" check");
    EXPECT_TRUE(ran.status == 1 || ran.status == 2) << kilobytes << ": " << ran.status;
    EXPECT_NE(ran.out + ran.err, "") << kilobytes;
    ExpectHarmless(ran.out + ran.err);
    ++judged;
  }
  EXPECT_GT(judged, 5);
}

TEST_F(HostileInput, VariablesOfGitHaveNoSayInACheck) {
  ChangeCode();
  const GitRepo green = GitRepo::Clone(sandbox_, server_.path(), "green");
  const std::string git = green.path() + "/.git";
  const Ran plain = Verdict(clone_.path(), {"check", "--format", "json"});
  ASSERT_EQ(plain.status, 1);
  for (const Environment& planted : std::vector<Environment>{
           {{"GIT_DIR", git}},
           {{"GIT_WORK_TREE", green.path()}, {"GIT_DIR", git}},
           {{"GIT_COMMON_DIR", git}},
           {{"GIT_OBJECT_DIRECTORY", git + "/objects"}},
           {{"GIT_ALTERNATE_OBJECT_DIRECTORIES", git + "/objects"}},
           {{"GIT_NAMESPACE", "other"}},
           {{"GIT_INDEX_FILE", git + "/index"}},
           {{"GIT_CEILING_DIRECTORIES", "/"}},
           {{"GIT_CONFIG", git + "/config"}},
           {{"GIT_CONFIG_COUNT", "1"},
            {"GIT_CONFIG_KEY_0", "verdict.policyFile"},
            {"GIT_CONFIG_VALUE_0", "/dev/null"}},
           {{"GIT_CONFIG_PARAMETERS", "'verdict.policyfile'='/dev/null'"}},
           {{"GIT_REPLACE_REF_BASE", "refs/heads/"}},
           {{"GIT_GRAFT_FILE", "/dev/null"}},
           {{"GIT_SHALLOW_FILE", "/dev/null"}},
           {{"GIT_QUARANTINE_PATH", git + "/objects"}},
           {{"SKIP_GATE", "1"}, {"CI", "true"}, {"VERDICT_SKIP", "1"}},
           {{"VERDICT_WATCHDOG_SECONDS", "-1"}},
           {{"LC_ALL", "tr_TR.UTF-8"}, {"TZ", "Mars/Phobos"}},
       }) {
    const Ran ran = Verdict(clone_.path(), {"check", "--format", "json"}, "", planted);
    EXPECT_EQ(ran.out, plain.out) << planted[0].first;
    EXPECT_EQ(ran.status, 1) << planted[0].first;
  }
}

}  // namespace
}  // namespace e2e
