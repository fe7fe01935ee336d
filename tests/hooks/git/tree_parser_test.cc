#include "hooks/git/tree_parser.h"

#include <gtest/gtest.h>

#include "tests/support/git_fixture.h"

namespace git {
namespace {

using test::RawEntry;

const gates::ObjectId kId{{1, 2, 3}};

tl::expected<gates::Tree, std::string> Parse(const std::string& bytes) {
  return ParseTree(std::vector<char>(bytes.begin(), bytes.end()));
}

std::string WhyNot(const std::string& bytes) {
  const auto tree = Parse(bytes);
  return tree ? "" : tree.error();
}

std::string File(const std::string& name) { return RawEntry("100644", name, kId); }
std::string Folder(const std::string& name) { return RawEntry("40000", name, kId); }

TEST(TreeParser, ReadsModeNameAndIdOfEveryEntry) {
  const auto tree = Parse(File("a") + Folder("b") + RawEntry("120000", "c", kId) +
                          RawEntry("160000", "d", kId) + RawEntry("100755", "e", kId));
  ASSERT_TRUE(tree) << tree.error();
  ASSERT_EQ(tree->entries().size(), 5u);
  EXPECT_EQ(tree->entries()[0].name, "a");
  EXPECT_EQ(tree->entries()[0].mode, gates::Mode::kRegular);
  EXPECT_EQ(tree->entries()[0].id, kId);
  EXPECT_TRUE(tree->Find("b")->is_tree());
  EXPECT_EQ(tree->Find("c")->mode, gates::Mode::kSymlink);
  EXPECT_EQ(tree->Find("d")->mode, gates::Mode::kGitlink);
  EXPECT_EQ(tree->Find("e")->mode, gates::Mode::kExecutable);
}

TEST(TreeParser, ReadsAnEmptyTree) { EXPECT_TRUE(Parse("")->entries().empty()); }

TEST(TreeParser, AcceptsTheFileModesOfOldGits) {
  EXPECT_EQ(Parse(RawEntry("100664", "a", kId))->entries()[0].mode, 0100664u);
}

TEST(TreeParser, AcceptsGitsOrderOfFoldersAndFiles) {
  EXPECT_EQ(WhyNot(File("a") + File("a.b") + Folder("a.c") + File("a0") + Folder("b")), "");
  EXPECT_EQ(WhyNot(File("a-") + File("a.b") + Folder("a") + File("a0")), "");
}

TEST(TreeParser, RefusesANameThatStandsTwice) {
  EXPECT_EQ(WhyNot(File("a") + File("a")), "the name 'a' stands twice");
  EXPECT_EQ(WhyNot(Folder("a") + Folder("a")), "the name 'a' stands twice");
  EXPECT_EQ(WhyNot(File("a") + RawEntry("100755", "a", kId)), "the name 'a' stands twice");
}

TEST(TreeParser, RefusesAFileAndAFolderOfOneNameThatAreNeighbours) {
  EXPECT_EQ(WhyNot(File("a") + Folder("a")), "the name 'a' stands twice");
  EXPECT_EQ(WhyNot(RawEntry("160000", "a", kId) + Folder("a")), "the name 'a' stands twice");
}

TEST(TreeParser, RefusesAFileAndAFolderOfOneNameThatStandApart) {
  EXPECT_EQ(WhyNot(File("a") + File("a.b") + Folder("a")), "the name 'a' stands twice");
  EXPECT_EQ(WhyNot(File("a") + Folder("a-") + File("a.b") + File("a.b.c") + Folder("a.b")),
            "the name 'a.b' stands twice");
  EXPECT_EQ(WhyNot(File("a") + File("a.b") + File("a.b.c") + Folder("a.b.d") + Folder("a")),
            "the name 'a' stands twice");
}

TEST(TreeParser, RefusesAnUnsortedTree) {
  EXPECT_EQ(WhyNot(File("b") + File("a")), "'a' stands after 'b', against git's order");
  EXPECT_EQ(WhyNot(Folder("a") + File("a.b")), "'a.b' stands after 'a', against git's order");
  EXPECT_NE(WhyNot(Folder("a") + File("a")), "");
}

TEST(TreeParser, RefusesModesThatGitDoesNotWrite) {
  EXPECT_EQ(WhyNot(RawEntry("040000", "a", kId)), "a mode has a leading zero");
  EXPECT_EQ(WhyNot(RawEntry("0100644", "a", kId)), "a mode has no sane length");
  EXPECT_EQ(WhyNot(RawEntry("", "a", kId)), "a mode has no sane length");
  EXPECT_EQ(WhyNot(RawEntry("100648", "a", kId)), "a mode is not octal");
  EXPECT_EQ(WhyNot(RawEntry("-10064", "a", kId)), "a mode is not octal");
  for (const char* mode : {"40755", "140000", "644", "777777", "120777", "160001"})
    EXPECT_EQ(WhyNot(RawEntry(mode, "a", kId)), std::string("git writes no mode ") + mode);
}

TEST(TreeParser, RefusesNamesThatAreNoPathComponent) {
  EXPECT_EQ(WhyNot(File("")), "an entry has no name");
  EXPECT_EQ(WhyNot(File(".")), "an entry is called '.'");
  EXPECT_EQ(WhyNot(Folder("..")), "an entry is called '..'");
  EXPECT_EQ(WhyNot(File("a/b")), "the name 'a/b' has a slash");
  EXPECT_EQ(WhyNot(File("/")), "the name '/' has a slash");
}

TEST(TreeParser, RefusesATreeThatIsCutOffAnywhere) {
  const std::string whole = File("a") + Folder("folder");
  const size_t first = File("a").size();
  for (size_t size = 1; size < whole.size(); ++size)
    EXPECT_EQ(WhyNot(whole.substr(0, size)).empty(), size == first) << size;
  EXPECT_EQ(WhyNot(whole + "x"), "it is cut off in a mode");
}

// The shape that makes a search backwards quadratic: every name a prefix of the next.
TEST(TreeParser, TakesLinearTimeForNamesThatArePrefixesOfEachOther) {
  std::string bytes, name = "a";
  for (int i = 0; i < 2'000; ++i) bytes += File(name += ".");
  EXPECT_EQ(WhyNot(bytes), "");
  EXPECT_EQ(WhyNot(bytes + Folder("a.")), "the name 'a.' stands twice");
}

}  // namespace
}  // namespace git
