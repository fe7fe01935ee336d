#include "frontmatter/document.h"

#include <gtest/gtest.h>

#include <string>

namespace frontmatter {
namespace {

std::string Log(const std::string& block) { return "---\n" + block + "---\n"; }

Document Read(const std::string& block) {
  auto document = ReadFrontmatter(Log(block));
  EXPECT_TRUE(document) << document.error().message;
  return document ? *document : Document{};
}

ParseError ErrorIn(const std::string& block) {
  const auto document = ReadFrontmatter(Log(block));
  return document ? ParseError{Fault::kToken, {}, "no error", {}, {}} : document.error();
}

std::string Repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Document, KeepsTheBlockAsItStands) { EXPECT_EQ(Read("a: 1\r\n# c\n").block, "a: 1\r\n# c\n"); }

TEST(Document, GivesALineByItsNumberInTheFile) {
  const Document document = Read("a: 1\r\n\nb: 2\n");
  EXPECT_EQ(document.Line(2), "a: 1");
  EXPECT_EQ(document.Line(3), "");
  EXPECT_EQ(document.Line(4), "b: 2");
}

TEST(Document, HasNoLineOutsideTheBlock) {
  const Document document = Read("a: 1\n");
  EXPECT_EQ(document.Line(0), "");
  EXPECT_EQ(document.Line(1), "");
  EXPECT_EQ(document.Line(3), "");
}

TEST(Document, HoldsItsFieldsInFileOrder) {
  const Document document = Read("b: 1\na: 2\n");
  ASSERT_EQ(document.fields.fields.size(), 2U);
  EXPECT_EQ(document.fields.kind, Node::Kind::kMapping);
  EXPECT_EQ(document.fields.fields[0].key, "b");
  EXPECT_EQ(document.fields.fields[1].key, "a");
}

TEST(Document, CountsPlacesFromTheStartOfTheFile) {
  const Document document = Read("\r\n# c\r\na:  1\n");
  const Field* field = document.fields.Find("a");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->key_place, (Place{4, 1}));
  EXPECT_EQ(field->value.place, (Place{4, 5}));
}

TEST(Document, CountsColumnsInBytes) {
  EXPECT_EQ(Read("a: [\u00e9, b]\n").fields.Find("a")->value.items[1].place, (Place{2, 9}));
}

TEST(Document, KeepsScalarsAsText) {
  const Document document = Read("a: 010\nb: yes\nc: 2024-01-02T03:04:05Z\nd: 1.0 # c\n");
  EXPECT_EQ(document.fields.Find("a")->value.text, "010");
  EXPECT_EQ(document.fields.Find("b")->value.text, "yes");
  EXPECT_EQ(document.fields.Find("c")->value.text, "2024-01-02T03:04:05Z");
  EXPECT_EQ(document.fields.Find("d")->value.text, "1.0");
}

TEST(Document, TellsPlainTextFromQuotedText) {
  const Document document = Read("a: x\nb: 'x'\nc: \"x\"\nd: |-\n  x\ne: >-\n  x\n");
  EXPECT_EQ(document.fields.Find("a")->value.style, Node::Style::kPlain);
  for (const char* key : {"b", "c", "d", "e"}) {
    EXPECT_EQ(document.fields.Find(key)->value.style, Node::Style::kQuoted) << key;
    EXPECT_EQ(document.fields.Find(key)->value.text, "x") << key;
  }
}

TEST(Document, ReadsAnEmptyValueAsNull) {
  for (const char* block : {"a:\n", "a: ~\n", "a: null\n", "a: # c\n", "a:\nb: 1\n"}) {
    EXPECT_EQ(Read(block).fields.Find("a")->value.kind, Node::Kind::kNull) << block;
  }
}

TEST(Document, PlacesAnEmptyValueAtWhatItBelongsTo) {
  const Document document = Read("a:\nb: ~\nc:\n- ~\n-\n");
  EXPECT_EQ(document.fields.Find("a")->value.place, (Place{2, 1}));
  EXPECT_EQ(document.fields.Find("b")->value.place, (Place{3, 4}));
  EXPECT_EQ(document.fields.Find("c")->value.items[0].place, (Place{5, 3}));
  EXPECT_EQ(document.fields.Find("c")->value.items[1].place, (Place{5, 1}));
}

TEST(Document, ReadsAnEmptyQuotedValueAsText) {
  EXPECT_EQ(Read("a: ''\n").fields.Find("a")->value.kind, Node::Kind::kScalar);
}

TEST(Document, ReadsListsAndMappingsInsideEachOther) {
  const Document document = Read("a:\n- b: 1\n  c: [x, {y: z}]\n- - d\n");
  const Node& list = document.fields.Find("a")->value;
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_EQ(list.items[0].Find("c")->value.items[1].Find("y")->value.text, "z");
  EXPECT_EQ(list.items[1].items[0].text, "d");
}

TEST(Document, ShowsNoTraceOfTheLineThatTheReaderAdds) {
  const Document document = Read("a: 1\n");
  EXPECT_EQ(document.fields.fields.size(), 1U);
  EXPECT_EQ(document.block.find("=end"), std::string::npos);
}

TEST(Document, LeavesTheBodyAlone) {
  EXPECT_TRUE(ReadFrontmatter("---\na: 1\n---\n\xFF\t\r\x01---\n...\n\xE2\x80\xAE"));
}

TEST(Document, IsRefusedWhenItsFrontMatterIsEmpty) {
  for (const char* block : {"", "\n", "# only a comment\n", "   \n  # c\r\n"}) {
    EXPECT_EQ(ErrorIn(block).fault, Fault::kFrontmatter) << block;
    EXPECT_EQ(ErrorIn(block).message, "the front matter is empty") << block;
  }
}

TEST(Document, IsRefusedForForbiddenBytesBeforeItsYamlIsRead) {
  const ParseError error = ErrorIn("a: [\nb: x\ty\n");
  EXPECT_EQ(error.fault, Fault::kEncoding);
  EXPECT_EQ(error.place, (Place{3, 5}));
}

TEST(Document, NestsSixteenLevelsAndNoMore) {
  EXPECT_NE(ErrorIn("a: " + Repeated("[", 15) + Repeated("]", 15) + "\n").fault,
            Fault::kFrontmatter);
  const ParseError error = ErrorIn("a: " + Repeated("[", 16) + Repeated("]", 16) + "\n");
  EXPECT_EQ(error.fault, Fault::kFrontmatter);
  EXPECT_EQ(error.place, (Place{2, 19}));
}

TEST(Document, HoldsTwentyThousandValuesAndNoMore) {
  const std::string line = "- [" + Repeated("a,", 999) + "a]\n";
  EXPECT_EQ(ErrorIn("k:\n" + Repeated(line, 19)).message, "no error");
  const ParseError error = ErrorIn("k:\n" + Repeated(line, 20));
  EXPECT_EQ(error.fault, Fault::kFrontmatter);
}

TEST(Document, ReportsAKeyThatStandsTwiceWhereItStandsAgain) {
  const ParseError error = ErrorIn("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n");
  EXPECT_EQ(error.fault, Fault::kKeyDuplicate);
  EXPECT_EQ(error.place, (Place{6, 3}));
  EXPECT_EQ(error.found, "c");
}

TEST(Document, ReportsAnUncleanEndAtItsLastEntry) {
  const ParseError error = ErrorIn("a: 1\nb: \"open\n  x\n");
  EXPECT_EQ(error.fault, Fault::kYaml);
  EXPECT_EQ(error.message, "the front matter does not end cleanly: look at the last entry");
  EXPECT_EQ(error.place, (Place{3, 1}));
}

TEST(Document, QuotesNoBytesOfTheTextInItsMessages) {
  for (const char* block :
       {"a: \"\\z\"\n", "a: *zzz\n", "zzz\na: 1\n", "a: 1\nzzz\n", "a: [zzz\n"}) {
    EXPECT_EQ(ErrorIn(block).message.find('z'), std::string::npos) << block;
  }
}

}  // namespace
}  // namespace frontmatter
