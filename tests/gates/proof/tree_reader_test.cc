#include "gates/proof/tree_reader.h"

#include <gtest/gtest.h>

#include "tests/support/fake_world.h"

namespace gates {
namespace {

using test::FakeWorld;
using test::File;
using test::Files;

struct TreeReaderTest : testing::Test {
  Root Holding(const Files& files) { return {world.Tree(files), {}}; }
  Found Find(const Files& files, std::string_view path) {
    return reader.Find(Holding(files), path);
  }

  FakeWorld world;
  TreeReader reader{world};
};

TEST_F(TreeReaderTest, FindsAFileWithItsModeAndId) {
  const Found found = Find({{"a/b/c", test::Executable("x")}}, "a/b/c");
  EXPECT_EQ(found.kind, Found::Kind::kEntry);
  EXPECT_EQ(found.mode, Mode::kExecutable);
  EXPECT_EQ(found.id, world.Blob("x"));
}

TEST_F(TreeReaderTest, FindsAFolderToo) {
  const Found found = Find({{"a/b/c", "x"}}, "a/b");
  EXPECT_EQ(found.kind, Found::Kind::kEntry);
  EXPECT_EQ(found.mode, Mode::kTree);
}

TEST_F(TreeReaderTest, WhatIsNotThereIsAbsent) {
  EXPECT_EQ(Find({{"a/b", "x"}}, "a/c").kind, Found::Kind::kAbsent);
  EXPECT_EQ(Find({{"a/b", "x"}}, "c/b").kind, Found::Kind::kAbsent);
  EXPECT_EQ(reader.Find(Root{}, "a").kind, Found::Kind::kAbsent);
}

TEST_F(TreeReaderTest, WhatIsNoFolderOnTheWayBlocksAndIsNeverAbsence) {
  for (const File& odd : {File("x"), test::Symlink("elsewhere"), test::Gitlink()}) {
    const Found found = Find({{"a/b", odd}}, "a/b/c");
    EXPECT_EQ(found.kind, Found::Kind::kBlocked);
    EXPECT_EQ(found.at, "a/b");
    EXPECT_EQ(found.mode, odd.mode);
  }
}

TEST_F(TreeReaderTest, AZeroFoundBlocks) { EXPECT_EQ(Found{}.kind, Found::Kind::kBlocked); }

TEST_F(TreeReaderTest, ATwinOfAnyPartOfThePathIsMalformed) {
  Find({{"Docs/x", ""}, {"docs/log", ""}}, "docs/log");
  ASSERT_EQ(reader.malformed().size(), 1u);
  EXPECT_EQ(reader.malformed().at(0).code, Code::kTreeMalformed);
  EXPECT_EQ(reader.malformed().at(0).path, "Docs");
  Find({{"docs/LOG", ""}, {"docs/log", ""}}, "docs/log");
  EXPECT_EQ(reader.malformed().back().path, "docs/LOG");
}

TEST_F(TreeReaderTest, ATwinIsMalformedWhereTheNameItselfIsAbsent) {
  EXPECT_EQ(Find({{"docs/LOG", ""}}, "docs/log").kind, Found::Kind::kAbsent);
  EXPECT_EQ(reader.malformed().size(), 1u);
}

TEST_F(TreeReaderTest, TheLettersBeyondAsciiThatFoldIntoItMakeTwins) {
  Find({{"tasks", ""}, {"ta\u017fks", ""}}, "tasks");
  EXPECT_EQ(reader.malformed().size(), 1u);
  Find({{"kind", ""}, {"\u212aind", ""}}, "kind");
  EXPECT_EQ(reader.malformed().size(), 2u);
  Find({{"k", ""}, {"\u212a", ""}}, "\u212a");
  EXPECT_EQ(reader.malformed().size(), 3u);
}

TEST_F(TreeReaderTest, NeighboursThatAreNoTwinsAreFine) {
  Find({{"docs", ""}, {"docsx", ""}, {"dock", ""}, {"d\u00f6cs", ""}}, "docs");
  EXPECT_TRUE(reader.malformed().empty());
}

TEST_F(TreeReaderTest, TwinsBesideThePathAreFine) {
  Find({{"a/log", ""}, {"a/README", ""}, {"a/readme", ""}, {"B", ""}, {"b", ""}}, "a/log");
  EXPECT_TRUE(reader.malformed().empty());
}

TEST_F(TreeReaderTest, AMalformedTreeReadsAsEmptyAndIsRemembered) {
  const Root root{world.Tree({{"a", File(Mode::kTree, world.MalformedTree("odd"))}}), {}};
  EXPECT_EQ(reader.Find(root, "a/b").kind, Found::Kind::kAbsent);
  ASSERT_EQ(reader.malformed().size(), 1u);
  EXPECT_EQ(reader.malformed().at(0).path, "a");
  EXPECT_EQ(reader.malformed().at(0).found, "odd");
  EXPECT_EQ(reader.malformed().at(0).weight, Weight::kBlock);
}

TEST_F(TreeReaderTest, AMalformedRootIsCalledByADot) {
  reader.Find({world.MalformedTree(), {}}, "a");
  EXPECT_EQ(reader.malformed().at(0).path, ".");
}

TEST_F(TreeReaderTest, WhatIsMetTwiceIsRememberedOnce) {
  for (int i = 0; i < 2; ++i) Find({{"DOCS", ""}, {"docs", ""}}, "docs");
  EXPECT_EQ(reader.malformed().size(), 1u);
}

TEST_F(TreeReaderTest, OfVeryManyFaultsOnlyTheFirstAreRemembered) {
  Files files{{"docs", ""}};
  for (const char* twin : {"docS", "doCs", "dOcs", "Docs"}) files.emplace(twin, "");
  for (unsigned char i = 1; i < 200; ++i)
    reader.Find({world.Tree(files), ObjectId{.bytes = {i}}}, "docs");
  EXPECT_EQ(reader.malformed().size(), 100u);
}

TEST_F(TreeReaderTest, ATreeThatIsNotHereThrows) {
  const ObjectId lost = world.Tree({{"a", "1"}});
  world.Lose(lost);
  EXPECT_THROW(reader.Find({lost, {}}, "a"), WorldError);
}

TEST_F(TreeReaderTest, WhatItHasReadServesAnotherReaderUnderItsOwnIdAlone) {
  const Root one = Holding({{"a/b", "x"}}), other = Holding({{"a/c", "y"}});
  reader.Find(one, "a/b");
  const int read = world.trees_read();
  TreeReader next(world, reader.ReleaseKept());
  EXPECT_EQ(next.Find(one, "a/b").id, world.Blob("x"));
  EXPECT_EQ(world.trees_read(), read);
  EXPECT_EQ(next.Find(other, "a/b").kind, Found::Kind::kAbsent);
  EXPECT_EQ(next.Find(other, "a/c").id, world.Blob("y"));
}

TEST_F(TreeReaderTest, AMalformedTreeIsMalformedForEveryReader) {
  const Root root{world.Tree({{"a", File(Mode::kTree, world.MalformedTree())}}), {}};
  reader.Find(root, "a/b");
  TreeReader next(world, reader.ReleaseKept());
  EXPECT_TRUE(next.malformed().empty());
  next.Find(root, "a/b");
  EXPECT_EQ(next.malformed().size(), 1u);
}

TEST_F(TreeReaderTest, ATwinIsATwinForEveryReader) {
  const Root root = Holding({{"DOCS", ""}, {"docs", ""}});
  reader.Find(root, "docs");
  TreeReader next(world, reader.ReleaseKept());
  next.Find(root, "docs");
  EXPECT_EQ(next.malformed().size(), 1u);
}

TEST_F(TreeReaderTest, WhatAMergeHasMadeIsNotThereForAnotherWorkbench) {
  test::FakeBench one(world);
  const Root read = Holding({{"f", "x"}});
  const Root made{one.bench.overlay.AddTree({{"g", Mode::kRegular, world.Blob("x")}}), {}};
  one.bench.reader.Find(read, "f");
  ASSERT_EQ(one.bench.reader.Find(made, "g").kind, Found::Kind::kEntry);
  const int trees_read = world.trees_read();
  Workbench next(one.world, one.bench.ReleaseTrees());
  EXPECT_EQ(next.reader.Find(read, "f").kind, Found::Kind::kEntry);
  EXPECT_EQ(world.trees_read(), trees_read);
  EXPECT_THROW(next.reader.Find(made, "g"), WorldError);
}

TEST_F(TreeReaderTest, KeepsAFewMegabytesAndPassesOnNoneThatWouldCrowdOutOthers) {
  constexpr unsigned char kTrees = 16;
  const auto name = [](unsigned char i) { return ObjectId{.bytes = {i}}; };
  KeptTrees kept;
  for (unsigned char i = 1; i <= kTrees; ++i)
    kept.Keep(name(i), Tree(std::vector<char>(1 << 20), {}));
  int found = 0;
  for (unsigned char i = 1; i <= kTrees; ++i) found += kept.Find(name(i)) != nullptr;
  EXPECT_EQ(found, 4);
  EXPECT_FALSE(kept.is_roomy());
  for (unsigned char i = 1; i <= 2; ++i) kept.Forget(name(i));
  EXPECT_TRUE(kept.is_roomy());
  EXPECT_EQ(kept.Find(name(1)), nullptr);
}

}  // namespace
}  // namespace gates
