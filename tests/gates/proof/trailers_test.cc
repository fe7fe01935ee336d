#include "gates/proof/trailers.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

using Words = std::vector<std::string>;

Words Refs(std::string_view message) { return ReadTrailer(message, "Refs"); }

TEST(Trailers, StandInTheLastParagraph) {
  EXPECT_EQ(Refs("Add\n\nWhy.\n\nRefs: ORCH-1\nSigned-off-by: a\n"), Words{"ORCH-1"});
  EXPECT_EQ(Refs("Add\n\nRefs: ORCH-1\n\nWhy.\n"), Words{});
}

TEST(Trailers, AMessageOfOneParagraphHasNone) {
  EXPECT_EQ(Refs("Refs: ORCH-1\n"), Words{});
  EXPECT_EQ(Refs("Add\nRefs: ORCH-1\n"), Words{});
  EXPECT_EQ(Refs("\n\nRefs: ORCH-1\n\n"), Words{});
  EXPECT_EQ(Refs(""), Words{});
}

TEST(Trailers, AreReadInAnyCase) {
  EXPECT_EQ(Refs("Add\n\nrefs: A-1\nREFS: A-2\nrEfS: A-3"), (Words{"A-1", "A-2", "A-3"}));
}

TEST(Trailers, ValuesAreSplitAtCommasAndBlanks) {
  EXPECT_EQ(Refs("Add\n\nRefs: A-1,A-2, A-3\tA-4 ,, A-5"),
            (Words{"A-1", "A-2", "A-3", "A-4", "A-5"}));
  EXPECT_EQ(Refs("Add\n\nRefs:A-1"), Words{"A-1"});
  EXPECT_EQ(Refs("Add\n\nRefs:"), Words{});
}

TEST(Trailers, BlankLinesMayHoldBlanksAndLinesMayEndInCrLf) {
  EXPECT_EQ(Refs("Add\r\n \t\r\nRefs: A-1\r\n\r\n  \n"), Words{"A-1"});
}

TEST(Trailers, TheNameStandsAtTheLinesStartRightBeforeItsColon) {
  EXPECT_EQ(Refs("Add\n\n Refs: A-1\nXRefs: A-2\nRefs : A-3\nRefs A-4\nRefsX: A-5"), Words{});
}

TEST(Trailers, OtherNamesAreAsGood) {
  EXPECT_EQ(ReadTrailer("Add\n\nwork-item: A-1\nRefs: A-2", "Work-Item"), Words{"A-1"});
}

}  // namespace
}  // namespace gates
