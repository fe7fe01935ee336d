#include "tests/e2e/stage_story.h"

#include <filesystem>
#include <nlohmann/json.hpp>

namespace e2e {
namespace {

const std::string kSample = SOURCE_DIR "/docs/samples/staging/";

}  // namespace

void StageStory::StartSample(const std::vector<std::string>& broken) {
  test::WriteFile(sandbox_.Path("token"), "a-token-for-staging\n");
  service_.reset();
  service_ = std::make_unique<Daemon>(sandbox_.Path(), [&](int port) {
    std::vector<std::string> command{kSample + "service.py", "--port", std::to_string(port),
                                     "--token-file", sandbox_.Path("token")};
    for (const std::string& check : broken) command.insert(command.end(), {"--break", check});
    return command;
  });
}

void StageStory::StartOddService() {
  service_ = std::make_unique<Daemon>(sandbox_.Path(), [](int port) {
    return std::vector<std::string>{SOURCE_DIR "/tests/e2e/odd_service.py", std::to_string(port)};
  });
}

std::string StageStory::base_url() const {
  return "http://127.0.0.1:" + std::to_string(service_ ? service_->port() : 1);
}

Ran StageStory::StageSample(const std::vector<std::string>& more, const Environment& variables) {
  Environment environment{{"SERVICE_STAGE", "staging"}, {"API_TOKEN", "a-token-for-staging"}};
  environment.insert(environment.end(), variables.begin(), variables.end());
  std::vector<std::string> options = more;
  if (std::ranges::find(more, "--mode") == more.end())
    options.insert(options.end(), {"--mode", "full"});
  return Stage(test::ReadFile(kSample + "suite.yml"), options, environment);
}

Ran StageStory::Stage(const std::string& suite, const std::vector<std::string>& more,
                      const Environment& variables) {
  test::WriteFile(sandbox_.Path("suite.yml"), suite);
  std::vector<std::string> command{"timeout", "100", program_, "stage"};
  command.insert(command.end(), {"--suite", sandbox_.Path("suite.yml"), "--base-url", base_url(),
                                 "--results", sandbox_.Path("results.json")});
  if (std::ranges::find(more, "--mode") == more.end())
    command.insert(command.end(), {"--mode", "full"});
  command.insert(command.end(), more.begin(), more.end());
  Environment environment = variables;  // of two the first one counts
  environment.insert(
      environment.end(),
      {{"HOME", std::getenv("HOME")}, {"PATH", "/usr/bin:/bin"}, {"GIT_CONFIG_NOSYSTEM", "1"}});
  return test::RunProgram(command, directory_, environment);
}

std::string StageStory::BecomesOf(const std::string& check) {
  const Ran ran = Stage(SuiteOf({check}), {"--timeout", "40s"});
  const std::string what = InResults("A1");
  EXPECT_EQ(ran.status, what == "passed" ? 0 : 1) << ran.out << ran.err;
  return what;
}

std::string StageStory::InResults(const std::string& id) const {
  const auto results = nlohmann::json::parse(test::ReadFile(sandbox_.Path("results.json")));
  EXPECT_EQ(results["schema"], "git-verdict/results/1");
  for (const auto& check : results["checks"])
    if (check["id"] == id) return check["passed"] == true ? "passed" : check["detail"];
  return "not in the results";
}

std::string SuiteOf(const std::vector<std::string>& checks) {
  std::string suite = "version: 1\ngroups:\n  - name: all\n    checks:\n";
  for (const std::string& check : checks) suite += "      - " + check + "\n";
  return suite;
}

std::string LastLine(const std::string& text) {
  const std::string lines = text.substr(0, text.find_last_not_of('\n') + 1);
  return lines.substr(lines.rfind('\n') + 1);
}

}  // namespace e2e
