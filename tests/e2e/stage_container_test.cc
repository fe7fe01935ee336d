// `git verdict stage --exec-in`, with a real engine: checks run inside the staged service's
// own container, and only an answer of that container is an answer.

#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/e2e/container_engine.h"
#include "tests/e2e/stage_story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class StageContainerTest : public StageStory {
 protected:
  void SetUp() override {
    if (const std::string reason = ContainerEngine::WhyNot(); !reason.empty())
      GTEST_SKIP() << reason;
    engine_ = std::make_unique<ContainerEngine>(sandbox_);
    fs::create_directories(sandbox_.Path("shared"));
    engine_->Docker({"run", "--detach", "--name", "service", "--network", "none", "--env",
                     "STAGE=in the container", "--volume", sandbox_.Path("shared") + ":/shared",
                     "box", "sleep", "600"});
  }

  Environment Caller() const {
    Environment environment = engine_->variables();
    environment.insert(environment.end(), {{"STAGE", "of the caller"}, {"CALLER", "yes"}});
    return environment;
  }

  /// What becomes of a check in the container.
  std::string BecomesOfInside(const std::string& check, const std::string& container = "service") {
    Stage(SuiteOf({check}), {"--exec-in", container}, Caller());
    return InResults("A1");
  }

  std::unique_ptr<ContainerEngine> engine_;
};

TEST_F(StageContainerTest, ReadsTheContainersEnvironmentAndFilesAndNotTheCallers) {
  test::WriteFile(sandbox_.Path("shared/name"), "box\n");
  const std::string suite =
      SuiteOf({"{id: A1, name: n, run: [sh, -c, 'echo \"$STAGE\"'], stdout: {equals: in the "
               "container}}",
               "{id: A2, name: n, run: [sh, -c, 'test -z \"$CALLER\"']}",
               "{id: A3, name: n, run: [cat, /shared/name], stdout: {equals: box}}",
               "{id: A4, name: n, run: [sh, -c, 'exit 3'], exit: 3}"});
  const Ran inside = Stage(suite, {"--exec-in", "service", "--engine", "docker"}, Caller());
  EXPECT_EQ(inside.status, 0) << inside.out << inside.err;
  EXPECT_EQ(LastLine(inside.out), "VERDICT: SUCCESS (4 checks passed)");
  const Ran outside = Stage(suite, {}, Caller());
  EXPECT_EQ(outside.status, 1);
  EXPECT_EQ(LastLine(outside.out), "VERDICT: FAILED (3 of 4 checks did not pass)") << outside.out;
}

TEST_F(StageContainerTest, FailsWhatDoesNotRunThere) {
  for (const char* code : {"126", "127"}) {
    const std::string missing =
        BecomesOfInside("{id: A1, name: n, run: [nonsense], exit: " + std::string(code) + "}");
    EXPECT_NE(missing.find("the program did not run in service"), std::string::npos) << missing;
  }
  // docker exits with 1 for it, which a check may expect of its program.
  const std::string check = "{id: A1, name: n, run: [sh, -c, 'exit 1'], exit: 1}";
  EXPECT_EQ(BecomesOfInside(check), "passed");
  EXPECT_TRUE(BecomesOfInside(check, "nobody").starts_with("the container nobody is not running"))
      << InResults("A1");
  engine_->Docker({"stop", "--time", "0", "service"});
  EXPECT_EQ(BecomesOfInside(check), "the container service is not running");
  const Ran unreachable =
      Stage(SuiteOf({check}), {"--exec-in", "service"}, {{"DOCKER_HOST", "unix:///nowhere"}});
  EXPECT_EQ(unreachable.status, 1);
  EXPECT_TRUE(InResults("A1").starts_with("the container service is not running: "))
      << InResults("A1");
}

/// A check that waits in the container, while that is done to it.
class StageContainerMidwayTest : public StageContainerTest {
 protected:
  // A program that is killed exits with 137, so a check that expects this must still fail. Our
  // docker stands before the real one, and ends only when all is done.
  std::string BecomesOfOneWhile(const std::vector<std::string>& docker) {
    const std::string began = sandbox_.Path("shared/began"), done = sandbox_.Path("done");
    fs::remove(began);
    fs::remove(done);
    test::WriteFile(sandbox_.Path("bin/docker"),
                    "#!/bin/sh\n/usr/bin/docker \"$@\"\nstatus=$?\n"
                    "[ \"$1\" != exec ] || until [ -e " +
                        done +
                        " ]; do sleep 0.05; done\n"
                        "exit $status\n");
    fs::permissions(sandbox_.Path("bin/docker"), fs::perms::owner_all);
    std::thread doing([&] {
      for (int tries = 0; !fs::exists(began) && tries < 600; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      engine_->Docker(docker);
      test::WriteFile(done, "");
    });
    Environment environment = Caller();
    environment.emplace_back("PATH", sandbox_.Path("bin") + ":/usr/bin:/bin");
    const Ran ran = Stage(SuiteOf({"{id: A1, name: n, timeout: 60s, exit: 137, run: [sh, -c, "
                                   "'touch /shared/began; exec sleep 60']}"}),
                          {"--exec-in", "service"}, environment);
    doing.join();
    EXPECT_EQ(ran.status, 1) << ran.out;
    return InResults("A1");
  }
};

TEST_F(StageContainerMidwayTest, FailsACheckWhoseContainerIsStartedAnewOrStopped) {
  EXPECT_EQ(BecomesOfOneWhile({"restart", "--time", "0", "service"}),
            "the container service was started anew meanwhile");
  EXPECT_EQ(BecomesOfOneWhile({"stop", "--time", "0", "service"}),
            "the container service is not running");
}

}  // namespace
}  // namespace e2e
