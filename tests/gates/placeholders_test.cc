#include "gates/placeholders.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Files;

constexpr std::uint64_t kMostInAll = 512 * 1024 * 1024;

struct PlaceholdersTest : testing::Test, test::Landing {
  PlaceholdersTest() { policy().docs.emplace().placeholders.emplace().paths = {"docs/**"}; }

  ObjectId base = world.Commit({.files = Files{{"README", "1"}}});
  ObjectId head = world.Commit({.parents = {base}, .adds = {{"docs/a", "{{X}}"}}});
  test::FakeBench fake{world};

  /// What a search finds in a text that the head holds.
  std::vector<Finding> Search(const std::string& text) {
    const Rules judging = rules();
    const Change change = MakeChange(judging, fake.bench, base, head);
    PlaceholderSearch search(change);
    search.Add("docs/a", {.name = "a", .mode = Mode::kRegular, .id = world.Blob(text)});
    return search.Run();
  }
};

TEST_F(PlaceholdersTest, MoreTextThanAHookCanWaitForIsRefused) {
  fake.bench.searched.bytes = kMostInAll - 5;
  EXPECT_EQ(Search("{{X}}")[0].line, 1);
  EXPECT_EQ(fake.bench.searched.bytes, kMostInAll);
  const std::vector<Finding> findings = Search("x");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, Code::kPlaceholderUnresolved);
  EXPECT_EQ(findings[0].path, "docs/a");
  EXPECT_EQ(findings[0].found, "more in all");
}

TEST_F(PlaceholdersTest, ATextThatManyStepsHoldIsSearchedOnce) {
  EXPECT_EQ(Search("a {{X}}").size(), 1u);
  EXPECT_EQ(Search("a {{X}}").size(), 1u);
  EXPECT_EQ(fake.bench.searched.bytes, 7u);
}

}  // namespace
}  // namespace gates
