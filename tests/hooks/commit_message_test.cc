#include "hooks/commit_message.h"

#include <gtest/gtest.h>

namespace hooks {
namespace {

using Texts = std::vector<std::string>;

TEST(CommitMessage, IsReadWithItsCommentsAndWithout) {
  EXPECT_EQ(ReadingsOf("a title\n\nRefs: A-1\n\n# of git\n# or not\n", "#"),
            (Texts{"a title\n\nRefs: A-1\n\n", "a title\n\nRefs: A-1\n\n# of git\n# or not\n"}));
  EXPECT_EQ(ReadingsOf("#1 a title", "#"), (Texts{"", "#1 a title\n"}));
  EXPECT_EQ(ReadingsOf("", "#"), (Texts{"", ""}));
}

TEST(CommitMessage, EndsAtTheScissors) {
  const std::string scissors = " ------------------------ >8 ------------------------\n";
  EXPECT_EQ(ReadingsOf("a title\n#" + scissors + "diff\nRefs: A-1\n", "#").back(), "a title\n");
  EXPECT_EQ(ReadingsOf("a title\n;" + scissors + "diff\n", "#").back(),
            "a title\n;" + scissors + "diff\n");
  EXPECT_EQ(ReadingsOf("a title\n #" + scissors, "#").back(), "a title\n #" + scissors);
}

TEST(CommitMessage, HasCommentsBehindTheMarkThatGitUses) {
  EXPECT_EQ(ReadingsOf("# a title\n; of git\n", ";").front(), "# a title\n");
  EXPECT_EQ(ReadingsOf("a title\n// of git\n/ not\n", "//").front(), "a title\n/ not\n");
  EXPECT_EQ(ReadingsOf("# a title\n", "").front(), "");
}

TEST(CommitMessage, HasTheMarkThatGitChose) {
  EXPECT_EQ(ReadingsOf("# a title\n\n; of git\n;\n\n", "auto").front(), "# a title\n\n\n");
  EXPECT_EQ(ReadingsOf("# a title\n", "auto").front(), "");
  EXPECT_EQ(ReadingsOf("a title\n", "auto").front(), "a title\n");
  const std::string verbose =
      "# a title\n; of git\n; ------------------------ >8 ------------------------\n+ diff\n";
  EXPECT_EQ(ReadingsOf(verbose, "auto").front(), "# a title\n");
}

TEST(CommitMessage, HasATitleOfGits) {
  for (const std::string title :
       {"fixup! a title", "squash! a", "amend! a", "Merge branch 'side'", "Merge tag 'v1' into x",
        "Merge remote-tracking branch 'origin/main'", "Merge commit '1234567'",
        "Merge pull request #7 from x/y", "Revert \"a title\"", "Reapply \"a title\""})
    EXPECT_TRUE(HasATitleOfGits("\n" + title + "\n\ntext\n")) << title;
  for (const std::string title : {"a title", "Merge the two readers", "Revert the change",
                                  "fixup a title", "see fixup! a title", "fixup!"})
    EXPECT_FALSE(HasATitleOfGits(title + "\n\nfixup! text\n")) << title;
}

TEST(CommitMessage, IsEmptyWhereItHasNothingButBlanks) {
  for (const std::string text : {"", "\n", " \n\t\r\n\n"}) EXPECT_TRUE(IsEmpty(text));
  EXPECT_FALSE(IsEmpty("\n\na\n"));
}

}  // namespace
}  // namespace hooks
