// The program beside the gate: without it, or when it does not do its work to the
// end, there is no success.

#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/e2e/stage_story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string kServices = fs::path(kProgram).parent_path() / "git-verdict-services";
const std::string kTwo =
    SuiteOf({"{id: A1, name: n, run: ['true']}", "{id: A2, name: n, run: ['true']}"});

std::string Entry(const std::string& id, bool passed = true) {
  return R"({"id": ")" + id + R"(", "name": "n", "detail": "", "passed": )" +
         (passed ? "true}" : "false}");
}

std::string Written(const std::string& checks) {
  return R"({"schema": "git-verdict/results/1", "mode": "full", "base_url": "", "checks": [)" +
         checks + "]}";
}

class StageProgramTest : public StageStory {
 protected:
  StageProgramTest() {
    fs::create_directories(sandbox_.Path("bin"));
    program_ = sandbox_.Path("bin/git-verdict");
    fs::copy_file(kProgram, program_);
  }

  /// Stages with a script in place of the program beside the gate.
  Ran StageWith(const std::string& script, const std::string& place = "bin") {
    const std::string path = sandbox_.Path(place + "/git-verdict-services");
    test::WriteFile(path, "#!/bin/sh\n" + script + "\n");
    fs::permissions(path, fs::perms::owner_all);
    return Stage(kTwo);
  }

  Ran StageWithResults(const std::string& results) {
    test::WriteFile(sandbox_.Path("made-up"), results);
    return StageWith("cat " + sandbox_.Path("made-up"));
  }

  std::string Why() const { return InResults("staging run"); }
};

TEST_F(StageProgramTest, WithoutItNothingCanBeEvaluated) {
  const Ran ran = Stage(kTwo);
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(LastLine(ran.out), "VERDICT: FAILED (1 of 1 check did not pass)");
  EXPECT_EQ(Why(), "git-verdict-services is not installed");
}

TEST_F(StageProgramTest, IsFoundBesideTheGateOrInItsLibexec) {
  const std::string results = Written(Entry("A1") + "," + Entry("A2"));
  test::WriteFile(sandbox_.Path("made-up"), results);
  EXPECT_EQ(StageWith("cat " + sandbox_.Path("made-up"), "libexec/git-verdict").status, 0);
  EXPECT_EQ(StageWith("exit 1").status, 1) << "the one beside the gate comes first";
}

TEST_F(StageProgramTest, IsNotLookedForInPath) {
  test::WriteFile(sandbox_.Path("path/git-verdict-services"), "#!/bin/sh\nexit 0\n");
  fs::permissions(sandbox_.Path("path/git-verdict-services"), fs::perms::owner_all);
  const Ran ran = Stage(kTwo, {}, {{"PATH", sandbox_.Path("path") + ":/usr/bin:/bin"}});
  EXPECT_EQ(ran.status, 2);
}

TEST_F(StageProgramTest, ResultsCountOnlyWhenTheyTellOfEveryCheck) {
  EXPECT_EQ(StageWithResults(Written(Entry("A1") + "," + Entry("A2"))).status, 0);
  const std::vector<std::string> incomplete = {
      "",
      "ok",
      "[]",
      "{}",
      Written(""),
      Written(Entry("A1")),
      Written(Entry("A2") + "," + Entry("A1")),
      Written(Entry("A1") + "," + Entry("A1")),
      Written(Entry("A1") + "," + Entry("A2") + "," + Entry("A3")),
      Written(Entry("A1") + "," + Entry("A2", false)),
      Written(Entry("A1") + "," + Entry("A2")) + Written(Entry("A1") + "," + Entry("A2")),
      Written(Entry("A1") + "," + Entry("A2")).substr(0, 100),
      Written(Entry("A1") + R"(,{"id": "A2", "passed": "true"})"),
      Written(Entry("A1") + R"(,{"id": "A2", "passed": true, "skipped": true})"),
      R"([["A1 n", true, ""]])",
      "TAP version 13\n1..2\nok 1 - A1 n\n"};
  for (const std::string& results : incomplete) {
    const Ran ran = StageWithResults(results);
    EXPECT_EQ(ran.status, 1) << results;
    EXPECT_EQ(LastLine(ran.out).substr(0, 15), "VERDICT: FAILED") << results;
  }
}

TEST_F(StageProgramTest, AnEndThatIsNoSuccessIsAFailureWhateverWasWritten) {
  test::WriteFile(sandbox_.Path("made-up"), Written(Entry("A1") + "," + Entry("A2")));
  const std::string good = "cat " + sandbox_.Path("made-up") + "; ";
  EXPECT_EQ(StageWith(good + "exit 1").status, 1);
  EXPECT_EQ(Why(), "git-verdict-services exited with 1");
  EXPECT_EQ(StageWith(good + "kill -SEGV $$").status, 1);
  EXPECT_EQ(Why(), "git-verdict-services was ended by signal 11");
  EXPECT_EQ(StageWith(good + "head -c 70000000 /dev/zero").status, 1);
  EXPECT_EQ(Why(), "git-verdict-services wrote too much");
  EXPECT_EQ(StageWith("exec /no/such/program").status, 1);
}

/// The child of a process that runs this program; 0: there is none (yet).
pid_t ChildOf(pid_t parent, const std::string& name) {
  const std::string task = "/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent);
  std::istringstream children(test::ReadFile(task + "/children"));
  for (pid_t child = 0; children >> child;)
    if (test::ReadFile("/proc/" + std::to_string(child) + "/comm").starts_with(name)) return child;
  return 0;
}

/// A run that waits for a minute, and the processes of it.
class StageKilledTest : public StageStory {
 protected:
  void Start() {
    test::WriteFile(sandbox_.Path("suite.yml"),
                    SuiteOf({"{id: A1, name: n, run: ['true']}",
                             "{id: A2, name: n, run: [sh, -c, 'echo $$ >" + sandbox_.Path("pid") +
                                 "; exec sleep 60'], timeout: 2m}"}));
    running_ = std::make_unique<test::Running>(
        std::vector<std::string>{kProgram, "stage", "--suite", "suite.yml", "--base-url",
                                 "http://127.0.0.1:1", "--mode", "full", "--results",
                                 "results.json"},
        sandbox_.Path(), test::Environment{{"PATH", "/usr/bin:/bin"}});
    const auto is_asleep = [&] {
      return fs::exists(sandbox_.Path("pid")) && fs::file_size(sandbox_.Path("pid")) > 0;
    };
    for (int tries = 0; !is_asleep() && tries < 600; ++tries) std::this_thread::sleep_for(50ms);
    sleeper_ = std::stoi(test::ReadFile(sandbox_.Path("pid")));
    services_ = ChildOf(running_->pid(), "git-verdict-ser");
    ASSERT_GT(services_, 0);
  }

  /// Whether a process ends within some seconds.
  static bool Ends(pid_t process) {
    for (int tries = 0; kill(process, 0) == 0 && tries < 400; ++tries)
      std::this_thread::sleep_for(50ms);
    return kill(process, 0) != 0;
  }

  std::unique_ptr<test::Running> running_;
  pid_t services_ = 0;
  pid_t sleeper_ = 0;
};

TEST_F(StageKilledTest, AProgramThatIsKilledMidwayIsAFailure) {
  Start();
  kill(services_, SIGKILL);
  const Ran ran = running_->Wait();
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(InResults("staging run"), "git-verdict-services was ended by signal 9");
  EXPECT_EQ(InResults("A1"), "not in the results");
  kill(sleeper_, SIGKILL);
}

TEST_F(StageKilledTest, AProgramThatIsToldToEndTakesItsChecksAlong) {
  Start();
  kill(services_, SIGTERM);
  const Ran ran = running_->Wait();
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(InResults("staging run"), "git-verdict-services exited with 2");
  EXPECT_TRUE(Ends(sleeper_));
}

TEST_F(StageKilledTest, NothingRunsOnWhenTheGateIsGone) {
  Start();
  kill(running_->pid(), SIGKILL);
  EXPECT_EQ(running_->Wait().status, 128 + SIGKILL);
  EXPECT_TRUE(Ends(services_));
  EXPECT_TRUE(Ends(sleeper_));
  EXPECT_FALSE(fs::exists(sandbox_.Path("results.json")));
}

TEST(StagePrograms, OneHasTheNetworkAndTheOtherTheRepository) {
  const std::string gate = test::ReadFile(kProgram), services = test::ReadFile(kServices);
  for (const char* name : {"libcurl", "curl_easy_perform", "curl_easy_init"})
    EXPECT_EQ(gate.find(name), std::string::npos) << name;
  EXPECT_NE(services.find("libcurl.so"), std::string::npos);
  for (const char* name : {"libgit2.so", "git_repository_open", "git_libgit2_init"})
    EXPECT_EQ(services.find(name), std::string::npos) << name;
}

}  // namespace
}  // namespace e2e
