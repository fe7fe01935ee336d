#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/daemon.h"
#include "tests/e2e/story.h"

namespace e2e {

/// What `git verdict stage` says of a suite, with a service that the test starts.
class StageStory : public testing::Test {
 protected:
  /// Starts docs/samples/staging/service.py, with these checks broken.
  void StartSample(const std::vector<std::string>& broken = {});

  /// Starts tests/e2e/odd_service.py.
  void StartOddService();

  /// Stages the sample suite as its own comment says.
  Ran StageSample(const std::vector<std::string>& more = {}, const Environment& variables = {});

  /// Stages a suite of this text; the results go to results.json.
  Ran Stage(const std::string& suite, const std::vector<std::string>& more = {},
            const Environment& variables = {});

  /// Stages a suite of one check, which is to end as `passed` or for a reason.
  std::string BecomesOf(const std::string& check);

  /// `passed`, or why not, of a check in results.json.
  std::string InResults(const std::string& id) const;

  std::string base_url() const;

  test::Sandbox sandbox_;
  std::unique_ptr<Daemon> service_;
  std::string directory_ = sandbox_.Path();  // where the command runs
  std::string program_ = kProgram;
};

/// A suite of these checks, a line each, in one group.
std::string SuiteOf(const std::vector<std::string>& checks);

/// The last line of a text.
std::string LastLine(const std::string& text);

}  // namespace e2e
