#include "tests/gates/staging/outcomes.h"

namespace gates {
namespace {

TEST(JsonResults, AreObjects) {
  const auto results = ReadResults(
      R"([{"id": "C9a", "name": "sandbox branch", "passed": false, "detail": "got 500"}])");
  ASSERT_TRUE(results) << results.error();
  EXPECT_EQ(results->at(0).id, "C9a");
  EXPECT_EQ(results->at(0).name, "sandbox branch");
  EXPECT_EQ(results->at(0).outcome, Outcome::kFailed);
  EXPECT_EQ(results->at(0).detail, "got 500");
}

TEST(JsonResults, AreTriplesInTheOlderForm) {
  const auto results = ReadResults(R"([["C9a sandbox branch", false, "got 500"]])");
  ASSERT_TRUE(results) << results.error();
  EXPECT_EQ(results->at(0).id, "C9a");
  EXPECT_EQ(results->at(0).name, "C9a sandbox branch");
  EXPECT_EQ(results->at(0).outcome, Outcome::kFailed);
  EXPECT_EQ(results->at(0).detail, "got 500");
}

TEST(JsonResults, DoNotEndAtANulByte) {
  const std::string passed = R"([["A1 health", true, ""]])";
  EXPECT_TRUE(ReadResults(passed));
  EXPECT_FALSE(ReadResults(passed + std::string(1, '\0')));
  EXPECT_FALSE(ReadResults(passed + std::string(1, '\0') + R"([["B4 users", false, ""]])"));
}

TEST(JsonResults, AreWhatStageWrites) {
  EXPECT_EQ(OutcomesIn(R"({"schema": "git-verdict/results/1", "mode": "stub",
                           "base_url": "http://localhost", "checks": [
                             {"id": "C7", "passed": true},
                             {"id": "C8", "passed": false, "skipped": true}]})"),
            "C7 passed; C8 skipped");
}

TEST(JsonResults, MayLeaveOutNameAndDetail) {
  for (const char* text : {R"([{"id":"C7","passed":true}])",
                           R"([{"id":"C7","name":null,"passed":true,"detail":null}])",
                           R"([{"id":"C7","name":" ","passed":true,"detail":""}])"}) {
    const auto results = ReadResults(text);
    ASSERT_TRUE(results) << results.error();
    EXPECT_EQ(results->at(0).name, "C7");
    EXPECT_EQ(results->at(0).detail, "");
  }
}

// In an object the id stands by itself: nothing is guessed from it.
TEST(JsonResults, TakeAnObjectsIdAsItIs) {
  EXPECT_EQ(OutcomesIn(R"([{"id":"C7 x","passed":true}])"), "C7 x passed");
  EXPECT_EQ(OutcomesIn(R"([{"id":"orders","name":"C7 orders","passed":true}])"), "orders passed");
}

TEST(JsonResults, MayHoldOtherMembers) {
  EXPECT_EQ(OutcomesIn(R"([{"id":"C7","passed":true,"ms":12.5,"tags":["a",{"b":null}]}])"),
            "C7 passed");
}

TEST(JsonResults, ThatAreSkippedOrPendingDidNotPass) {
  for (const std::string word : {"skipped", "pending"}) {
    const std::string before = R"([{"id":"C7","passed":true,")" + word + R"(":)";
    EXPECT_EQ(OutcomesIn(before + "true}]"), "C7 skipped");
    EXPECT_EQ(OutcomesIn(before + "false}]"), "C7 passed");
    ExpectRefused(before + "1}]", "result 1: '" + word + "' must be true or false");
    ExpectRefused(before + "null}]", "must be true or false");
  }
}

TEST(JsonResults, ThatSayOtherwiseInAWordDidNotPass) {
  for (const std::string key : {"status", "result", "outcome"}) {
    const auto called = [&](const std::string& value, const std::string& passed = "true") {
      return OutcomesIn(R"([{"id":"C7","passed":)" + passed + R"(,")" + key + "\":" + value + "}]");
    };
    EXPECT_EQ(called(R"("Skipped")"), "C7 skipped");
    EXPECT_EQ(called(R"("failed")"), "C7 failed");
    EXPECT_EQ(called(R"("who knows")"), "C7 unknown");
    EXPECT_EQ(called(R"("ok")"), "C7 passed");
    EXPECT_EQ(called("200"), "C7 passed");
    EXPECT_EQ(called(R"("passed")", "false"), "C7 failed");
  }
}

TEST(JsonResults, MustSayWithABooleanWhetherTheyPassed) {
  for (const std::string value : {"\"true\"", "1", "0", "null", "[]", "{}", "\"passed\"", "1.0"}) {
    ExpectRefused(R"([{"id":"C7","passed":)" + value + "}]", "result 1: 'passed' must be true");
    ExpectRefused(R"([["C6",true,""],["C7",)" + value + R"(,""]])", "result 2: its second item");
  }
  ExpectRefused(R"([{"id":"C7"}])", "'passed' must be true or false");
  ExpectRefused(R"([{"id":"C7","Passed":true}])", "'passed' must be true or false");
}

TEST(JsonResults, MustHaveAnId) {
  ExpectRefused(R"([{"name":"C7","passed":true}])", "it has no 'id'");
  for (const std::string id : {"null", "\"\"", "\" \"", "\"\\n\""}) {
    ExpectRefused(R"([{"id":)" + id + R"(,"passed":true}])", "it has no 'id'");
    ExpectRefused("[[" + id + ",true,\"\"]]", "it has no label");
  }
  for (const std::string id : {"7", "true", "[\"C7\"]"}) {
    ExpectRefused(R"([{"id":)" + id + R"(,"passed":true}])", "'id' must be a text");
    ExpectRefused("[[" + id + ",true,\"\"]]", "its label must be a text");
  }
}

TEST(JsonResults, MustHaveTextsForNameAndDetail) {
  for (const std::string value : {"7", "true", "[]", "{}"}) {
    ExpectRefused(R"([{"id":"C7","passed":true,"name":)" + value + "}]", "'name' must be a text");
    ExpectRefused(R"([{"id":"C7","passed":true,"detail":)" + value + "}]", "'detail' must be a");
    ExpectRefused("[[\"C7\",true," + value + "]]", "its detail must be a text");
  }
}

TEST(JsonResults, OfAnotherShapeAreRefused) {
  for (const char* text :
       {R"(["C7",true,""])", R"([true])", R"([null])", R"([[]])", R"([["C7",true]])",
        R"([["C7",true,"",""]])", R"([{}])", R"([[["C7",true,""]]])"})
    ExpectRefused(text, "result 1: ");
  for (const char* text :
       {"{}", R"({"id":"C7","passed":true})", R"({"checks":[{"id":"C7","passed":true}]})",
        R"({"schema":"git-verdict/results/2","checks":[{"id":"C7","passed":true}]})",
        R"({"schema":1,"checks":[{"id":"C7","passed":true}]})",
        R"({"results":[{"id":"C7","passed":true}]})"})
    ExpectRefused(text, "neither a list of results nor an object of schema git-verdict/results/1");
}

TEST(JsonResults, OfStageMustHaveTheirMembersRight) {
  const auto staged = [](const std::string& members) {
    return R"({"schema":"git-verdict/results/1",)" + members + "}";
  };
  ExpectRefused(staged(R"("mode":"full")"), "'checks' must be a list");
  ExpectRefused(staged(R"("checks":{"id":"C7","passed":true})"), "'checks' must be a list");
  ExpectRefused(staged(R"("checks":[])"), "no results");
  ExpectRefused(staged(R"("mode":1,"checks":[{"id":"C7","passed":true}])"), "'mode' must be a");
  ExpectRefused(staged(R"("base_url":[],"checks":[{"id":"C7","passed":true}])"), "'base_url'");
}

TEST(JsonResults, MustBeJsonThroughout) {
  for (const std::string text :
       {R"([{"id":"C7","passed":true}] x)", R"([{"id":"C7","passed":true}][])",
        R"([{"id":"C7","passed":true},])", R"([{"id":"C7","passed":true)", R"([{'id':'C7'}])",
        R"([{"id":"C7","passed":True}])", R"([{"id":"C7","passed":true,"t":NaN}])",
        R"([{"id":"C7","passed":true,"t":1e999}])", R"([{"id":"C7","passed":true,"t":-Infinity}])",
        R"([{"id":"C7\ud800","passed":true}])", R"([{"id":"C7","passed":true}] // done)",
        "[{\"id\":\"C7\n\",\"passed\":true}]", "[", "{", "{\"schema\"", "[[\"C7\",true,\"\"],"})
    ExpectRefused(text, "no valid JSON at line ");
  ExpectRefused("[\n  {\"id\": tru}\n]", "no valid JSON at line 2, column ");
}

TEST(JsonResults, MayNotNameAKeyTwice) {
  ExpectRefused(R"([{"id":"C7","passed":false,"passed":true}])", "the key 'passed' stands twice");
  ExpectRefused(R"([{"id":"C7","passed":false,"p\u0061ssed":true}])", "the key 'passed' stands");
  ExpectRefused(R"([{"id":"C7","passed":true,"x":{"a":1,"a":1}}])", "the key 'a' stands twice");
  ExpectRefused(R"({"schema":"git-verdict/results/1","checks":[],"checks":[["C7",true,""]]})",
                "the key 'checks' stands twice");
}

TEST(JsonResults, MayNotBeABomb) {
  const auto nested = [](size_t levels) {
    return R"([{"id":"C7","passed":true,"x":)" + std::string(levels, '[') +
           std::string(levels, ']') + "}]";
  };
  EXPECT_EQ(OutcomesIn(nested(30)), "C7 passed");
  ExpectRefused(nested(31), "more than 32 levels");
  ExpectRefused(std::string(10'000'000, '['), "more than 32 levels");
  std::string many = R"([{"id":"C7","passed":true,"x":[0)";
  for (int i = 0; i < 2'000'000; ++i) many += ",0";
  ExpectRefused(many + "]}]", "too many JSON values");
}

TEST(JsonResults, CutOffAnywhereAreRefused) {
  const std::string whole =
      R"({"schema":"git-verdict/results/1","checks":[{"id":"C7","passed":true,"detail":"a\"b"}]})";
  EXPECT_EQ(OutcomesIn(whole), "C7 passed");
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(ReadResults(whole.substr(0, size))) << size;
}

TEST(JsonResults, KeepHostileTextRaw) {
  const auto results = ReadResults(R"([["C7\u0000\u001b[31m::error::", true, "\u202e"]])");
  ASSERT_TRUE(results) << results.error();
  EXPECT_EQ(results->at(0).id, std::string("C7\0\x1b[31m::error::", 17));
  EXPECT_EQ(results->at(0).detail, "\u202E");
}

}  // namespace
}  // namespace gates
