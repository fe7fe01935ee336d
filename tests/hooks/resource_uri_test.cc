#include "hooks/resource_uri.h"

#include <gtest/gtest.h>

#include "tests/support/git_fixture.h"

namespace hooks {
namespace {

std::string Of(const std::string& url) { return UriOfRemote(url).value_or("none"); }

TEST(UriOfRemote, KeepsWhereTheRepositoryIs) {
  EXPECT_EQ(Of("https://example.org/team/product.git"), "git+https://example.org/team/product.git");
  EXPECT_EQ(Of("http://example.org:8080/p"), "git+http://example.org:8080/p");
  EXPECT_EQ(Of("ssh://example.org:22/p.git"), "git+ssh://example.org:22/p.git");
  EXPECT_EQ(Of("git://example.org/p"), "git+git://example.org/p");
  EXPECT_EQ(Of("example.org:team/p.git"), "git+ssh://example.org/team/p.git");
  EXPECT_EQ(Of("example.org:/srv/p.git"), "git+ssh://example.org/srv/p.git");
  EXPECT_EQ(Of("/srv/git/p.git"), "git+file:///srv/git/p.git");
  EXPECT_EQ(Of("file:///srv/git/p.git"), "git+file:///srv/git/p.git");
}

TEST(UriOfRemote, IsInLowerCaseUpToThePath) {
  EXPECT_EQ(Of("HTTPS://Example.ORG/Team/Product"), "git+https://example.org/Team/Product");
}

TEST(UriOfRemote, NeverHoldsWhoLogsIn) {
  for (const char* url : {"https://ann:s3cret@example.org/p", "https://s3cret@example.org/p",
                          "https://ann:s3cr@et@example.org/p", "ssh://ann:s3cret@example.org/p",
                          "s3cret@example.org:p"})
    EXPECT_TRUE(Of(url) == "git+https://example.org/p" || Of(url) == "git+ssh://example.org/p")
        << Of(url);
  for (const char* url : {"https://ann:s3c/ret@example.org/p", "https://example.org/p?key=s3cret",
                          "https://example.org/p#s3cret", "ann:s3c/ret@example.org:p"})
    EXPECT_EQ(Of(url), "none") << url;
}

TEST(UriOfRemote, EncodesWhatAPathMayHold) {
  EXPECT_EQ(Of("/srv/a b/50%/\xc3\xa9#?@"), "git+file:///srv/a%20b/50%25/%C3%A9%23%3F%40");
}

TEST(UriOfRemote, IsNothingForAnythingElse) {
  for (const char* url : {"", ":", "../server.git", "server", "file://host/p", "ext::sh -c x",
                          "https://", "https:///p", "https://example.org/a b", "https://h/\x1b[31m",
                          "ftp://example.org/p", ":p", "a/b:c"})
    EXPECT_EQ(Of(url), "none") << url;
}

TEST(UriOfRepository, IsThatOfItsRemoteElseThatOfItsFolder) {
  const test::Sandbox sandbox;
  const test::GitRepo repo = test::GitRepo::Init(sandbox, "my repo");
  const auto uri = [&] { return UriOfRepository(git::Repository::Discover(repo.path())); };
  const git::Library library;
  const std::string folder = uri();
  EXPECT_TRUE(folder.starts_with("git+file:///")) << folder;
  EXPECT_TRUE(folder.ends_with("/my%20repo/.git")) << folder;
  repo.Git({"remote", "add", "origin", "../elsewhere"});
  EXPECT_EQ(uri(), folder);
  repo.Git({"remote", "set-url", "origin", "https://ann:s3cret@example.org/p"});
  EXPECT_EQ(uri(), "git+https://example.org/p");
}

TEST(Uris, OfResourcesLeaveRoomForACommitAndAPath) {
  for (const char* uri : {"git+https://example.org/p", "pkg:github/a/b", "git-verdict:gate/x"})
    EXPECT_TRUE(IsUri(uri) && IsResourceUri(uri)) << uri;
  for (const char* uri : {"https://example.org/p?x=1", "https://example.org/p#x"})
    EXPECT_TRUE(IsUri(uri) && !IsResourceUri(uri)) << uri;
  for (const char* uri : {"", "x", ":x", "x:", "a b:c", "x:\"", "x:\n", "X:y", "x://Y/", "x:%4",
                          "https://example.org/\xc3\xa9"})
    EXPECT_FALSE(IsUri(uri)) << uri;
}

}  // namespace
}  // namespace hooks
