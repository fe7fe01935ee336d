// Text merges on buffers, held against `git merge-file`.

#include "hooks/git/merging.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/merge_world.h"

namespace git {
namespace {

using gates::Diff;
using test::Numbers;

class MergingTest : public testing::Test {
 protected:
  std::optional<std::string> Merge(const std::string& base, const std::string& ours,
                                   const std::string& theirs, Diff diff = Diff::kPlain) const {
    return merging_.MergeTexts(base, ours, theirs, diff);
  }

  Library library_;
  Merging merging_;
};

TEST_F(MergingTest, MergesDistantChanges) {
  EXPECT_EQ(Merge(Numbers(), Numbers({{2, "two"}}), Numbers({{18, "x"}})),
            Numbers({{2, "two"}, {18, "x"}}));
}

TEST_F(MergingTest, GivesNothingForAConflict) {
  EXPECT_EQ(Merge(Numbers(), Numbers({{2, "two"}}), Numbers({{2, "x"}})), std::nullopt);
}

TEST_F(MergingTest, MergesWithAnEmptyText) {
  EXPECT_EQ(Merge("", "", ""), "");
  EXPECT_EQ(Merge("a\n", "", ""), "");
  EXPECT_EQ(Merge("a\n", "", "b\n"), std::nullopt);
}

TEST_F(MergingTest, KeepsLineEndingsAndAMissingLastOne) {
  EXPECT_EQ(Merge("a\r\nb\r\nc\r\nd", "A\r\nb\r\nc\r\nd", "a\r\nb\r\nc\r\nD"), "A\r\nb\r\nc\r\nD");
}

TEST_F(MergingTest, TakesMarkersInATextForText) {
  const std::string marked = "<<<<<<< a\n=======\n>>>>>>> b\n" + Numbers();
  EXPECT_EQ(Merge(marked, marked + "end\n", "top\n" + marked), "top\n" + marked + "end\n");
}

TEST_F(MergingTest, NamesObjectsAsGitDoes) {
  EXPECT_EQ(merging_.NameBlob("").hex(), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  EXPECT_EQ(merging_.NameTree("").hex(), "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
}

// Texts of few different lines, where it matters which of them a diff calls the same.
class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {}

  std::string Base() {
    lines_.clear();
    for (int i = Below(30) + 3; i > 0; --i) lines_.push_back(Line());
    return Joined(lines_);
  }

  std::string Edited() {
    std::vector<std::string> lines = lines_;
    for (int i = Below(3) + 1; i > 0 && !lines.empty(); --i) {
      const auto at = lines.begin() + Below(static_cast<int>(lines.size()));
      if (const int how = Below(3); how == 0)
        *at = Line();
      else if (how == 1)
        lines.erase(at);
      else
        lines.insert(at, Line());
    }
    return Joined(lines);
  }

 private:
  int Below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  std::string Line() { return std::string(1, static_cast<char>('a' + Below(12))) + "\n"; }

  static std::string Joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
  }

  std::mt19937 random_;
  std::vector<std::string> lines_;
};

TEST_F(MergingTest, AgreesWithGitOnRandomTexts) {
  const test::Sandbox sandbox;
  const test::GitRepo repo = test::GitRepo::Init(sandbox);
  RandomTexts texts(1);
  constexpr int kRounds = 100;
  for (int i = 0; i < kRounds; ++i) {
    const std::string base = texts.Base(), ours = texts.Edited(), theirs = texts.Edited();
    repo.Write("base", base), repo.Write("ours", ours), repo.Write("theirs", theirs);
    const test::Ran ran = repo.TryGit({"merge-file", "-p", "ours", "base", "theirs"});
    const auto git_merged = ran.status == 0 ? std::optional(ran.out) : std::nullopt;
    EXPECT_EQ(Merge(base, ours, theirs), git_merged) << base << "--\n" << ours << "--\n" << theirs;
  }
}

}  // namespace
}  // namespace git
