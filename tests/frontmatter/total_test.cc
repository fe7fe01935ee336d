// Any bytes give a value or an error, soon: no exception, no crash, no endless loop.

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "frontmatter/status.h"

namespace frontmatter {
namespace {

std::string Repeated(const std::string& piece, size_t bytes) {
  std::string text;
  while (text.size() + piece.size() <= bytes) text += piece;
  return text;
}

// `piece` over and over, on one line after `start` or on lines as long as allowed.
std::string ManyLines(const std::string& start, const std::string& piece) {
  std::string text = start;
  while (text.size() < 60'000) text += Repeated(piece, 4000) + "\n ";
  return "---\n" + text + "\nstaging_status: SUCCESS\n---\n";
}

TEST(Reader, SurvivesDeepNestingOfEveryKind) {
  for (const std::string piece : {"[", "{", "- ", "? ", ": ", "[a: ", "{a: ", "{? ", "!a ", "&a ",
                                  "! ", "- - ", "a: ", "'", "\"", "|"}) {
    for (const std::string start : {"", "a: [", "a:\n- "}) {
      EXPECT_FALSE(ReadFrontmatter(ManyLines(start, piece))) << start << piece;
    }
  }
}

TEST(Reader, RefusesTwoHundredThousandBracketsOnOneLine) {
  for (const std::string piece : {"[", "{", "- ", "? "}) {
    const std::string text = Repeated(piece, 200'000);
    EXPECT_EQ(ReadFrontmatter("---\na: " + text + "\n---\n").error().fault, Fault::kFrontmatter);
    EXPECT_EQ(ReadMapping("a: " + text + "\n").error().fault, Fault::kFrontmatter);
  }
}

TEST(Reader, RefusesBlocksNestedByIndentation) {
  std::string block;
  for (int depth = 0; depth < 300; ++depth)
    block += std::string(static_cast<size_t>(depth), ' ') + "k:\n";
  EXPECT_EQ(ReadFrontmatter("---\n" + block + "---\n").error().fault, Fault::kFrontmatter);
}

TEST(Reader, ReadsManyKeysInShortTime) {
  std::string block;
  for (int i = 0; i < 9000; ++i) block += "k" + std::to_string(i) + ":\n";
  block.resize(block.rfind('\n', Limits::kBlockBytes - 1) + 1);
  EXPECT_TRUE(ReadFrontmatter("---\n" + block + "---\n"));
}

TEST(Reader, EndsOnDocumentsThatTheLibraryNeverLeaves) {
  for (const char* block : {",foo\n", ",\n", "]\n", "}\n", "a: 1\n,foo\n", "a: ,\n", "%\n",
                            "%TAG ! x\n", "a: 1\n%TAG\n", "a: !\n"}) {
    EXPECT_FALSE(ReadFrontmatter(std::string("---\n") + block + "---\n")) << block;
    EXPECT_FALSE(ReadMapping(block)) << block;
  }
}

TEST(Reader, TakesAnyBytes) {
  std::mt19937 random(7);
  const std::string alphabet = "ab:- \n\r'\"[]{},#|>?!&*%@`\\\t~=<0\xC3\xA9\xFF";
  for (int round = 0; round < 3000; ++round) {
    std::string text = "---\n";
    for (auto i = random() % 60; i > 0; --i) text += alphabet[random() % alphabet.size()];
    text += "\n---\n";
    if (const auto document = ReadFrontmatter(text)) {
      const auto status = ReadStatus(*document, {"a", "b", "0"});
      EXPECT_TRUE(!status || text.find("\na: ") != std::string::npos) << text;
    }
    EXPECT_NO_THROW(ReadMapping(text));
  }
}

}  // namespace
}  // namespace frontmatter
