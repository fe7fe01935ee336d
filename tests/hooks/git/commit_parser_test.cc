#include "hooks/git/commit_parser.h"

#include <gtest/gtest.h>

namespace git {
namespace {

const std::string kTree(40, 'a');
const std::string kParent(40, 'b');
const std::string kAuthor = "author Ada <ada@example.invalid> 100 +0000\n";

std::string WithCommitter(const std::string& line) {
  return "tree " + kTree + "\n" + kAuthor + line + "\n\nhi\n";
}

std::optional<std::int64_t> DateOf(const std::string& line) {
  return ParseCommit(WithCommitter(line))->committed_at;
}

TEST(CommitParser, ReadsTreeParentsDateAndMessage) {
  const std::string bytes = "tree " + kTree + "\nparent " + kParent + "\nparent " + kTree + "\n" +
                            kAuthor +
                            "committer B <b@c> 1700000000 +0100\ngpgsig x\n \n y\n\nhi\n\nyou\n";
  const auto commit = ParseCommit(bytes);
  ASSERT_TRUE(commit) << commit.error();
  EXPECT_EQ(commit->tree.hex(), kTree);
  ASSERT_EQ(commit->parents.size(), 2u);
  EXPECT_EQ(commit->parents[0].hex(), kParent);
  EXPECT_EQ(commit->committed_at, 1'700'000'000);
  EXPECT_EQ(commit->message, "hi\n\nyou\n");
  EXPECT_EQ(commit->author_email, "ada@example.invalid");
}

TEST(CommitParser, FindsTheAuthorWhereGitFindsIt) {
  const auto author = [](const std::string& line) {
    return std::string(ParseCommit("tree " + kTree + "\n" + line + "\n\nhi\n")->author_email);
  };
  EXPECT_EQ(author("author <a@b> 1 +0000"), "a@b");
  EXPECT_EQ(author("author A <a@b> <c@d> 1 +0000"), "a@b");
  EXPECT_EQ(author("author A > <a@b> 1 +0000"), "a@b");
  EXPECT_EQ(author("author A < a@b > 1 +0000"), " a@b ");
  for (const char* none : {"author A 1 +0000", "author A <a@b 1 +0000", "author A a@b> 1 +0000",
                           "author A <> 1 +0000", "committer A <a@b> 1 +0000", "author"})
    EXPECT_EQ(author(none), "") << none;
}

TEST(CommitParser, ReadsACommitWithoutAMessage) {
  EXPECT_EQ(ParseCommit("tree " + kTree + "\n" + kAuthor)->message, "");
  EXPECT_EQ(ParseCommit("tree " + kTree + "\n" + kAuthor + "\n")->message, "");
}

TEST(CommitParser, FindsTheDateWhereGitFindsIt) {
  EXPECT_EQ(DateOf("committer A <a> b> 7 +0000"), 7);
  EXPECT_EQ(DateOf("committer A <a>   7"), 7);
  EXPECT_EQ(DateOf("committer A <a> 0 +0000"), 0);
}

TEST(CommitParser, KnowsNoDateWhereThereIsNone) {
  EXPECT_EQ(DateOf("committer A <a>"), std::nullopt);
  EXPECT_EQ(DateOf("committer A 7 +0000"), std::nullopt);
  EXPECT_EQ(DateOf("committer A <a> -7 +0000"), std::nullopt);
  EXPECT_EQ(DateOf("committer A <a> 99999999999999999999 +0000"), std::nullopt);
  EXPECT_EQ(DateOf("comitter A <a> 7 +0000"), std::nullopt);
  EXPECT_EQ(ParseCommit("tree " + kTree + "\ncommitter A <a> 7 +0000\n\nhi\n")->committed_at,
            std::nullopt);
}

TEST(CommitParser, TakesNoParentAfterTheOtherHeaders) {
  const std::string bytes = WithCommitter("committer A <a> 7 +0000\nparent " + kParent);
  EXPECT_TRUE(ParseCommit(bytes)->parents.empty());
}

TEST(CommitParser, RefusesACommitWithoutAnExactTreeOrParents) {
  const std::vector<std::string> without_tree{"",
                                              "tree",
                                              "tree " + kTree,
                                              "tree " + kTree + " \n",
                                              "tree " + kTree.substr(1) + "\n",
                                              "tree " + std::string(40, 'A') + "\n",
                                              "parent " + kParent + "\ntree " + kTree + "\n"};
  for (const std::string& bytes : without_tree) EXPECT_FALSE(ParseCommit(bytes)) << bytes;
  EXPECT_FALSE(ParseCommit("tree " + kTree + "\nparent " + kParent.substr(1) + "\n" + kAuthor));
  EXPECT_FALSE(ParseCommit("tree " + kTree + "\nparent " + kParent));
}

TEST(TagParser, ReadsWhatATagLeadsTo) {
  EXPECT_EQ(ParseTagTarget("object " + kTree + "\ntype commit\n")->hex(), kTree);
  EXPECT_EQ(ParseTagTarget("objekt " + kTree + "\n"), std::nullopt);
  EXPECT_EQ(ParseTagTarget(""), std::nullopt);
}

}  // namespace
}  // namespace git
