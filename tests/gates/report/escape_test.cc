#include "gates/report/escape.h"

#include <gtest/gtest.h>

#include <string>

namespace gates {
namespace {

using namespace std::string_literals;

TEST(Escape, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(Escape(""), "");
  EXPECT_EQ(Escape("docs/work-items/ORCH-061/15-staging-log.md"),
            "docs/work-items/ORCH-061/15-staging-log.md");
  EXPECT_EQ(Escape("a b~!\"'`$%&<>[]{}|"), "a b~!\"'`$%&<>[]{}|");
}

TEST(Escape, LeavesLettersOfEveryScriptAlone) {
  EXPECT_EQ(Escape("caf\u00e9 \u65e5\u672c \u0440\u0443\u0441 \U0001F600"),
            "caf\u00e9 \u65e5\u672c \u0440\u0443\u0441 \U0001F600");
}

TEST(Escape, WritesControlCharactersAsBytes) {
  EXPECT_EQ(Escape("\x1b[31mred\a\b\t\r\n\x7f"), R"(\x1b[31mred\x07\x08\x09\x0d\x0a\x7f)");
  EXPECT_EQ(Escape("a\0b"s), R"(a\x00b)");
}

TEST(Escape, DoublesBackslashesSoThatNothingLooksEscapedThatIsNot) {
  EXPECT_EQ(Escape(R"(\x1b)"), R"(\\x1b)");
  EXPECT_EQ(Escape("\\"), R"(\\)");
}

TEST(Escape, WritesC1ControlsAsCodePoints) {
  EXPECT_EQ(Escape("\u0080\u0085\u009b31m\u009f"), R"(\u{0080}\u{0085}\u{009B}31m\u{009F})");
}

TEST(Escape, WritesLineAndParagraphSeparatorsAsCodePoints) {
  EXPECT_EQ(Escape("a\u2028b\u2029c"), R"(a\u{2028}b\u{2029}c)");
}

TEST(Escape, WritesBidiControlsAsCodePoints) {
  EXPECT_EQ(Escape("\u202a\u202b\u202c\u202d\u202e"),
            R"(\u{202A}\u{202B}\u{202C}\u{202D}\u{202E})");
  EXPECT_EQ(Escape("\u2066\u2067\u2068\u2069"), R"(\u{2066}\u{2067}\u{2068}\u{2069})");
  EXPECT_EQ(Escape("\u200e\u200f\u061c"), R"(\u{200E}\u{200F}\u{061C})");
}

TEST(Escape, WritesWhatCannotBeSeenAsCodePoints) {
  EXPECT_EQ(Escape("a\u200b\u200c\u200d\u2060\ufeff\u00ad"),
            R"(a\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{00AD})");
  EXPECT_EQ(Escape("\u3164\uffa0\ufe0f\U000E0041\U000E0100"),
            R"(\u{3164}\u{FFA0}\u{FE0F}\u{E0041}\u{E0100})");
}

TEST(Escape, WritesBlanksOtherThanTheOrdinaryOneAsCodePoints) {
  EXPECT_EQ(Escape("a\u00a0b\u2003c\u202fd\u3000e"), R"(a\u{00A0}b\u{2003}c\u{202F}d\u{3000}e)");
}

TEST(Escape, WritesPrivateCharactersAndNoncharactersAsCodePoints) {
  EXPECT_EQ(Escape("\ue000\ufdd0\ufffe\U0001FFFF\U0010FFFF"),
            R"(\u{E000}\u{FDD0}\u{FFFE}\u{1FFFF}\u{10FFFF})");
}

TEST(Escape, WritesInvalidUtf8ByteByByte) {
  EXPECT_EQ(Escape("\xff\xfe"), R"(\xff\xfe)");
  EXPECT_EQ(Escape("a\x80z"), R"(a\x80z)");
  EXPECT_EQ(Escape("\xc3"), R"(\xc3)") << "cut off at the end";
  EXPECT_EQ(Escape("\xe2\x82z"), R"(\xe2\x82z)") << "cut off in the middle";
  EXPECT_EQ(Escape("\xc0\xaf"), R"(\xc0\xaf)") << "overlong";
  EXPECT_EQ(Escape("\xe0\x9f\xbf"), R"(\xe0\x9f\xbf)") << "overlong";
  EXPECT_EQ(Escape("\xf0\x8f\xbf\xbf"), R"(\xf0\x8f\xbf\xbf)") << "overlong";
  EXPECT_EQ(Escape("\xed\xa0\x80"), R"(\xed\xa0\x80)") << "the first surrogate";
  EXPECT_EQ(Escape("\xed\xbf\xbf"), R"(\xed\xbf\xbf)") << "the last surrogate";
  EXPECT_EQ(Escape("\xf4\x90\x80\x80"), R"(\xf4\x90\x80\x80)") << "above U+10FFFF";
  EXPECT_EQ(Escape("\xf5\x80\x80\x80"), R"(\xf5\x80\x80\x80)");
}

TEST(Escape, GoesOnReadingRightAfterAStrayByte) {
  EXPECT_EQ(Escape("\xc3\x1b"), R"(\xc3\x1b)");
  EXPECT_EQ(Escape("\xe2\xc3\xa9"), "\\xe2\u00e9");
}

TEST(Escape, LeavesNoCommandThatACiSystemWouldObey) {
  EXPECT_EQ(Escape("::error::x"), R"(\x3a:error::x)");
  EXPECT_EQ(Escape("found ::error file=a::x"), R"(found \x3a:error file=a::x)");
  EXPECT_EQ(Escape("a\n::error::x"), R"(a\x0a::error::x)");
  EXPECT_EQ(Escape("##[error]x ##vso[task.complete]"), R"(\x23#[error]x \x23#vso[task.complete])");
  EXPECT_EQ(Escape("###"), R"(\x23\x23#)");
}

TEST(Escape, LeavesSingleColonsAndHashesAndInnerColonsAlone) {
  EXPECT_EQ(Escape("a:b std::string # c"), "a:b std::string # c");
}

TEST(Escape, KeepsDifferentBytesDifferent) {
  EXPECT_NE(Escape("\x85"), Escape("\u0085"));
  EXPECT_NE(Escape("\\x85"), Escape("\x85"));
  EXPECT_NE(Escape("\\u{0085}"), Escape("\u0085"));
}

TEST(EscapeShort, LeavesWhatFitsAlone) {
  EXPECT_EQ(EscapeShort("abcdef", 6), "abcdef");
  EXPECT_EQ(EscapeShort("", 0), "");
}

TEST(EscapeShort, PutsDotsInPlaceOfTheRest) {
  EXPECT_EQ(EscapeShort("abcdefg", 6), "abc...");
  EXPECT_EQ(EscapeShort(std::string(100'000, 'x'), 10), "xxxxxxx...");
}

TEST(EscapeShort, NeverSplitsAnEscapeOrACharacter) {
  EXPECT_EQ(EscapeShort("ab\x1bxyz", 7), "ab...");
  EXPECT_EQ(EscapeShort("a\u00e9\u00e9\u00e9", 6), "a\u00e9...");
  EXPECT_EQ(EscapeShort("\u2028\u2028", 10), "...");
}

TEST(EscapeShort, CountsTheEscapedBytesNotTheRawOnes) {
  const std::string escapes(1000, '\x1b');
  for (size_t limit = 0; limit < 40; ++limit) EXPECT_LE(EscapeShort(escapes, limit).size(), limit);
}

TEST(EscapeMarkdown, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(EscapeMarkdown("C9a: login works (2 of 3), at 10:30 - caf\u00e9!", 100),
            "C9a: login works (2 of 3), at 10:30 - caf\u00e9!");
}

TEST(EscapeMarkdown, PutsABackslashBeforeEverythingThatIsMarkupInALine) {
  EXPECT_EQ(EscapeMarkdown("a|b *c* _d_ `e` [f](g) <h> ~i~ &amp; #1 $x$", 100),
            R"(a\|b \*c\* \_d\_ \`e\` \[f\](g) \<h\> \~i\~ \&amp; \#1 \$x\$)");
}

TEST(EscapeMarkdown, EscapesWhatCannotBeSeenFirst) {
  EXPECT_EQ(EscapeMarkdown("a\nb\\|\x1b::", 100), R"(a\\x0ab\\\\\|\\x1b::)");
}

TEST(EscapeMarkdown, IsCutBeforeItsOwnBackslashesAreCounted) {
  EXPECT_EQ(EscapeMarkdown("|||||||", 6), R"(\|\|\|...)");
}

}  // namespace
}  // namespace gates
