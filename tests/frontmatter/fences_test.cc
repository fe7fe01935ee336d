#include "frontmatter/fences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "frontmatter/document.h"

namespace frontmatter {
namespace {

ParseError ErrorIn(std::string_view text) {
  const auto block = BlockBetweenFences(text);
  return block ? ParseError{Fault::kToken, {}, "no error", {}, {}} : block.error();
}

TEST(Fences, HoldTheBlockWithItsLineEnds) {
  EXPECT_EQ(BlockBetweenFences("---\na: 1\r\nb: 2\n---\nbody"), "a: 1\r\nb: 2\n");
}

TEST(Fences, MayEndTheirLinesWithCrLf) {
  EXPECT_EQ(BlockBetweenFences("---\r\na: 1\r\n---\r\n"), "a: 1\r\n");
}

TEST(Fences, MayEndTheFile) { EXPECT_EQ(BlockBetweenFences("---\na: 1\n---"), "a: 1\n"); }

TEST(Fences, CloseAtTheFirstLineThatIsOne) {
  EXPECT_EQ(BlockBetweenFences("---\na: 1\n---\nb: 2\n---\n"), "a: 1\n");
}

TEST(Fences, MayHoldNothing) { EXPECT_EQ(BlockBetweenFences("---\n---\n"), ""); }

TEST(Fences, AreNotSoughtInTheBody) {
  EXPECT_EQ(BlockBetweenFences("---\na: 1\n---\n--- \n...\n" + std::string(9000, 'x')), "a: 1\n");
}

TEST(Fences, MustOpenAtTheFirstByte) {
  for (const char* text :
       {"", "\n---\na: 1\n---\n", " ---\na: 1\n---\n", "# c\n---\na: 1\n---\n", "--- \na: 1\n---\n",
        "---\t\na: 1\n---\n", "----\na: 1\n---\n", "---json\n{}\n---\n", "--- # c\na: 1\n---\n",
        "+++\na: 1\n+++\n", "---\ra: 1\r---\r", "...\na: 1\n---\n", "--\na: 1\n---\n"}) {
    EXPECT_EQ(ErrorIn(text).fault, Fault::kFrontmatter) << text;
  }
}

TEST(Fences, MustClose) {
  for (const char* text : {"---", "---\n", "---\r", "---\na: 1", "---\na: 1\n", "---\na: 1\n--\n",
                           "---\na: 1\n\xE2\x80\x94\n"}) {
    EXPECT_EQ(ErrorIn(text).fault, Fault::kFrontmatter) << text;
  }
}

TEST(Fences, ThatOnlySomeReadersSeeAreAmbiguous) {
  for (const std::string line :
       {"--- ", "---\t", " ---", "  ---  ", "\t---", "----", "---x", "--- x", "...", "... ", " ...",
        "....", "...x", "\v---", "---\f", "--- # c", "---\r\r"}) {
    const ParseError error = ErrorIn("---\na: 1\n" + line + "\nb: 2\n---\n");
    EXPECT_EQ(error.fault, Fault::kFrontmatter) << line;
    EXPECT_EQ(error.place, (Place{3, 1})) << line;
  }
}

TEST(Fences, ThatEndTheFileInALoneCarriageReturnAreAmbiguous) {
  EXPECT_EQ(ErrorIn("---\na: 1\n---\r").place, (Place{3, 1}));
}

TEST(Fences, AreNotMistakenForDashesInsideALine) {
  EXPECT_TRUE(BlockBetweenFences("---\na: --- b\n- --\n-- -\n..\n # ---\n---\n"));
}

TEST(Fences, MayStandSixtyFourKibibytesApartAndNoMore) {
  std::string block;
  while (block.size() < Limits::kBlockBytes) block += "#23456789012345\n";
  ASSERT_EQ(block.size(), Limits::kBlockBytes);
  EXPECT_TRUE(BlockBetweenFences("---\n" + block + "---\n"));
  EXPECT_TRUE(BlockBetweenFences("---\r\n" + block + "---"));
  block.insert(0, "#");
  EXPECT_EQ(ErrorIn("---\n" + block + "---\n").fault, Fault::kFrontmatter);
  EXPECT_NE(ErrorIn("---\n" + block + "---\n").message.find("64 KiB"), std::string::npos);
}

TEST(Fences, HoldLinesOfAtMostFourKibibytes) {
  const std::string line(Limits::kLineBytes, '#');
  EXPECT_TRUE(BlockBetweenFences("---\n" + line + "\n---\n"));
  EXPECT_TRUE(BlockBetweenFences("---\n" + line + "\r\n---\n"));
  EXPECT_EQ(ErrorIn("---\na: 1\n" + line + "#\n---\n").place, (Place{3, 1}));
}

TEST(Fences, GiveALargeFileNoTime) {
  EXPECT_EQ(ErrorIn("---\n" + std::string(16 << 20, '\n')).fault, Fault::kFrontmatter);
}

TEST(Fences, NameAGitLfsPointer) {
  EXPECT_EQ(ErrorIn("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n").message,
            "this is a Git LFS pointer: verdict logs must not be stored in LFS");
}

TEST(Fences, NameAByteOrderMarkAsAnEncodingFault) {
  EXPECT_EQ(ErrorIn("\xEF\xBB\xBF---\na: 1\n---\n").fault, Fault::kEncoding);
}

TEST(Fences, QuoteTheLineThatIsNoneInShort) {
  EXPECT_EQ(ErrorIn(std::string(500, 'x')).found, std::string(80, 'x'));
}

TEST(EmptyBlock, HoldsBlanksAndCommentsOnly) {
  EXPECT_TRUE(IsEmptyBlock(""));
  EXPECT_TRUE(IsEmptyBlock("\n  \r\n# c\n   # d\n"));
  EXPECT_FALSE(IsEmptyBlock("\na: 1\n"));
}

}  // namespace
}  // namespace frontmatter
