#include "gates/staging/write_results.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

using std::chrono::milliseconds;

StagingRun RunOf(std::vector<RanCheck> checks) { return {"full", "http://h", std::move(checks)}; }

TEST(WriteResults, HaveASchema) {
  EXPECT_EQ(WriteResults(RunOf({{{"C1", "a name", Outcome::kPassed, ""}, milliseconds(1500)}})),
            R"({
 "schema": "git-verdict/results/1",
 "mode": "full",
 "base_url": "http://h",
 "checks": [
  {
   "id": "C1",
   "name": "a name",
   "passed": true,
   "detail": "",
   "seconds": 1.5
  }
 ]
}
)");
}

TEST(WriteResults, AreReadBack) {
  const StagingRun run = RunOf({{{"C1", "one", Outcome::kPassed, "passed on try 2"}, {}},
                                {{"C2", "\"two\"\n", Outcome::kFailed, "a\nb\x01\\ \u00e9"}, {}},
                                {{"C3", "three", Outcome::kUnknown, ""}, {}},
                                {{"C4", "four", Outcome::kSkipped, "off"}, {}}});
  const auto read = ReadResults(WriteResults(run));
  ASSERT_TRUE(read) << read.error();
  ASSERT_EQ(read->size(), 4u);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ((*read)[i].id, run.checks[i].result.id);
    EXPECT_EQ((*read)[i].name, run.checks[i].result.name);
    EXPECT_EQ((*read)[i].detail, run.checks[i].result.detail);
  }
  EXPECT_EQ((*read)[0].outcome, Outcome::kPassed);
  EXPECT_EQ((*read)[1].outcome, Outcome::kFailed);
  EXPECT_EQ((*read)[2].outcome, Outcome::kFailed);
  EXPECT_EQ((*read)[3].outcome, Outcome::kSkipped);
}

TEST(WriteResults, TakeBytesThatAreNoText) {
  const auto read =
      ReadResults(WriteResults(RunOf({{{"C1", "n", Outcome::kFailed, "a\xff\xc3(b"}, {}}})));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ((*read)[0].detail, "a\uFFFD\uFFFD(b");
}

TEST(WriteResults, OfNoChecksAreNoResults) { EXPECT_FALSE(ReadResults(WriteResults(RunOf({})))); }

}  // namespace
}  // namespace gates
