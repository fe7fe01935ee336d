// What honest authors and their tools write must be read, not refused.

#include <gtest/gtest.h>

#include <string>

#include "frontmatter/status.h"

namespace frontmatter {
namespace {

// The token that a log with `block` between its fences carries, or why there is none.
std::string TokenIn(const std::string& block, const std::string& key = "staging_status") {
  const auto document = ReadFrontmatter("---\n" + block + "---\n# Body\n");
  if (!document) return document.error().message;
  const auto status = ReadStatus(*document, {key, "SUCCESS", "FAILED"});
  return status ? status->token : status.error().message;
}

// With `lines` before the status line and behind it.
void ExpectAccepted(const std::string& lines) {
  EXPECT_EQ(TokenIn(lines + "staging_status: SUCCESS\n"), "SUCCESS") << lines;
  EXPECT_EQ(TokenIn("staging_status: FAILED\n" + lines), "FAILED") << lines;
}

std::string WithCrLf(const std::string& text) {
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return crlf;
}

TEST(HonestLog, MayNestMappings) { ExpectAccepted("a:\n  b:\n    c: 1\n  d: 2\ne: 3\n"); }

TEST(HonestLog, MayIndentAsItLikes) { ExpectAccepted("a:\n     b:\n      c: 1\n     d: 2\n"); }

TEST(HonestLog, MayHoldListsIndentedOrNot) {
  ExpectAccepted("a:\n- 1\n- 2\n");
  ExpectAccepted("a:\n  - 1\n  - b: 2\n    c: 3\n  -\n    d: 4\n");
  ExpectAccepted("a:\n-\n  b: 1\n- - c\n  - d\n-   e: 1\n    f: 2\n");
  ExpectAccepted("a:\n- b\n\n# c\n- d\n");
}

TEST(HonestLog, MayHoldLongLists) {
  std::string list = "a:\n";
  for (int i = 0; i < 2000; ++i) list += "  - item " + std::to_string(i) + "\n";
  ExpectAccepted(list);
}

TEST(HonestLog, MayHoldFlowCollections) {
  ExpectAccepted(
      "a: [1, 'two', \"three\", four five]\nb: {c: d, 'e': \"f\", g: [h, {i: j}]}\nc: []\nd: {}\n");
  ExpectAccepted("a: [ 1 , 2, ] # c\nb: { c: , d }\n");
  ExpectAccepted("a: [x: y, \"z\": 1, -1, .5, it's]\n");
  ExpectAccepted("a: ['[', '],', \"{#\", 'it''s # not', \"\\\"\"]\n");
}

TEST(HonestLog, MayHoldFlowCollectionsOverManyLines) {
  ExpectAccepted("a: [\n  b, # c\n  'd,\n   e',\n\n  # f\n  {g: h,\n   i: j}\n  ]\n");
  ExpectAccepted("a:\n  [b,\n   c]\n");
}

TEST(HonestLog, MayQuoteWithEitherQuote) {
  ExpectAccepted(
      "a: 'it''s: # fine'\nb: \"say \\\"x\\\" \\\\ \\n \\u00e9 \\x41 \\/\"\nc: ''\nd: \"\"\ne: "
      "''''\n");
  ExpectAccepted("a: 'b' # c\nd: \"e\"   # f\n");
}

TEST(HonestLog, MayQuoteOverManyLines) {
  ExpectAccepted("a: 'b\n  c\n\n  d'\ne: \"f \\\n  g\n  \\  h\"\n");
  ExpectAccepted("a:\n- 'b\n  c'\n- \"d\n   e\"\n");
}

TEST(HonestLog, MayHoldLiteralText) {
  ExpectAccepted("a: |\n  b\n\n    c: d\n  # no comment\n  [,}\n");
  ExpectAccepted("a: |-\n  b\nc: |+\n  d\n\ne: |2\n   f\ng: |2-\n  h\ni: |-2 # j\n  k\n");
  ExpectAccepted("a: |\n\n\n  b\n");
  ExpectAccepted("a:\n  - |\n    b\n  - c: |\n      d\n");
}

TEST(HonestLog, MayHoldFoldedText) {
  ExpectAccepted("a: >\n  b\n  c\n\n  d\ne: >-\n  f\ng: >+\n  h\n\n");
  ExpectAccepted("a: > # comment\n  b\n");
}

TEST(HonestLog, MayHoldEmptyBlockText) { ExpectAccepted("a: |\nb: >-\nc: 1\nd: |\n    \ne: 1\n"); }

TEST(HonestLog, MayHoldPlainTextOverManyLines) {
  ExpectAccepted("a: b\n  c d\n\n  e\nf:\n  g\n  h\n");
}

TEST(HonestLog, MayHoldPlainTextWithMarksInIt) {
  ExpectAccepted(
      "a: https://example.test/a?b=c&d#e\nb: a, b [c] {d} e\nc: x:y::z\nd: 10:30\ne: a'b\"c\nf: "
      "-x\ng: ?x\nh: :x\ni: a#b\n");
  ExpectAccepted(
      "a: C:\\dir\nb: 100%\nc: a & b * c ! d | e > f\nd: =\ne: <b>\nf: $x (y) ~z\ng: ---x\nh: a "
      "---\n");
}

TEST(HonestLog, MayHoldTextInAnyScript) {
  ExpectAccepted(
      "a: caf\u00e9 \u2014 \u4f60\u597d \U0001F680\nb:\n  cl\u00e9: '\u05e9'\n# \u00fcber\nc: "
      "[\u00e9, \u00e8]\n");
}

TEST(HonestLog, MayHoldValuesThatYamlVersionsResolveDifferently) {
  ExpectAccepted(
      "on: push\nyes: no\noff: 1\ny: n\n1: 010\n2: 1:30\nd: 2024-01-02 03:04:05\ne: 1_000\nf: "
      ".inf\ng: 0o7\nh: 1e3\n");
}

TEST(HonestLog, MayHoldEmptyValues) {
  ExpectAccepted("a:\nb: ~\nc: null\nd: # c\ne:\n- \n- ~\n-\nf: ''\n");
}

TEST(HonestLog, MayHoldCommentsAndBlankLinesAnywhere) {
  ExpectAccepted("\n# a\n   # b\n     \nc: 1 # d\n\n#e\ne:\n# f\n  g: 1\n  # h\n# i\n  j: 2\n");
}

TEST(HonestLog, MayHoldRootKeysOfManyForms) {
  ExpectAccepted(
      "a-b: 1\nc.d: 1\nE_F: 1\n_g: 1\n9: 1\nh i: 1\nj/k: 1\nl (m): 1\nn@o: 1\np+q: 1\nr~: 1\nx$y: "
      "1\n");
}

TEST(HonestLog, MayQuoteKeysBelowTheTopLevel) {
  ExpectAccepted("a:\n  'b c': 1\n  \"d: e\": 2\n  f g: 3\n");
}

TEST(HonestLog, MayRepeatAKeyInAnotherMapping) {
  ExpectAccepted(
      "a:\n  b: 1\nc:\n  b: 1\nd: [{b: 1}, {b: 2}]\nprevious: {staging_status: FAILED}\n");
}

TEST(HonestLog, MayHoldTheKeyOfAnotherGate) {
  const std::string block = "staging_status: SUCCESS\ndeploy_status: FAILED\n";
  EXPECT_EQ(TokenIn(block), "SUCCESS");
  EXPECT_EQ(TokenIn(block, "deploy_status"), "FAILED");
}

TEST(HonestLog, MayUseCrLfThroughout) {
  const std::string block =
      "# c\na: |\n  b\n\n  c\nd: [e,\n  'f\n   g']\nh:\n- i\nj: k\n  l\nm: \"n \\\n  o\"\np:\n  q: "
      ">-\n    r\n";
  EXPECT_EQ(TokenIn(WithCrLf(block + "staging_status: SUCCESS\n")), "SUCCESS");
  EXPECT_EQ(TokenIn(WithCrLf("staging_status: FAILED # c\n" + block)), "FAILED");
  EXPECT_TRUE(ReadFrontmatter(WithCrLf("---\n" + block + "---\nbody\n")));
}

TEST(HonestLog, MayMixLineEnds) {
  EXPECT_EQ(TokenIn("a: 1\r\nstaging_status: SUCCESS\nb: 2\r\n"), "SUCCESS");
}

TEST(HonestLog, MayEndAtItsClosingFence) {
  EXPECT_TRUE(ReadFrontmatter("---\nstaging_status: SUCCESS\n---"));
  EXPECT_TRUE(ReadFrontmatter("---\r\nstaging_status: SUCCESS\r\n---"));
}

TEST(HonestLog, MayEndItsBlockInTextOfAnyStyle) {
  for (const char* last :
       {"a: |\n  b\n", "a: |+\n  b\n\n\n", "a: >\n\n", "a: 'b'\n", "a: [b]\n",
        "a:\n  b:\n    - c\n", "a: b\n  c\n", "a:\n", "# a\n", "  \n", "a: |\n", "a:\n-\n"}) {
    EXPECT_EQ(TokenIn(std::string("staging_status: SUCCESS\n") + last), "SUCCESS") << last;
  }
}

}  // namespace
}  // namespace frontmatter
