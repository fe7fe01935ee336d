// Which files count as alike: what git would call a move.

#include "gates/proof/moved_files.h"

#include <gtest/gtest.h>

#include "gates/proof/likeness.h"
#include "tests/support/merge_world.h"

namespace gates {
namespace {

std::string Repeated(const std::string& line, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += line;
  return text;
}

class LikenessTest : public testing::Test {
 protected:
  bool AreAlike(const std::string& a, const std::string& b) const {
    const auto blob = [&](const std::string& text) {
      return world_.repo().WriteObject("blob", text);
    };
    Likeness likeness(world_.repository());
    return likeness.AreHalfAlike(blob(a), blob(b));
  }

  // Whether git calls it a move, at its usual 50 of 100.
  bool GitSeesAMove(const std::string& a, const std::string& b) const {
    const Commit before = world_.Commit({{"a", a}}, {}), after = world_.Commit({{"b", b}}, {});
    return world_.repo()
        .Git({"diff", "-M", "--name-status", before.tree.hex(), after.tree.hex()})
        .starts_with("R");
  }

  void ExpectAsGit(const std::string& a, const std::string& b) const {
    EXPECT_EQ(AreAlike(a, b), GitSeesAMove(a, b)) << a << "--\n" << b;
    EXPECT_EQ(AreAlike(b, a), AreAlike(a, b));
  }

  test::MergeWorld world_;
};

TEST_F(LikenessTest, DrawsTheLineWhereGitDoes) {
  for (int same = 8; same <= 12; ++same)
    ExpectAsGit(Repeated("same\n", 20), Repeated("same\n", same) + Repeated("diff\n", 20 - same));
}

TEST_F(LikenessTest, ComparesSizesAsGitDoes) {
  for (const int more : {18, 19, 20, 21, 22})
    ExpectAsGit(Repeated("same\n", 20), Repeated("same\n", 20) + Repeated("more\n", more));
}

TEST_F(LikenessTest, CutsLongLinesAsGitDoes) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += std::to_string(i * 7919);
  ExpectAsGit(text, text.substr(0, text.size() / 3) + "!" + text.substr(text.size() / 3));
  ExpectAsGit(text, text + "!");
}

TEST_F(LikenessTest, ComparesBinaries) {
  const std::string nul(1, '\0');
  ExpectAsGit(nul + test::Numbers(), nul + test::Numbers({{2, "two"}}));
}

TEST_F(LikenessTest, NothingIsLikeAnEmptyFile) {
  EXPECT_FALSE(AreAlike("", ""));
  EXPECT_FALSE(AreAlike("", "a"));
}

TEST_F(LikenessTest, TakesGiantsOfOneSizeForAlike) {
  const std::string giant(8 * 1024 * 1024 + 1, 'a');
  EXPECT_TRUE(AreAlike(giant, std::string(giant.size(), 'b')));
  EXPECT_FALSE(AreAlike(giant, "a"));
}

TEST(ModesTest, ComeFromTheSideThatChangedThem) {
  constexpr auto kPlain = Mode::kRegular, kTool = Mode::kExecutable;
  EXPECT_EQ(MergeModes(kPlain, kPlain, kPlain), kPlain);
  EXPECT_EQ(MergeModes(kPlain, kTool, kPlain), kTool);
  EXPECT_EQ(MergeModes(kPlain, kPlain, kTool), kTool);
  EXPECT_EQ(MergeModes(kTool, kPlain, kPlain), kPlain);
}

}  // namespace
}  // namespace gates
