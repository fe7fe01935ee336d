#include "tests/gates/staging/outcomes.h"

namespace gates {
namespace {

std::string Suite(const std::string& cases, const std::string& attributes = "") {
  return "<testsuite " + attributes + ">" + cases + "</testsuite>";
}

std::string Case(const std::string& inside, const std::string& attributes = "") {
  return "<testcase name='C7 mail' " + attributes + ">" + inside + "</testcase>";
}

CheckResult OnlyResult(const std::string& text) {
  const auto results = ReadResults(text);
  EXPECT_TRUE(results && results->size() == 1) << OutcomesIn(text);
  return results && results->size() == 1 ? results->at(0) : CheckResult();
}

TEST(JunitResults, AreTestcases) {
  EXPECT_EQ(OutcomesIn("<?xml version='1.0' encoding='UTF-8'?>\n<!-- c -->\n<testsuites tests='3'>"
                       "<testsuite tests='2' failures='1'><properties/><testcase name='A1 health'/>"
                       "<testcase name='C7 mail'><failure message='no'/></testcase>"
                       "<system-out>not ok <![CDATA[<failure/>]]></system-out></testsuite>"
                       "<testsuite><testcase name='orders are kept' classname='x.C9'/>"
                       "</testsuite></testsuites>\n"),
            "A1 passed; C7 failed; orders are kept passed");
  EXPECT_EQ(OutcomesIn(Suite("<testsuite>" + Case("") + "</testsuite>")), "C7 passed");
  EXPECT_EQ(OutcomesIn("<testsuites>" + Case("") + "</testsuites>"), "C7 passed");
}

TEST(JunitResults, TellOutcomesByTheirElements) {
  for (const char* bad : {"<failure/>", "<error/>", "<failure/><error/>", "<skipped/><failure/>",
                          "<error/><skipped/>", "<rerunFailure/>", "<rerunError/>",
                          "<system-out/><failure>x</failure>"})
    EXPECT_EQ(OutcomesIn(Suite(Case(bad))), "C7 failed") << bad;
  EXPECT_EQ(OutcomesIn(Suite(Case("<skipped/>"))), "C7 skipped");
  for (const char* good : {"", " \n ", "<system-out>x</system-out>", "<system-err/><properties/>",
                           "<flakyFailure/>", "<flakyError/>", "<!-- <failure/> -->"})
    EXPECT_EQ(OutcomesIn(Suite(Case(good))), "C7 passed") << good;
}

TEST(JunitResults, TellOutcomesByAttributesToo) {
  for (const char* word : {"run", "passed", "Success", "OK"})
    EXPECT_EQ(OutcomesIn(Suite(Case("", "status='" + std::string(word) + "'"))), "C7 passed");
  for (const char* word : {"notrun", "DISABLED", "skipped", "pending"})
    EXPECT_EQ(OutcomesIn(Suite(Case("", "status='" + std::string(word) + "'"))), "C7 skipped");
  for (const char* word : {"fail", "Failed", "failure", "error"})
    EXPECT_EQ(OutcomesIn(Suite(Case("", "result='" + std::string(word) + "'"))), "C7 failed");
  EXPECT_EQ(OutcomesIn(Suite(Case("", "status='run' result='suppressed'"))), "C7 skipped");
  EXPECT_EQ(OutcomesIn(Suite(Case("<skipped/>", "status='fail'"))), "C7 failed");
  EXPECT_EQ(OutcomesIn(Suite(Case("<failure/>", "status='run'"))), "C7 failed");
  ExpectRefused(Suite(Case("", "status='mostly'")), "an unknown status 'mostly'");
  ExpectRefused(Suite(Case("", "result=''")), "an unknown result ''");
}

TEST(JunitResults, HaveTheirMessagesAsDetail) {
  const CheckResult result = OnlyResult(
      Suite(Case("<failure message='1 &lt; 2 &#x41;&#66;'>at <![CDATA[a && b]]></failure>"
                 "<error message='and more'/>")));
  EXPECT_EQ(result.detail, "1 < 2 AB\nat \na && b\nand more");
  EXPECT_EQ(OnlyResult(Suite(Case("<skipped message='no network'/>"))).detail, "no network");
}

TEST(JunitResults, MustHaveANameForEveryCase) {
  for (const char* unnamed : {"<testcase/>", "<testcase name=''/>", "<testcase name=' &#10;'/>",
                              "<testcase Name='C7'/>", "<testcase id='C7'/>"})
    ExpectRefused(Suite(unnamed), "a testcase without a name");
}

TEST(JunitResults, OfAnotherShapeAreRefused) {
  ExpectRefused("<html><testsuite/></html>", "the root is neither testsuites nor testsuite");
  ExpectRefused(Case(""), "the root is neither testsuites nor testsuite");
  ExpectRefused("<!-- only this -->", "the root is neither");
  for (const char* part : {"<Failure/>", "<fail/>", "<x:failure/>", "<testcase name='C8'/>"}) {
    ExpectRefused(Suite(Case(part)), "an unknown element '");
    ExpectRefused(Suite(Case("") + "<failure/>"), "an unknown element 'failure' in a suite");
  }
  ExpectRefused(Suite(Case("FAILED")), "text in a testcase");
  ExpectRefused(Suite(Case("<![CDATA[FAILED]]>")), "text in a testcase");
  ExpectRefused(Suite(Case("") + "and so on"), "text in a suite");
  ExpectRefused(Suite(Case("")) + Suite(Case("<failure/>")), "a second root");
  ExpectRefused(Suite(Case("")) + " and so on", "text outside the root");
  ExpectRefused("<?xml version='1.0'?> x " + Suite(Case("")), "text outside the root");
}

TEST(JunitResults, MustHoldWhatTheirSuitesCount) {
  const std::string one_of_each =
      Case("") + Case("<failure/>") + Case("<error/>") + Case("<skipped/>");
  for (const char* counts : {"tests='4' failures='1' errors='1' skipped='1'", "tests='4'",
                             "failures='2'", "errors='2'", "failures='0' errors='0' skipped='0'",
                             "disabled='1'", "skip='1'", "time='0.5' assertions='99'"}) {
    EXPECT_EQ(OutcomesIn(Suite(one_of_each, counts)).substr(0, 9), "C7 passed") << counts;
    EXPECT_EQ(OutcomesIn("<testsuites " + std::string(counts) + ">" + Suite(one_of_each) +
                         "</testsuites>")
                  .substr(0, 9),
              "C7 passed")
        << counts;
  }
  for (const char* counts : {"tests='3'", "tests='5'", "tests='4.0'", "tests=''", "tests='-4'"})
    ExpectRefused(Suite(one_of_each, counts), "another number of tests");
  for (const char* counts : {"failures='3'", "failures='2' errors='1'", "errors='x'",
                             "failures='18446744073709551615' errors='1'"})
    ExpectRefused(Suite(one_of_each, counts), "counts failures or errors");
  for (const char* counts : {"skipped='2'", "disabled='1' skipped='1'", "skip='true'"})
    ExpectRefused(Suite(one_of_each, counts), "counts skipped tests");
  ExpectRefused(Suite(Case(""), "tests='1' failures='1'"), "counts failures or errors");
  ExpectRefused("<testsuites failures='1'>" + Suite(Case("")) + "</testsuites>", "counts failures");
  EXPECT_EQ(OutcomesIn(Suite(Case("") + Suite(Case("")), "tests='1'")), "C7 passed; C7 passed");
}

TEST(JunitResults, MustBeXmlThroughout) {
  for (const std::string& text :
       {std::string("<testsuite>"), Suite("<testcase name='C7'>"), Suite("<testcase name=C7/>"),
        Suite("</testcase>"), Suite(Case("")) + "<", "<testsuite" + Suite(""), Suite("<"),
        std::string("<")})
    ExpectRefused(text, "no XML: ");
  ExpectRefused("<testsuite>\n<testcase>\n</testsuite>", "(XML, line 3, column ");
  ExpectRefused(Suite("<testcase name='C7' name='C8'/>"), "an attribute twice");
  ExpectRefused("<testsuite tests='1' tests='2'>" + Case("") + "</testsuite>", "attribute twice");
  ExpectRefused(Suite(Case("<failure message='a' message='b'/>")), "an attribute twice");
  ExpectRefused(Suite(Case("")) + std::string(1, '\0'), "a NUL byte");
  ExpectRefused("<?xml version='1.0' encoding='ISO-8859-1'?>" + Suite(Case("")), "an encoding");
}

TEST(JunitResults, MayNotDefineEntities) {
  ExpectRefused("<!DOCTYPE testsuite [<!ENTITY a 'x'>]>" + Suite(Case("")), "DOCTYPE");
  ExpectRefused("<!DOCTYPE t SYSTEM 'file:///etc/passwd'>" + Suite(Case("")), "DOCTYPE");
  ExpectRefused(Suite("<!DOCTYPE t>" + Case("")), "no XML");
}

// pugixml would cut the name off at a NUL, and C7 is what an allowlist names.
TEST(JunitResults, MayHoldNoReferenceThatXmlDoesNotKnow) {
  for (const char* reference : {"&#0;", "&#x0;", "&#4294967296;", "&#xD800;", "&#x110000;", "&#;",
                                "&#x;", "&#12a;", "&a;", "&", "&amp", "& x;", "&#-1;", "&#X41;"}) {
    ExpectRefused(Suite("<testcase name='C7 " + std::string(reference) + "'/>"), "a `&` that");
    ExpectRefused(Suite(Case("<failure>" + std::string(reference) + "</failure>")), "a `&` that");
  }
  EXPECT_EQ(OnlyResult(Suite("<testcase name='&quot;&apos;&gt;&#233;&#x20AC;&#x1F600;'/>")).id,
            "\"'>\u00E9\u20AC\U0001F600");
}

TEST(JunitResults, MayNotBeABomb) {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<testsuite>";
  ExpectRefused(deep, "no XML: ");
  std::string nested = Case("");
  for (int i = 0; i < 16; ++i) nested = Suite(nested);
  EXPECT_EQ(OutcomesIn(nested), "C7 passed");
  ExpectRefused(Suite(nested), "too many suites inside each other");
  std::string attributes;
  for (int i = 0; i < 70; ++i) attributes += " a" + std::to_string(i) + "=''";
  ExpectRefused(Suite(Case(""), attributes), "too many");
  std::string markup = "<testsuite>";
  for (int i = 0; i < 4'000'001; ++i) markup += "<a/>";
  ExpectRefused(markup + "</testsuite>", "too much markup");
}

TEST(JunitResults, CutOffAnywhereAreRefused) {
  const std::string whole = "<?xml version='1.0'?><testsuites><testsuite tests='2'>" + Case("") +
                            Case("<failure message='x'>y</failure>") +
                            "<system-out><![CDATA[z]]></system-out></testsuite></testsuites>";
  EXPECT_EQ(OutcomesIn(whole), "C7 passed; C7 failed");
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(ReadResults(whole.substr(0, size))) << whole.substr(0, size);
}

}  // namespace
}  // namespace gates
