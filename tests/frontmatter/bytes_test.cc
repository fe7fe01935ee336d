#include "frontmatter/bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace frontmatter {
namespace {

using namespace std::string_literals;

struct Example {
  const char* what;
  std::string bytes;
};

void ExpectForbidden(const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    const auto error = FindForbiddenBytes("ab\nc" + example.bytes + "d\n", 2);
    ASSERT_TRUE(error) << example.what;
    EXPECT_EQ(error->fault, Fault::kEncoding) << example.what;
    EXPECT_EQ(error->place, (Place{3, 2})) << example.what;
  }
}

TEST(Bytes, OfOrdinaryTextInAnyScriptAreAllowed) {
  EXPECT_FALSE(FindForbiddenBytes("a: caf\u00e9 \u4f60\u597d \u05d0 \U0001F600\r\nb: ~!\n", 1));
}

TEST(Bytes, AtTheEdgesOfUtf8AreAllowed) {
  EXPECT_FALSE(FindForbiddenBytes("\u00a0\u07ff\u0800\ud7ff\ue000\ufffd\U00010000\U0010fffd", 1));
}

TEST(Bytes, ThatAreNoUtf8AreForbidden) {
  ExpectForbidden({{"a lone continuation", "\x80"},
                   {"two continuations", "\x8F\xBF"},
                   {"four bytes led by F8", "\xF8\x90\x80\x80"},
                   {"an overlong slash", "\xC0\xAF"},
                   {"an overlong of two bytes", "\xC1\xBF"},
                   {"an overlong of three bytes", "\xE0\x9F\xBF"},
                   {"an overlong of four bytes", "\xF0\x8F\xBF\xBF"},
                   {"a surrogate", "\xED\xA0\x80"},
                   {"the last surrogate", "\xED\xBF\xBF"},
                   {"above 10FFFF", "\xF4\x90\x80\x80"},
                   {"a lead of five bytes", "\xF8\x88\x80\x80\x80"},
                   {"FE", "\xFE"},
                   {"FF", "\xFF"},
                   {"a sequence that ends early", "\xE2\x80"},
                   {"Latin-1", "\xE9"}});
}

TEST(Bytes, OfTheCommonSlipsAreCalledByTheirName) {
  EXPECT_EQ(FindForbiddenBytes("\t", 1)->message, "tabs are not allowed, use blanks");
  EXPECT_EQ(FindForbiddenBytes("\r", 1)->message, "a carriage return stands without its line feed");
}

TEST(Bytes, CutOffAtTheEndOfTheTextAreForbidden) {
  EXPECT_TRUE(FindForbiddenBytes("a\xE2\x80", 1));
}

TEST(Bytes, OfControlCharactersAreForbidden) {
  for (int code = 0; code < 0x20; ++code) {
    if (code == '\n') continue;
    ExpectForbidden({{"C0", std::string(1, static_cast<char>(code))}});
  }
  ExpectForbidden({{"DEL", "\x7F"}, {"first of C1", "\xC2\x80"}, {"last of C1", "\xC2\x9F"}});
}

TEST(Bytes, OfTabsAreForbidden) { ExpectForbidden({{"tab", "\t"}}); }

TEST(Bytes, OfALoneCarriageReturnAreForbidden) {
  ExpectForbidden({{"lone CR", "\r"}, {"CR before CRLF", "\r\r\n"}});
  EXPECT_TRUE(FindForbiddenBytes("a\r", 1));
  EXPECT_FALSE(FindForbiddenBytes("a\r\n", 1));
}

TEST(Bytes, OfUnicodeLineBreaksAreForbidden) {
  ExpectForbidden({{"NEL", "\xC2\x85"}, {"LS", "\u2028"}, {"PS", "\u2029"}});
}

TEST(Bytes, OfBidirectionalControlsAreForbidden) {
  ExpectForbidden({{"ALM", "\u061c"},
                   {"LRM", "\u200e"},
                   {"RLM", "\u200f"},
                   {"LRE", "\u202a"},
                   {"RLE", "\u202b"},
                   {"PDF", "\u202c"},
                   {"LRO", "\u202d"},
                   {"RLO", "\u202e"},
                   {"LRI", "\u2066"},
                   {"RLI", "\u2067"},
                   {"FSI", "\u2068"},
                   {"PDI", "\u2069"}});
}

TEST(Bytes, OfNeighboursOfBidirectionalControlsAreAllowed) {
  EXPECT_FALSE(FindForbiddenBytes("\u061b\u200d\u2010\u2027\u202f\u2065\u206a", 1));
}

TEST(Bytes, OfAByteOrderMarkAreForbidden) { ExpectForbidden({{"BOM", "\uFEFF"}}); }

TEST(Bytes, OfNoncharactersAreForbidden) {
  ExpectForbidden({{"FDD0", "\uFDD0"},
                   {"FDEF", "\uFDEF"},
                   {"FFFE", "\uFFFE"},
                   {"FFFF", "\uFFFF"},
                   {"1FFFE", "\U0001FFFE"},
                   {"10FFFF", "\U0010FFFF"}});
}

TEST(Bytes, ThatAreForbiddenAreHandedBackRaw) {
  EXPECT_EQ(FindForbiddenBytes("a\u202e", 1)->found, "\u202e");
  EXPECT_EQ(FindForbiddenBytes("a\xFF", 1)->found, "\xFF");
}

TEST(Bytes, AreCountedInColumnsWithoutTheLineEnds) {
  EXPECT_EQ(FindForbiddenBytes("a\r\n\u00e9\u00e9\t", 2)->place, (Place{3, 5}));
}

TEST(ForeignFormat, IsNamedByItsFirstBytes) {
  EXPECT_TRUE(FindForeignFormat("\xEF\xBB\xBF---\n"));
  EXPECT_TRUE(FindForeignFormat("\xFF\xFE-\0-\0"s));
  EXPECT_TRUE(FindForeignFormat("\xFE\xFF\0-\0-"s));
  EXPECT_TRUE(FindForeignFormat("\xFF\xFE\0\0-\0\0\0"s));
  EXPECT_TRUE(FindForeignFormat("\0\0\xFE\xFF\0\0\0-"s));
  EXPECT_TRUE(FindForeignFormat("-\0-\0-\0"s));
  EXPECT_TRUE(FindForeignFormat("\0-\0-\0-"s));
  EXPECT_TRUE(FindForeignFormat("\0\0\0-\0\0\0-"s));
  EXPECT_TRUE(FindForeignFormat("\x1F\x8B\x08"));
  EXPECT_FALSE(FindForeignFormat("---\n"));
  EXPECT_FALSE(FindForeignFormat(""));
}

TEST(ForeignFormat, SaysHowToSaveTheFile) {
  EXPECT_NE(FindForeignFormat("\xEF\xBB\xBF---\n")
                ->message.find("save it as UTF-8 without a byte order mark"),
            std::string::npos);
}

}  // namespace
}  // namespace frontmatter
