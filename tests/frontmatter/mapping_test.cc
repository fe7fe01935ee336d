#include <gtest/gtest.h>

#include <string>

#include "frontmatter/document.h"

namespace frontmatter {
namespace {

constexpr const char* kPolicy = R"(version: 1
protected: [HEAD, main, master, 'release/*']   # HEAD: the default branch
work_items:
  root: docs/work-items
  id: '[A-Z][A-Z0-9]*-[0-9]+'
  trailer: Refs
gates:
  staging: {file: 15-staging-log.md, key: staging_status, required: true}
  deploy:  {file: 14-deploy-log.md,  key: deploy_status,  required: false}
  review:  {file: 12-review.md,      key: review_status,  pass: APPROVED, fail: REQUEST_CHANGES, required: false}
validated_sha: inferred                    # or: required
landing: replay                            # or: exact
exempt: []
)";

ParseError ErrorIn(std::string_view text) {
  const auto mapping = ReadMapping(text);
  return mapping ? ParseError{Fault::kToken, {}, "no error", {}, {}} : mapping.error();
}

TEST(Mapping, ReadsThePolicyOfTheContract) {
  const auto policy = ReadMapping(kPolicy);
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->Find("work_items")->value.Find("id")->value.text, "[A-Z][A-Z0-9]*-[0-9]+");
  EXPECT_EQ(policy->Find("gates")->value.Find("review")->value.Find("fail")->value.text,
            "REQUEST_CHANGES");
  EXPECT_EQ(policy->Find("protected")->value.items[3].text, "release/*");
  EXPECT_EQ(policy->Find("version")->key_place, (Place{1, 1}));
}

TEST(Mapping, MayStartWithAFence) {
  const auto mapping = ReadMapping("---\r\na: 1\n");
  ASSERT_TRUE(mapping);
  EXPECT_EQ(mapping->Find("a")->key_place, (Place{2, 1}));
}

TEST(Mapping, NeedsNoLineEndAtItsEnd) {
  EXPECT_EQ(ReadMapping("a: 1\nb: 2")->Find("b")->value.text, "2");
  EXPECT_TRUE(ReadMapping("a: |\n  x"));
}

TEST(Mapping, HasOneFenceAtMost) {
  for (const char* text : {"---\n---\na: 1\n", "a: 1\n---\n", "a: 1\n---\nb: 2\n", "a: 1\n...\n",
                           "--- \na: 1\n", "# c\n---\na: 1\n", "a: 1\n ---\n", "\n---\na: 1\n"}) {
    EXPECT_EQ(ErrorIn(text).fault, Fault::kFrontmatter) << text;
  }
}

TEST(Mapping, IsNotEmpty) {
  for (const char* text : {"", "\n", "# c\n", "---\n", "---\n# c", "   "}) {
    EXPECT_EQ(ErrorIn(text).fault, Fault::kYaml) << text;
    EXPECT_EQ(ErrorIn(text).message, "the file holds no mapping") << text;
  }
}

TEST(Mapping, IsNothingElseThanABlockMapping) {
  for (const char* text : {"a\n", "- a\n", "{a: 1}\n", "[a]\n", "'a'\n", "|\n a\n",
                           "a: 1\n? b\n: c\n", "null\n", "~"}) {
    EXPECT_EQ(ErrorIn(text).fault, Fault::kYaml) << text;
  }
}

TEST(Mapping, HoldsEveryKeyOnce) {
  EXPECT_EQ(ErrorIn("a: 1\na: 2\n").fault, Fault::kKeyDuplicate);
  EXPECT_EQ(ErrorIn("a: {b: 1, b: 2}\n").fault, Fault::kKeyDuplicate);
}

TEST(Mapping, FollowsTheByteRulesFromItsFirstLine) {
  const ParseError error = ErrorIn("a: 1\nb:\t2\n");
  EXPECT_EQ(error.fault, Fault::kEncoding);
  EXPECT_EQ(error.place, (Place{2, 3}));
  EXPECT_EQ(ErrorIn("---\na: \xFF\n").place, (Place{2, 4}));
  EXPECT_EQ(ErrorIn("\xEF\xBB\xBF"
                    "a: 1\n")
                .fault,
            Fault::kEncoding);
}

TEST(Mapping, IsSixtyFourKibibytesAtMost) {
  std::string text = "a: 1\n";
  while (text.size() + 16 <= Limits::kBlockBytes) text += "#23456789012345\n";
  text.resize(Limits::kBlockBytes, '\n');
  EXPECT_TRUE(ReadMapping(text));
  EXPECT_EQ(ErrorIn(text + "\n").fault, Fault::kFrontmatter);
}

TEST(Mapping, HoldsLinesOfAtMostFourKibibytes) {
  EXPECT_TRUE(ReadMapping("a: 1\n" + std::string(Limits::kLineBytes, '#')));
  EXPECT_EQ(ErrorIn("a: 1\n" + std::string(Limits::kLineBytes + 1, '#')).place, (Place{2, 1}));
}

TEST(Mapping, SaysHowToSaveAFileWithAByteOrderMark) {
  EXPECT_NE(ErrorIn("\xEF\xBB\xBF"
                    "a: 1\n")
                .message.find("without a byte order mark"),
            std::string::npos);
}

TEST(Mapping, DoesNotSpeakOfAFrontMatter) {
  EXPECT_EQ(ErrorIn("a: 'open\n").message.find("front matter"), std::string::npos);
}

}  // namespace
}  // namespace frontmatter
