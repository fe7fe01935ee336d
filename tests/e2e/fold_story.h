#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/e2e/story.h"

// What the tests of `git verdict fold` tell their stories with.

namespace e2e {

inline const std::string kPassing = R"([["A1 health", true, ""], ["C7 mail sandbox", true, ""]])";
inline const std::string kInfraFails =
    R"([["A1 health", true, ""], ["C7 mail sandbox", false, "timeout"]])";
inline const std::string kRealFails =
    R"([["A1 health", false, "got 500"], ["C7 mail sandbox", false, ""]])";

inline std::string Policy(const std::string& infra, const std::string& more = "") {
  return "version: 1\nstaging:\n  infra: [" + infra + "]\n" + more;
}

/// The last `count` lines of a text.
inline std::string LastLines(const std::string& text, int count = 1) {
  size_t at = text.size();
  for (int i = 0; i <= count && at != std::string::npos; ++i)
    at = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  return at == std::string::npos ? text : text.substr(at + 1);
}

inline void ExpectSuccess(const Ran& ran, const std::string& last_lines) {
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_TRUE(ran.out.ends_with(last_lines)) << ran.out;
  EXPECT_EQ(ran.err, "");
}

inline void ExpectFailed(const Ran& ran, const std::string& reason) {
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  const std::string last = LastLines(ran.out);
  EXPECT_TRUE(last.starts_with("VERDICT: FAILED (") && last.ends_with(")\n")) << ran.out;
  EXPECT_NE(last.find(reason), std::string::npos) << ran.out;
}

/// A story in which results are folded in Ada's clone.
class Fold : public Story {
 protected:
  Ran Run(std::vector<std::string> arguments, const std::string& input = "",
          const Environment& more = {}) const {
    arguments.insert(arguments.begin(), "fold");
    return Verdict(clone_.path(), arguments, input, more);
  }
  Ran RunOn(const std::string& results, const Environment& more = {}) const {
    return Run({"-"}, results, more);
  }

  /// Puts a policy on the server's main, and leaves topic without it.
  void LandPolicy(const std::string& policy) const {
    clone_.Git({"switch", "-q", "-C", "policy", "origin/main"});
    clone_.CommitFile(".verdict.yml", policy);
    LandUnjudged("policy:main");
    clone_.Git({"switch", "-q", "topic"});
  }
};

}  // namespace e2e
