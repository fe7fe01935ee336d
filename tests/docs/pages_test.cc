// The pages of docs/ that have their reader type something: what they say is what happens.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/docs/page.h"
#include "tests/docs/reader.h"
#include "tests/e2e/managers.h"
#include "tests/support/git_fixture.h"

namespace docs {
namespace {

using test::GitRepo;

/// How many lines of a page begin with the marks of a fence: two for each block.
int FencesOn(const std::string& markdown) {
  return static_cast<int>(std::ranges::count_if(LinesOf(markdown), [](const std::string& line) {
    const size_t text = std::min(line.find_first_not_of(" >"), line.size());
    return line.compare(text, 3, "```") == 0 || line.compare(text, 3, "~~~") == 0;
  }));
}

/// Words of a page, and those that a reader types, or reads, in their place.
using Replacements = std::vector<std::pair<std::string, std::string>>;

/// Follows a page, which may leave out so many blocks.
void ExpectTrue(const std::string& path, const std::string& directory, int excused,
                const Replacements& replacements = {}) {
  std::string text = test::ReadFile(SOURCE_DIR "/" + path);
  for (const auto& [word, other] : replacements) text.replace(text.find(word), word.size(), other);
  const Page page = FollowPage(text, directory);
  for (const std::string& fault : page.faults) ADD_FAILURE() << path << ", " << fault;
  EXPECT_EQ(2 * (page.run + page.shown + page.excused), FencesOn(text));
  EXPECT_GT(page.run, 0);
  EXPECT_EQ(page.excused, excused);
}

TEST(Pages, FlowsAreWhatGitAndTheGateDo) {
  const test::Sandbox team;
  ExpectTrue("docs/flows.md", team.Path(), 0);
}

TEST(Pages, HooksBeforeACommitAreWhatGitAndTheGateDo) {
  const test::Sandbox place;
  const GitRepo repo = GitRepo::Init(place);
  repo.Git({"config", "user.name", "Ada"});
  repo.Git({"config", "user.email", "ada@example.org"});
  repo.Commit("a first version");
  ExpectTrue("docs/hooks/commits.md", repo.path(), 0);
}

TEST(Pages, InstallingIsWhatItSays) {
  const test::Sandbox place;
  const GitRepo server = GitRepo::InitBare(place, "server.git");
  const GitRepo clone = GitRepo::Clone(place, server.path(), "clone");
  clone.Commit("a first version");
  clone.Git({"push", "-q", "origin", "HEAD:main"});
  clone.Git({"remote", "set-head", "origin", "--auto"});
  ExpectTrue("docs/install.md", clone.path(), 1);
}

TEST(Pages, TheReviewIsWhatGitAndTheGateDo) {
  const test::Sandbox place;
  ExpectTrue("docs/review.md", place.Path(), 0);
}

TEST(Pages, StagingIsWhatGitAndTheGateDo) {
  const test::Sandbox place;
  std::filesystem::create_directory_symlink(SOURCE_DIR, place.Path("git-verdict"));
  ExpectTrue("docs/staging.md", place.Path(), 0);
}

TEST(Pages, PackagesTellsHowShellsCompleteCommands) {
  const test::Sandbox place;
  ExpectTrue("docs/packages.md", place.Path(), 4);
}

/// The reader's clone, `your/clone`, with results of staging in it.
GitRepo CloneOfReader(const test::Sandbox& place) {
  const GitRepo server = GitRepo::InitBare(place, "server.git");
  const GitRepo clone = GitRepo::Clone(place, server.path(), "your/clone");
  clone.CommitFile("app.txt", "one\n", "a first version");
  clone.Git({"push", "-q", "origin", "HEAD:main"});
  clone.Git({"config", "user.name", "Ada"});
  clone.Git({"config", "user.email", "ada@example.org"});
  test::WriteFile(clone.path() + "/results.json", R"([["A1 health", true, ""]])");
  return clone;
}

/// Follows the page of a hook manager in such a clone.
void ExpectTrueOfManager(const std::string& page, int excused,
                         const Replacements& replacements = {}) {
  e2e::UseManagers();
  const test::Sandbox place;
  const GitRepo clone = CloneOfReader(place);
  clone.Git({"remote", "set-head", "origin", "main"});
  e2e::MakeNodePackage(clone.path());
  ExpectTrue("docs/hooks/" + page, clone.path(), excused, replacements);
}

TEST(Pages, PreCommitIsWhatItDoes) {
  NEEDS("pre-commit");
  ExpectTrueOfManager("pre-commit.md", 1);
}

TEST(Pages, PrekDoesWhatThePageOfPreCommitSays) {
  NEEDS("prek");
  ExpectTrueOfManager("pre-commit.md", 1,
                      {{"\npre-commit install", "\nprek install"}, {"\nBLOCK", "\n  BLOCK"}});
}

TEST(Pages, LefthookIsWhatItDoes) {
  NEEDS("lefthook");
  ExpectTrueOfManager("lefthook.md", 1);
}

TEST(Pages, HuskyIsWhatItDoes) {
  NEEDS("husky");
  ExpectTrueOfManager("husky.md", 1);
}

TEST(Pages, GitLfsIsWhatItDoes) {
  NEEDS("git-lfs");
  ExpectTrueOfManager("git-lfs.md", 0);
}

TEST(Pages, TheReadmeIsWhatGitAndTheGateDo) {
  const test::Sandbox place;
  CloneOfReader(place);
  ExpectTrue("README.md", place.Path(), 2);
}

TEST(Pages, SigningIsWhatGitAndTheGateDo) {
  const test::Sandbox place;
  ExpectTrue("docs/signing.md", CloneOfReader(place).path(), 1);
}

}  // namespace
}  // namespace docs
