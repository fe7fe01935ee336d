// What merges cleanly and what is no proof, on trees that real git has written.

#include "gates/proof/merge_again.h"

#include <gtest/gtest.h>

#include "tests/support/merge_world.h"

namespace gates {
namespace {

using test::Clean;
using test::File;
using test::Files;
using test::Numbers;

constexpr const char* kLink = "120000";
constexpr const char* kGitlink = "160000";
constexpr const char* kExecutable = "100755";
constexpr const char* kLog = "docs/work-items/ORCH-1/15-staging-log.md";
const std::string kCommit1(40, '1'), kCommit2(40, '2'), kCommit3(40, '3');

class MergeAgainTest : public testing::Test {
 protected:
  std::string Merge(const Files& base, const Files& ours, const Files& theirs,
                    const MergeOptions& options = test::MergeWorld::kAsProof) const {
    return world_.Merge({world_.Tree(base), world_.Tree(ours), world_.Tree(theirs)}, options);
  }

  // As the proof asks: with what landed as the witness.
  std::string MergeFor(const Files& landing, const Files& base, const Files& ours,
                       const Files& theirs) const {
    return Merge(base, ours, theirs,
                 {.evidence = EvidenceIn::kProof, .witness = world_.Tree(landing)});
  }

  std::string Is(const Files& files) const { return Clean(world_.Tree(files)); }

  test::MergeWorld world_;
};

TEST_F(MergeAgainTest, TakesWhatOneSideChangedFromThatSide) {
  EXPECT_EQ(Merge({{"a", "1"}, {"b", "1"}, {"f/c", "1"}}, {{"a", "2"}, {"b", "1"}, {"f/c", "1"}},
                  {{"a", "1"}, {"f/c", "3"}, {"f/d", "4"}}),
            Is({{"a", "2"}, {"f/c", "3"}, {"f/d", "4"}}));
}

TEST_F(MergeAgainTest, MergesLinesOfAFileBothSidesChanged) {
  EXPECT_EQ(
      Merge({{"a", Numbers()}}, {{"a", Numbers({{2, "two"}})}}, {{"a", Numbers({{18, "x"}})}}),
      Is({{"a", Numbers({{2, "two"}, {18, "x"}})}}));
}

TEST_F(MergeAgainTest, MergesAModeOfOneSideWithLinesOfTheOther) {
  EXPECT_EQ(Merge({{"a", "1"}}, {{"a", "1", kExecutable}}, {{"a", "2"}}),
            Is({{"a", "2", kExecutable}}));
}

TEST_F(MergeAgainTest, IsNotCleanWhereBothChangedALine) {
  EXPECT_EQ(
      Merge({{"f/a", Numbers()}}, {{"f/a", Numbers({{2, "two"}})}}, {{"f/a", Numbers({{2, "x"}})}}),
      "conflict at f/a");
}

TEST_F(MergeAgainTest, IsNotCleanWhereBothChangedNeighbouringLines) {
  EXPECT_EQ(Merge({{"a", Numbers()}}, {{"a", Numbers({{2, "two"}})}}, {{"a", Numbers({{3, "x"}})}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, NeverMergesBinaries) {
  const std::string nul(1, '\0');
  EXPECT_EQ(Merge({{"a", nul + Numbers()}}, {{"a", nul + Numbers({{2, "two"}})}},
                  {{"a", nul + Numbers({{18, "x"}})}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, NeverMergesGiants) {
  const std::string giant(8 * 1024 * 1024, '\n');
  EXPECT_EQ(Merge({{"a", giant}}, {{"a", "top\n" + giant}}, {{"a", giant + "end\n"}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, NeverMergesATypeChangeWithAChange) {
  EXPECT_EQ(Merge({{"a", "x"}}, {{"a", "x", kLink}}, {{"a", "y"}}), "conflict at a");
  EXPECT_EQ(Merge({{"a", "x"}}, {{"a", "y"}}, {{"a", kCommit1, kGitlink}}), "conflict at a");
}

TEST_F(MergeAgainTest, NeverMergesLinks) {
  EXPECT_EQ(Merge({{"a", Numbers(), kLink}}, {{"a", Numbers({{2, "two"}}), kLink}},
                  {{"a", Numbers({{18, "x"}}), kLink}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, NeverMergesGitlinks) {
  EXPECT_EQ(
      Merge({{"a", kCommit1, kGitlink}}, {{"a", kCommit2, kGitlink}}, {{"a", kCommit3, kGitlink}}),
      "conflict at a");
}

TEST_F(MergeAgainTest, TakesAGitlinkThatOneSideMoved) {
  EXPECT_EQ(
      Merge({{"a", kCommit1, kGitlink}}, {{"a", kCommit1, kGitlink}}, {{"a", kCommit2, kGitlink}}),
      Is({{"a", kCommit2, kGitlink}}));
}

TEST_F(MergeAgainTest, TakesAnAdditionThatBothMadeAlike) {
  EXPECT_EQ(Merge({{"z", ""}}, {{"a", "x"}, {"z", ""}}, {{"a", "x"}, {"b", ""}, {"z", ""}}),
            Is({{"a", "x"}, {"b", ""}, {"z", ""}}));
}

TEST_F(MergeAgainTest, IsNotCleanWhereBothAddedOtherBytes) {
  EXPECT_EQ(Merge({{"z", ""}}, {{"a", "x"}, {"z", ""}}, {{"a", "y"}, {"z", ""}}), "conflict at a");
}

TEST_F(MergeAgainTest, IsNotCleanWhereBothAddedWithOtherModes) {
  EXPECT_EQ(Merge({{"z", ""}}, {{"a", "x"}, {"z", ""}}, {{"a", "x", kExecutable}, {"z", ""}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, IsNotCleanWhereOneSideDeletedWhatTheOtherChanged) {
  EXPECT_EQ(Merge({{"a", "x"}, {"z", ""}}, {{"z", ""}}, {{"a", "y"}, {"z", ""}}), "conflict at a");
  EXPECT_EQ(Merge({{"f/a", "x"}, {"z", ""}}, {{"f/a", "y"}, {"z", ""}}, {{"z", ""}}),
            "conflict at f/a");
}

TEST_F(MergeAgainTest, NeverPutsAFileWhereAFolderIs) {
  EXPECT_EQ(Merge({{"z", ""}}, {{"a", "x"}, {"z", ""}}, {{"a/b", "y"}, {"z", ""}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, TakesAFileThatOneSideMadeAFolder) {
  EXPECT_EQ(Merge({{"a", "x"}, {"z", "1"}}, {{"a/b", "y"}, {"z", "1"}}, {{"a", "x"}, {"z", "2"}}),
            Is({{"a/b", "y"}, {"z", "2"}}));
}

TEST_F(MergeAgainTest, NeverAddsBelowAPathThatBothDropped) {
  EXPECT_EQ(Merge({{"a", "x"}, {"z", ""}}, {{"z", ""}}, {{"a/b", "y"}, {"z", ""}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, NeverAddsToAFolderThatTheOtherSideMoved) {
  EXPECT_EQ(Merge({{"old/a", "x"}}, {{"new/a", "x"}}, {{"old/a", "x"}, {"old/b", "y"}}),
            "conflict at old/b");
  EXPECT_EQ(Merge({{"old/f/a", "x"}}, {{"old/f/a", "x"}, {"old/f/g/b", "y"}}, {{"new/f/a", "x"}}),
            "conflict at old/f/g");
}

TEST_F(MergeAgainTest, TakesAMovedFolderThatTheOtherSideLeftAlone) {
  EXPECT_EQ(Merge({{"old/a", "x"}, {"z", "1"}}, {{"new/a", "x"}, {"z", "1"}},
                  {{"old/a", "x"}, {"z", "2"}}),
            Is({{"new/a", "x"}, {"z", "2"}}));
}

TEST_F(MergeAgainTest, NeverBelievesAnAttributeOrDriver) {
  world_.repo().Git({"config", "merge.yes.driver", "true"});
  world_.repo().Git({"config", "merge.default", "union"});
  test::WriteFile(world_.repo().path() + "/info/attributes", "* merge=union\n");
  const File attributes{".gitattributes", "* merge=union\n"};
  EXPECT_EQ(
      Merge({attributes, {"a", "x\n"}}, {attributes, {"a", "y\n"}}, {attributes, {"a", "z\n"}}),
      "conflict at a");
}

// The gate's own files

TEST_F(MergeAgainTest, LetsNoLogConflictInTheProof) {
  EXPECT_EQ(Merge({{"a", "1"}, {kLog, "base"}}, {{"a", "1"}, {kLog, "ours"}},
                  {{"a", "2"}, {kLog, "theirs"}}),
            Is({{"a", "2"}, {kLog, "ours"}}));
  EXPECT_EQ(Merge({{"a", "1"}, {kLog, "base"}}, {{"a", "1"}}, {{"a", "2"}, {kLog, "theirs"}}),
            Is({{"a", "2"}, {kLog, "theirs"}}));
}

TEST_F(MergeAgainTest, TakesALogThatIsAScriptForContent) {
  EXPECT_EQ(Merge({{kLog, "base", kExecutable}}, {{kLog, "ours", kExecutable}},
                  {{kLog, "theirs", kExecutable}}),
            std::string("conflict at ") + kLog);
}

TEST_F(MergeAgainTest, LetsALogLandFromTheSideThatChangedIt) {
  EXPECT_EQ(Merge({{kLog, "base"}}, {{kLog, "base"}}, {{kLog, "theirs"}}, {}),
            Is({{kLog, "theirs"}}));
}

TEST_F(MergeAgainTest, LandsNoLogThatBothSidesChanged) {
  EXPECT_EQ(Merge({{kLog, Numbers()}}, {{kLog, Numbers({{2, "two"}})}},
                  {{kLog, Numbers({{18, "x"}})}}, {}),
            std::string("conflict at ") + kLog);
}

TEST_F(MergeAgainTest, LetsNoExemptPathConflictInTheProof) {
  world_.Exempt("notes/**");
  EXPECT_EQ(Merge({{"notes/a", "1"}}, {{"notes/a", "2"}}, {{"notes/a", "3"}}),
            Is({{"notes/a", "2"}}));
  EXPECT_EQ(Merge({{"notes/a", "1"}}, {{"notes/a", "2"}}, {{"notes/a", "3", kExecutable}}),
            "conflict at notes/a");
  EXPECT_EQ(Merge({{"notes/a", "1"}}, {{"notes/a", "2"}}, {{"notes/a", "3"}}, {}),
            "conflict at notes/a");
}

// The witness



TEST_F(MergeAgainTest, TakesTheWitnessOnlyForOneOfTheCleanResults) {
  const Files base{{"a", Numbers()}}, ours{{"a", Numbers({{2, "two"}})}},
      theirs{{"a", Numbers({{18, "x"}})}};
  EXPECT_EQ(MergeFor({{"a", "anything"}}, base, ours, theirs),
            Is({{"a", Numbers({{2, "two"}, {18, "x"}})}}));
}

// Texts on which the two diff algorithms part.
TEST_F(MergeAgainTest, TakesThePatientResultOnlyWhereTheWitnessShowsIt) {
  const Files base{{"a", "b\nc\nc\nc\nd\n"}}, ours{{"a", "c\nb\nc\nc\nd\n"}},
      theirs{{"a", "b\nc\nc\nd\n"}}, plain{{"a", "c\nb\nc\nd\n"}},
      patient{{"a", "c\nb\nc\nc\nd\n"}};
  EXPECT_EQ(Merge(base, ours, theirs), Is(plain));
  EXPECT_EQ(MergeFor(plain, base, ours, theirs), Is(plain));
  EXPECT_EQ(MergeFor({{"a", "c\nc\n"}}, base, ours, theirs), Is(plain));
  EXPECT_EQ(MergeFor(patient, base, ours, theirs), Is(patient));
}

TEST_F(MergeAgainTest, TakesAPatientResultOfAPlainConflictOnlyWhereTheWitnessShowsIt) {
  const Files base{{"a", "d\nc\nc\nd\nb\na\n"}}, ours{{"a", "c\nc\nd\nd\nb\na\n"}},
      theirs{{"a", "d\nc\nc\nd\na\na\n"}}, patient{{"a", "c\nc\nd\nd\na\na\n"}};
  EXPECT_EQ(Merge(base, ours, theirs), "conflict at a");
  EXPECT_EQ(MergeFor(ours, base, ours, theirs), "conflict at a");
  EXPECT_EQ(MergeFor(patient, base, ours, theirs), Is(patient));
}

TEST_F(MergeAgainTest, FollowsAFileThatOneSideMoved) {
  const Files base{{"a", Numbers()}}, ours{{"b", Numbers({{2, "two"}})}},
      theirs{{"a", Numbers({{18, "x"}})}}, both{{"b", Numbers({{2, "two"}, {18, "x"}})}};
  EXPECT_EQ(MergeFor(both, base, ours, theirs), Is(both));
  EXPECT_EQ(MergeFor(both, base, theirs, ours), Is(both));
  EXPECT_EQ(Merge(base, ours, theirs), Is(both));
}

TEST_F(MergeAgainTest, FollowsAMoveWithTheOtherSidesMode) {
  EXPECT_EQ(Merge({{"a", Numbers()}}, {{"f/b", Numbers()}}, {{"a", Numbers(), kExecutable}}),
            Is({{"f/b", Numbers(), kExecutable}}));
}

TEST_F(MergeAgainTest, GivesWhatGitWouldWhereTheWitnessDoesNotShowTheMove) {
  const Files base{{"a", Numbers()}}, ours{{"b", Numbers({{2, "two"}})}},
      theirs{{"a", Numbers({{18, "x"}})}};
  const Files sum{{"b", Numbers({{2, "two"}, {18, "x"}})}};
  EXPECT_EQ(MergeFor(ours, base, ours, theirs), MergeFor(sum, base, ours, theirs));
  EXPECT_EQ(MergeFor({{"b", Numbers({{2, "two"}, {18, "evil"}})}}, base, ours, theirs),
            MergeFor({{"b", Numbers({{2, "two"}, {18, "x"}})}}, base, ours, theirs));
}

TEST_F(MergeAgainTest, FollowsNoMoveWithTwoPlacesToGo) {
  const Files base{{"a", Numbers()}}, theirs{{"a", Numbers({{18, "x"}})}};
  EXPECT_EQ(Merge(base, {{"b", Numbers()}, {"c", Numbers()}}, theirs), "conflict at a");
  const Files both{{"b", Numbers({{18, "x"}})}, {"c", Numbers({{18, "x"}})}};
  EXPECT_EQ(MergeFor(both, base, {{"b", Numbers()}, {"c", Numbers()}}, theirs), "conflict at a");
}

TEST_F(MergeAgainTest, FollowsNoMoveToAFileThatIsHardlyAlike) {
  std::string other;
  for (int i = 0; i < 60; ++i) other += "another line\n";
  EXPECT_EQ(Merge({{"a", Numbers()}}, {{"b", other + Numbers()}}, {{"a", Numbers({{18, "x"}})}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, FollowsNoEmptyFile) {
  EXPECT_EQ(Merge({{"a", ""}}, {{"b", ""}}, {{"a", "x\n"}}), "conflict at a");
}

TEST_F(MergeAgainTest, FollowsNoMoveOntoAFileOfTheOtherSide) {
  EXPECT_EQ(Merge({{"a", Numbers()}}, {{"b", Numbers()}},
                  {{"a", Numbers({{18, "x"}})}, {"b", Numbers()}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, NeverMakesOneFileTwo) {
  EXPECT_EQ(Merge({{"a", Numbers()}}, {{"b", Numbers()}}, {{"c", Numbers()}}), "conflict at a");
  EXPECT_EQ(Merge({{"f/a", Numbers()}, {"f/z", ""}}, {{"b", Numbers()}, {"f/z", ""}},
                  {{"c", Numbers()}, {"f/z", ""}}),
            "conflict at f/a");
}

TEST_F(MergeAgainTest, TakesAMoveThatBothMadeAlike) {
  EXPECT_EQ(Merge({{"a", Numbers()}, {"z", "1"}}, {{"b", Numbers()}, {"z", "1"}},
                  {{"b", Numbers()}, {"z", "2"}}),
            Is({{"b", Numbers()}, {"z", "2"}}));
}

TEST_F(MergeAgainTest, NeverKeepsAMovedFileThatTheOtherSideDeleted) {
  EXPECT_EQ(Merge({{"a", Numbers()}, {"z", ""}}, {{"z", ""}}, {{"b", Numbers()}, {"z", ""}}),
            "conflict at a");
  EXPECT_EQ(
      Merge({{"a", Numbers()}, {"z", ""}}, {{"b", Numbers({{2, "two"}})}, {"z", ""}}, {{"z", ""}}),
      "conflict at a");
  EXPECT_EQ(Merge({{"a", "to", kLink}, {"z", ""}}, {{"b", "to", kLink}, {"z", ""}}, {{"z", ""}}),
            "conflict at a");
}

TEST_F(MergeAgainTest, SeesAFileLeaveAFolderThatBothSidesHaveAlike) {
  EXPECT_EQ(
      Merge({{"f/a", Numbers()}, {"f/z", ""}}, {{"f/z", ""}}, {{"b", Numbers()}, {"f/z", ""}}),
      "conflict at f/a");
}

TEST_F(MergeAgainTest, LetsBothSidesDeleteAFileAndOneAddAnother) {
  EXPECT_EQ(Merge({{"a", Numbers()}, {"z", ""}}, {{"z", ""}}, {{"b", "other\n"}, {"z", ""}}),
            Is({{"b", "other\n"}, {"z", ""}}));
}

}  // namespace
}  // namespace gates
