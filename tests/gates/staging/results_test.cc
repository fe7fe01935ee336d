// What all readers of results have in common: ids, limits, the kinds of text.

#include "gates/staging/results.h"

#include "gates/core/policy.h"
#include "tests/gates/staging/outcomes.h"

namespace gates {
namespace {

TEST(CheckId, IsTheFirstWordOfALabelWhereThatReadsLikeOne) {
  for (const std::string label : {"C9a sandbox branch", "C9a", " C9a x", "C9a\tx", "C9a\nx"})
    EXPECT_EQ(CheckIdOf(label), "C9a") << label;
  EXPECT_EQ(CheckIdOf("A1"), "A1");
  EXPECT_EQ(CheckIdOf("C1234567890123456789 x"), "C1234567890123456789");
}

TEST(CheckId, IsElseTheWholeLabel) {
  for (const std::string label : {"orders are kept", "c7 x", "C x", "C7ab x", "C7A x", "CC7 x",
                                  "C7: x", "C7-x", "7 x", "C7.", "Ca x", "", " ", "C7\u00A0x",
                                  "\u0421"
                                  "7 x",
                                  "sandbox C7"})
    EXPECT_EQ(CheckIdOf(label), label);
  EXPECT_EQ(CheckIdOf(std::string("C7\0 x", 5)), std::string("C7\0 x", 5));
}

// The allowlist can name nothing else, so nothing else is ever waived.
TEST(CheckId, IsWhatThePolicyTakesForOne) {
  for (const std::string id :
       {"C7", "C9a", "Z0", "c7", "C", "C7ab", "CC7", "C7A", "7", "C7 ", "orders"}) {
    const bool policy_takes_it =
        ReadPolicy("version: 1\nstaging: {infra: ['" + id + "']}\n").has_value();
    EXPECT_EQ(CheckIdOf(id + " label") == id, policy_takes_it) << id;
  }
}

TEST(Results, AreToldApartByTheirFirstByte) {
  EXPECT_EQ(OutcomesIn("\n [[\"C7 x\", true, \"\"]]"), "C7 passed");
  EXPECT_EQ(OutcomesIn(" <testsuite><testcase name='C7 x'/></testsuite>"), "C7 passed");
  EXPECT_EQ(OutcomesIn("1..1\nok 1 - C7 x\n"), "C7 passed");
}

TEST(Results, MayStartWithAByteOrderMark) {
  EXPECT_EQ(OutcomesIn("\xEF\xBB\xBF[[\"C7 x\", true, \"\"]]"), "C7 passed");
  EXPECT_EQ(OutcomesIn("\xEF\xBB\xBF<testsuite><testcase name='C7'/></testsuite>"), "C7 passed");
  EXPECT_EQ(OutcomesIn("\xEF\xBB\xBF"
                       "1..1\nok\n"),
            "test 1 passed");
}

TEST(Results, ThatAreNoneAreRefused) {
  for (const std::string nothing : {"", " \n\t", "\xEF\xBB\xBF"}) ExpectRefused(nothing, "empty");
  for (const std::string none : {"all good", "all good\n", "PASS\nok\tpkg 0.1s\x01\n", "# ok\n"})
    ExpectRefused(none, none[0] == 'P' ? "plan" : "neither JSON nor JUnit XML nor TAP");
  ExpectRefused("[]", "no results");
  ExpectRefused("1..0 # SKIP no machine\n", "no results");
  ExpectRefused("<testsuites/>", "no results");
}

TEST(Results, ThatAreNoUtf8AreRefusedInEveryFormat) {
  ExpectRefused("[[\"C7 \xFF\", true, \"\"]]", "no UTF-8 at line 1, column 7");
  ExpectRefused("<testsuite>\n<testcase name='\xC0\xAF'/></testsuite>",
                "no UTF-8 at line 2, column 17");
  ExpectRefused("1..1\nok \xED\xA0\x80\n", "no UTF-8 at line 2, column 4");
}

TEST(Results, OfMoreThan64MebibytesAreRefused) {
  std::string text = "[[\"C7\", true, \"\"]]";
  text.resize(kMostResultBytes, ' ');
  EXPECT_EQ(OutcomesIn(text), "C7 passed");
  ExpectRefused(text + " ", "larger than 64 MiB");
}

TEST(Results, OfMoreThanAHundredThousandChecksAreRefused) {
  const auto results = [](const std::string& before, const std::string& each, size_t count,
                          const std::string& after) {
    std::string text = before;
    for (size_t i = 0; i < count; ++i) text += each;
    return text + after;
  };
  const size_t most = kMostResults;
  const std::string triple = "[\"C7\",true,null],";
  const std::string last = "[\"C7\",true,null]]";
  EXPECT_EQ(ReadResults(results("[", triple, most - 1, last))->size(), most);
  ExpectRefused(results("[", triple, most, last), "more than 100000 results");
  const std::string test_case = "<testcase name='C7'/>";
  EXPECT_EQ(ReadResults(results("<testsuite>", test_case, most, "</testsuite>"))->size(), most);
  ExpectRefused(results("<testsuite>", test_case, most + 1, "</testsuite>"), "more than 100000");
  EXPECT_EQ(ReadResults(results("", "ok - C7\n", most, "1..100000\n"))->size(), most);
  ExpectRefused(results("", "ok - C7\n", most + 1, "1..100001\n"), "more than 100000");
}

}  // namespace
}  // namespace gates
