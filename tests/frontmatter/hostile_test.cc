// What one reader takes for a verdict and another does not must be refused.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "frontmatter/status.h"

namespace frontmatter {
namespace {

// Values that no reader may take for a token.
constexpr const char* kNoTokens[] = {"SUCCESS.",
                                     "SUCCESS,",
                                     "SUCCESS#c",
                                     "SUCCESS FAILED",
                                     "SUCCESS/FAILED",
                                     "SUCCESS|FAILED",
                                     "SUCCESSFUL",
                                     "UNSUCCESS",
                                     "NOT SUCCESS",
                                     "success",
                                     "Success",
                                     "\"SUCCESS\"",
                                     "'SUCCESS'",
                                     "[SUCCESS]",
                                     "{SUCCESS}",
                                     "{SUCCESS: 1}",
                                     "true",
                                     "yes",
                                     "0",
                                     "~",
                                     "null",
                                     "",
                                     "PASS",
                                     "SUCCESS\u00a0",
                                     "\u00a0SUCCESS",
                                     "SUCC\u0415SS",
                                     "SUCCESS\u200b",
                                     "\u200bSUCCESS",
                                     "SUCC\u00adESS",
                                     "${STATUS}",
                                     "<SUCCESS>",
                                     "SUCCESS \u2705",
                                     "\\SUCCESS",
                                     "SUCCESS\\",
                                     "-SUCCESS",
                                     "SUCCESS-",
                                     "SUCCESS:",
                                     "(SUCCESS)",
                                     "$(x)",
                                     "SUCCESS ;",
                                     "=SUCCESS"};

using Blocks = std::vector<std::string>;

tl::expected<Status, ParseError> Read(const std::string& block) {
  const auto document = ReadFrontmatter("---\n" + block + "---\n# Body\n");
  if (!document) return tl::unexpected(document.error());
  return ReadStatus(*document, {"staging_status", "SUCCESS", "FAILED"});
}

// Each block alone is refused, as a fault of `fault`.
void ExpectRefused(Fault fault, const Blocks& blocks) {
  for (const std::string& block : blocks) {
    const auto status = Read(block);
    ASSERT_FALSE(status) << block;
    EXPECT_EQ(status.error().fault, fault) << block << "\n" << status.error().message;
    EXPECT_NE(status.error().message, "the YAML reader gave up") << block;
  }
}

// Lines that spoil a good log, whether they stand before or behind its status line.
void ExpectSpoils(Fault fault, const Blocks& lines) {
  for (const std::string& line : lines) {
    ExpectRefused(fault, {"staging_status: SUCCESS\n" + line, line + "staging_status: SUCCESS\n"});
  }
}

TEST(HostileLog, CannotTagAValue) {
  ExpectSpoils(Fault::kYaml,
               {"a: !!str b\n", "a: !b c\n", "a: ! b\n", "a: !<?> b\n", "a: !<!> b\n",
                "a: !!map {b: c}\n", "a: !!seq\n- b\n", "a: [!!str b]\n", "a: !!binary aGk=\n",
                "!!str a: b\n", "a:\n  ! b: c\n", "a: !\n", "a: ! 'b'\n", "a: !!null\n"});
  ExpectRefused(Fault::kYaml, {"staging_status: !!str SUCCESS\n", "staging_status: ! SUCCESS\n",
                               "staging_status: !<?> SUCCESS\n"});
}

TEST(HostileLog, CannotAnchorOrAliasAValue) {
  ExpectSpoils(Fault::kYaml, {"a: &b c\n", "a: &b\n  c: d\n", "a: [&b c]\n", "&a b: c\n",
                              "a: &b c\nd: *b\n", "a: *b\n", "a: &b [*b]\n", "a: &b\n"});
  ExpectRefused(Fault::kYaml,
                {"staging_status: &a SUCCESS\n", "a: &a SUCCESS\nstaging_status: *a\n"});
}

TEST(HostileLog, CannotMergeMappings) {
  ExpectSpoils(Fault::kYaml, {"<<: {staging_status: FAILED}\n", "a:\n  <<: {b: c}\n",
                              "a: {<<: {b: c}}\n", "a:\n  '<<': b\n", "a: [<<: b]\n"});
}

TEST(HostileLog, CannotHideAKeyBehindAQuestionMark) {
  ExpectSpoils(Fault::kYaml, {"? a\n: b\n", "? staging_status\n: FAILED\n", "? a\n",
                              "a:\n  ? b\n  : c\n", "a: {? b : c}\n", "a: [? b : c]\n", "a: {? }\n",
                              "a: [? ]\n", "a: [?]\n", "? [a]\n: b\n", "a:\n  ? b: c\n  : d\n"});
}

TEST(HostileLog, CannotUseOtherKeysThanText) {
  ExpectSpoils(Fault::kYaml,
               {"[a]: b\n", "{a: b}: c\n", "~: a\n", "null: a\n", ": a\n", "a:\n  : b\n",
                "a: {: b}\n", "a: [: b]\n", "a:\n  ~: b\n", "a:\n  [b]: c\n", "a: {[b]: c}\n",
                "a: {{b: c}: d}\n", "a: {~: b}\n", "a:\n  Null: b\n"});
}

TEST(HostileLog, CannotQuoteOrDisguiseARootKey) {
  ExpectSpoils(Fault::kYaml, {"'a': b\n",
                              "\"a\": b\n",
                              "\"staging\\x5fstatus\": FAILED\n",
                              "'staging_status': FAILED\n",
                              "a : b\n",
                              "\u00e9: a\n",
                              "st\u0430ging_status: FAILED\n",
                              "a:b: c\n",
                              "a,b: c\n",
                              "a'b: c\n",
                              "a#b: c\n",
                              "-a: b\n",
                              "?a: b\n",
                              "=end: x\n",
                              "a=b: c\n",
                              "a\u00a0: b\n",
                              "a\u200d: b\n",
                              "a\\b: c\n",
                              "a|b: c\n",
                              "$a: b\n"});
}

TEST(HostileLog, CannotIndentItsRoot) {
  ExpectRefused(Fault::kYaml,
                {" staging_status: SUCCESS\n", "  a: b\n  staging_status: SUCCESS\n", " - a\n"});
}

TEST(HostileLog, CannotHaveAnotherRootThanABlockMapping) {
  ExpectRefused(
      Fault::kYaml,
      {"{staging_status: SUCCESS}\n", "{\nstaging_status: SUCCESS\n}\n",
       "- staging_status: SUCCESS\n", "staging_status SUCCESS\n", "staging_status:SUCCESS\n",
       "|\n staging_status: SUCCESS\n", "'staging_status: SUCCESS'\n", "SUCCESS\n", "~\n", "*a\n",
       "!!map\nstaging_status: SUCCESS\n", "&a\nstaging_status: SUCCESS\n", ",\n",
       "- a\nstaging_status: SUCCESS\n", "staging_status: SUCCESS\n- a\n",
       "[staging_status: SUCCESS]\n", "\"a\"\nstaging_status: SUCCESS\n"});
}

TEST(HostileLog, CannotGiveDirectives) {
  ExpectSpoils(Fault::kYaml, {"%YAML 1.2\n", "%TAG ! tag:x,2000:\n", "%x\n", "a: b\n%c\n"});
}

TEST(HostileLog, CannotHoldAKeyTwice) {
  ExpectSpoils(Fault::kKeyDuplicate,
               {"a: 1\na: 1\n", "a:\n  b: 1\n  b: 2\n", "a: {b: 1, b: 2}\n", "a: {b: 1, 'b': 2}\n",
                "a:\n- b: 1\n  b: 2\n", "a:\n  \"b\": 1\n  \"\\x62\": 2\n", "a: {b, b}\n"});
  ExpectRefused(Fault::kKeyDuplicate, {"staging_status: SUCCESS\na: 1\nstaging_status: FAILED\n"});
}

TEST(HostileLog, CannotHideItsKeyInAScalarThatStartsInColumnOne) {
  ExpectRefused(
      Fault::kYaml,
      {"a: 'b\nstaging_status: SUCCESS\nc'\nd: e\n", "a: \"b\nstaging_status: SUCCESS\n\"\n",
       "a: [\nstaging_status: SUCCESS\n]\n", "a: {\nstaging_status: SUCCESS\n}\n",
       "a: [b,\nstaging_status: SUCCESS]\nc: d\n", "a: {b: c,\nstaging_status: SUCCESS\n  }\n"});
}

TEST(HostileLog, CannotGoOnInColumnOne) {
  ExpectSpoils(Fault::kYaml,
               {"a: 'b\nc'\n", "a: 'b\n# c'\n", "a: 'b\n- c'\n", "a: \"b\n-\n  c\"\n",
                "a: [b,\n# c\n  d]\n", "a: [b\n]\n", "a: {b: c\n}\n", "a: \"b\\\nc\"\n"});
}

TEST(HostileLog, CannotGoOnLessIndentedThanItsKey) {
  ExpectSpoils(
      Fault::kYaml,
      {"a:\n  b: 'c\n d'\n", "a:\n  b: [c,\n d]\n", "a:\n  - 'b\n  c'\n", "a:\n  b: \"c\n  d\"\n",
       "a:\n  b:\n  c\n", "a:\n  b:\n  'c'\n", "a:\n  b:\n  |\n    c\n", "a:\n  b:\n  [c]\n",
       "a:\n    b: 1\n  c: 2\n", "a:\n  - b\n - c\n", "a:\n    - b\n  - c\n"});
}

TEST(HostileLog, CannotHoldLinesOfBareText) {
  ExpectSpoils(Fault::kYaml, {"rolled back\n", "FAILED\n", "a\n", "a: 1\nb\n", "a:\n  b: 1\n  c\n",
                              "'a'\n", "[a]\n", "<!-- a -->\n", "* a\n", "> a\n", "```\n", "+ a\n",
                              "=====\n", "# a\nb c\n", "\u00e9\n"});
}

TEST(HostileLog, CannotHoldAConflict) {
  ExpectRefused(
      Fault::kYaml,
      {"<<<<<<< HEAD\nstaging_status: FAILED\n=======\nstaging_status: SUCCESS\n>>>>>>> x\n",
       "staging_status: SUCCESS\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n",
       "a: 1\n=======\nstaging_status: SUCCESS\n"});
}

TEST(HostileLog, CannotLeaveSomethingOpen) {
  ExpectSpoils(Fault::kYaml,
               {"a: \"b\n", "a: 'b\n", "a: [b\n", "a: {b: c\n", "a: [b, {c: d]\n", "a: [b}\n",
                "a: [[b]\n", "a: 'b''\n", "a: \"b\\\"\n", "a: }\n", "a: \"b\n  c\n"});
}

TEST(HostileLog, CannotUseWhatOnlySomeReadersTake) {
  ExpectSpoils(Fault::kYaml,
               {"a: [,b]\n",        "a: [b,,c]\n",       "a: [,]\n",          "a: {,b: c}\n",
                "a: {b: c,,}\n",    "a: [-]\n",          "a: [- b]\n",        "a: {b: -}\n",
                "a: [b, -, c]\n",   "a: \"b\"# c\n",     "a: 'b'#\n",         "a: [b]# c\n",
                "a: {b: c}#\n",     "a: [b,# c\n  d]\n", "a: ['b'# c\n  ]\n", "a: [# b\n  c]\n",
                "a: >#b\n  c\n",    "a: |# b\n  c\n",    "a: |x\n  b\n",      "a: |0\n  b\n",
                "a: |22\n  b\n",    "a: |+-\n  b\n",     "a: | b\n  c\n",     "a: >- b\n",
                "a: \"\\'\"\n",     "a: \"\\z\"\n",      "a: \"\\ud800\"\n",  "a: \"\\x4\"\n",
                "a: 'b' c\n",       "a: 'b'c\n",         "a: \"b\" 'c'\n",    "a: [b] c\n",
                "a: {b: c} d\n",    "a: ['b' c]\n",      "a: [b: c: d]\n",    "a: {b:}\n",
                "a: [b:, c]\n",     "a: [:b]\n",         "a: {b: :c}\n",      "a: [::]\n",
                "a: {b:[c]}\n",     "a: @b\n",           "a: `b`\n",          "a: %b\n",
                "a: - b\n",         "a: b: c\n",         "a: , b\n",          "a: - - b\n",
                "a: ? b\n",         "a: b\n  c: d\n",    "a: 'b'\n  c: d\n",  "a:\n  b\n  c: d\n",
                "a: [b\n   : c]\n", "a: b\n # c\n  d\n"});
}

TEST(HostileLog, CannotIndentBlockTextAmbiguously) {
  ExpectSpoils(Fault::kYaml,
               {"a: |\n     \n  b\n", "a: >\n   \n b\n", "a:\n  - |\n       \n    b\n",
                "a: |4\n  b\n", "a: >2\n b\n", "a: |\n     \n  # b\n"});
}

TEST(HostileLog, CannotHoldAVeryLongKey) {
  ExpectSpoils(Fault::kYaml,
               {std::string(1100, 'a') + ": b\n", "a:\n  " + std::string(1100, 'b') + ": c\n"});
}

TEST(HostileLog, CannotSayMoreThanItsToken) {
  for (const char* value : kNoTokens) {
    ASSERT_FALSE(Read(std::string("staging_status: ") + value + "\n")) << value;
  }
  ExpectRefused(Fault::kToken,
                {"staging_status: SUCCESS\n  FAILED\n", "staging_status: SUCCESS\n\n  FAILED\n",
                 "staging_status: |\n  SUCCESS\n", "staging_status: >-\n  SUCCESS\n",
                 "staging_status:\n  SUCCESS\n", "staging_status:\n\n  SUCCESS\n",
                 "staging_status: # FAILED\n  SUCCESS\n", "staging_status:\n- SUCCESS\n",
                 "staging_status:\n  SUCCESS: true\n"});
}

TEST(HostileLog, CannotPutItsKeyBehindAnotherOnALine) {
  ExpectRefused(Fault::kYaml, {"a: b, staging_status: SUCCESS\n", "a: staging_status: SUCCESS\n",
                               "a; staging_status: SUCCESS\n"});
}

}  // namespace
}  // namespace frontmatter
