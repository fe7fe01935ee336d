#include "hooks/committer.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/hooks/git/git_test.h"

namespace hooks {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

class CommitterTest : public git::GitTest {
 protected:
  /// `<name> <email> <seconds> <offset>`, or why nobody is known.
  std::string Find(const std::map<std::string, std::string, std::less<>>& environment) const {
    std::istringstream in;
    std::ostringstream out;
    const Process process{in, out, out, environment};
    const auto found = FindSignature("AUTHOR", git::Writer::Open(repo_.path()), process, kNow);
    if (!found) return "! " + found.error().what;
    return found->name + " <" + found->email + "> " + std::to_string(found->seconds) + " " +
           std::to_string(found->offset_minutes);
  }

  std::string At(const std::string& date) const {
    const std::string found =
        Find({{"GIT_AUTHOR_NAME", "A"}, {"GIT_AUTHOR_EMAIL", "e"}, {"GIT_AUTHOR_DATE", date}});
    return found.starts_with("A <e> ") ? found.substr(6) : found;
  }

  test::GitRepo repo_ = test::GitRepo::Init(sandbox_);
};

TEST_F(CommitterTest, IsWhoTheEnvironmentNames) {
  repo_.Git({"config", "user.name", "Bob"});
  repo_.Git({"config", "user.email", "bob@example.invalid"});
  EXPECT_EQ(Find({{"GIT_AUTHOR_NAME", "Ada"},
                  {"GIT_AUTHOR_EMAIL", "ada@example.invalid"},
                  {"GIT_AUTHOR_DATE", "1700000000 +0100"},
                  {"GIT_COMMITTER_NAME", "Eve"}}),
            "Ada <ada@example.invalid> 1700000000 60");
}

TEST_F(CommitterTest, IsWhoTheConfigNames) {
  repo_.Git({"config", "user.name", "Bob"});
  repo_.Git({"config", "user.email", "bob@example.invalid"});
  EXPECT_TRUE(Find({}).starts_with("Bob <bob@example.invalid> 1800000000 ")) << Find({});
  EXPECT_TRUE(Find({{"GIT_AUTHOR_NAME", ""}}).starts_with("Bob <"));
}

TEST_F(CommitterTest, IsNobodyWhereNobodyIsNamed) {
  EXPECT_EQ(Find({}), "! git does not know who you are: no user.name");
  repo_.Git({"config", "user.name", "Bob"});
  EXPECT_EQ(Find({}), "! git does not know who you are: no user.email");
  EXPECT_EQ(Find({{"GIT_AUTHOR_EMAIL", "<>\n ."}}),
            "! git does not know who you are: no user.email");
}

TEST_F(CommitterTest, KeepsToOneLineAndToItsBrackets) {
  EXPECT_EQ(Find({{"GIT_AUTHOR_NAME", " Ada\ncommitter <x>, "},
                  {"GIT_AUTHOR_EMAIL", "<a@b>\r\n"},
                  {"GIT_AUTHOR_DATE", "@1 +0000"}}),
            "Adacommitter x <a@b> 1 0");
}

TEST_F(CommitterTest, ReadsDatesAsGitWritesThem) {
  EXPECT_EQ(At("1700000000 -0230"), "1700000000 -150");
  EXPECT_EQ(At("@1700000000 +0000"), "1700000000 0");
  EXPECT_EQ(At("1700000000"), "1700000000 0");
  EXPECT_EQ(At("2023-11-14T22:13:20Z"), "1700000000 0");
  EXPECT_EQ(At("2023-11-15T00:13:20+02:00"), "1700000000 0");
  EXPECT_EQ(At("2023-11-15 00:13:20 +0200"), "1700000000 120");
}

TEST_F(CommitterTest, RefusesADateThatItCannotRead) {
  for (const char* date : {"yesterday", "-5 +0000", "1700000000 +0160", "1700000000 0100", " ",
                           "1700000000 +9900", "99999999999999999999"})
    EXPECT_EQ(At(date), std::string("! GIT_AUTHOR_DATE is no date: ") + date);
}

}  // namespace
}  // namespace hooks
