// Taking hooks out again: what was there before is there afterwards, byte for byte.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/install_story.h"

namespace e2e {
namespace {

using Uninstall = Install;

TEST_F(Uninstall, LeavesNothingBehind) {
  const auto hooks = [&] {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(clone_.path() + "/.git/hooks"))
      names.push_back(entry.path());
    std::ranges::sort(names);
    return names;
  };
  const auto before = hooks();
  Run("install");
  const Ran ran = Run("uninstall");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, hook_ + " is taken out\n");
  EXPECT_EQ(hooks(), before);
}

TEST_F(Uninstall, PutsBackTheHookOfBeforeByteForByte) {
  for (const mode_t mode : {0755u, 0700u, 0644u}) {
    WriteForeignHook(mode);
    const std::string before = test::ReadFile(hook_);
    Run("install");
    EXPECT_NE(test::ReadFile(hook_), before);
    EXPECT_EQ(Run("uninstall").status, 0);
    EXPECT_EQ(test::ReadFile(hook_), before);
    EXPECT_EQ(ModeOf(hook_), mode);
    EXPECT_FALSE(fs::exists(kept_));
  }
}

TEST_F(Uninstall, OfNothingSaysSo) {
  const Ran ran = Run("uninstall");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, hook_ + " is not there, nothing to take out\n");
}

TEST_F(Uninstall, LeavesAnotherProgramsHookAlone) {
  WriteForeignHook();
  const std::string before = test::ReadFile(hook_);
  const Ran ran = Run("uninstall");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, hook_ + " is another program's and stays as it is\n");
  EXPECT_EQ(test::ReadFile(hook_), before);
}

TEST_F(Uninstall, TakesAHookOutThatACoreHooksPathHides) {
  Run("install");
  clone_.Git({"config", "--global", "core.hooksPath", sandbox_.Path("hooks of all")});
  const Ran ran = Run("uninstall");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, hook_ + " is taken out\n");
  EXPECT_FALSE(fs::exists(hook_));
}

TEST_F(Uninstall, TakesTheFoldersAlongThatInstallMade) {
  fs::remove_all(clone_.path() + "/.git/hooks");
  Run("install");
  Run("install");
  EXPECT_EQ(Run("uninstall").status, 0);
  EXPECT_FALSE(fs::exists(clone_.path() + "/.git/hooks"));
  fs::create_directory(clone_.path() + "/.git/hooks");
  Run("install");
  EXPECT_EQ(Run("uninstall").status, 0);
  EXPECT_TRUE(fs::is_empty(clone_.path() + "/.git/hooks"));
}

TEST_F(Uninstall, LetsEveryPushThroughAgain) {
  Run("install");
  Run("uninstall");
  ChangeCode();
  EXPECT_EQ(clone_.TryGit({"push", "origin", "topic:main"}).status, 0);
}

}  // namespace
}  // namespace e2e
