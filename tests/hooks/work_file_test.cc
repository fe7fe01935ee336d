#include "hooks/work_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "gates/core/world.h"
#include "tests/support/git_fixture.h"

namespace hooks {
namespace {

namespace fs = std::filesystem;
using Kind = OnDisk::Kind;

class WorkFileTest : public testing::Test {
 protected:
  WorkPath At(const std::string& path) const { return {sandbox_.Path("tree/"), path}; }
  std::string Absolute(const std::string& path) const { return sandbox_.Path("tree/" + path); }

  void Put(const std::string& path, const std::string& text) const {
    PrepareFile(At(path), text);
    PlaceFile(At(path));
  }

  bool Refuses(const std::string& path) const {
    try {
      Put(path, "x");
    } catch (const gates::WorldError& error) {
      return std::string(error.what()).find(path) != std::string::npos;
    }
    return false;
  }

  test::Sandbox sandbox_;
  bool made_ = fs::create_directory(sandbox_.Path("tree"));
};

TEST_F(WorkFileTest, StandsThereOnlyWhenItIsPutInPlace) {
  PrepareFile(At("docs/items/log.md"), "new\n");
  EXPECT_EQ(LookAt(At("docs/items/log.md")).kind, Kind::kNothing);
  PlaceFile(At("docs/items/log.md"));
  const OnDisk disk = LookAt(At("docs/items/log.md"));
  EXPECT_EQ(disk.kind, Kind::kFile);
  EXPECT_EQ(disk.text, "new\n");
}

TEST_F(WorkFileTest, IsReplacedAsAWhole) {
  Put("log.md", "old");
  PrepareFile(At("log.md"), "new");
  EXPECT_EQ(LookAt(At("log.md")).text, "old");
  PlaceFile(At("log.md"));
  EXPECT_EQ(LookAt(At("log.md")).text, "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(Absolute("")), {}), 1) << "nothing beside it";
}

TEST_F(WorkFileTest, HasTheModeThatTheUmaskLeaves) {
  const mode_t before = ::umask(027);
  Put("log.md", "text");
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(Absolute("log.md").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
}

TEST_F(WorkFileTest, WhatWasPreparedCanBeDropped) {
  PrepareFile(At("docs/log.md"), "new");
  DropPrepared(At("docs/log.md"));
  DropPrepared(At("docs/log.md"));
  DropPrepared(At("none/log.md"));
  EXPECT_TRUE(fs::is_empty(Absolute("docs")));
}

TEST_F(WorkFileTest, WhatAnEndedRunHasPreparedIsPreparedAnew) {
  PrepareFile(At("log.md"), "a longer text of the run before");
  Put("log.md", "new");
  EXPECT_EQ(LookAt(At("log.md")).text, "new");
}

TEST_F(WorkFileTest, IsNeverReachedThroughALink) {
  fs::create_directory(sandbox_.Path("elsewhere"));
  test::WriteFile(sandbox_.Path("elsewhere/log.md"), "theirs");
  fs::create_directory_symlink(sandbox_.Path("elsewhere"), Absolute("docs"));
  EXPECT_EQ(LookAt(At("docs/log.md")).kind, Kind::kOther);
  EXPECT_TRUE(Refuses("docs/log.md"));
  EXPECT_TRUE(Refuses("docs/deeper/log.md"));
  RemoveFile(At("docs/log.md"));
  EXPECT_EQ(test::ReadFile(sandbox_.Path("elsewhere/log.md")), "theirs");
  EXPECT_EQ(std::distance(fs::directory_iterator(sandbox_.Path("elsewhere")), {}), 1);
}

TEST_F(WorkFileTest, ALinkInItsPlaceIsReplacedNotFollowed) {
  test::WriteFile(sandbox_.Path("theirs"), "theirs");
  fs::create_symlink(sandbox_.Path("theirs"), Absolute("log.md"));
  EXPECT_EQ(LookAt(At("log.md")).kind, Kind::kOther);
  Put("log.md", "new");
  EXPECT_FALSE(fs::is_symlink(Absolute("log.md")));
  EXPECT_EQ(test::ReadFile(sandbox_.Path("theirs")), "theirs");
}

TEST_F(WorkFileTest, ALinkInPlaceOfThePreparedOneIsNotFollowed) {
  test::WriteFile(sandbox_.Path("theirs"), "theirs");
  fs::create_symlink(sandbox_.Path("theirs"), Absolute(".log.md.git-verdict"));
  Put("log.md", "new");
  EXPECT_EQ(test::ReadFile(sandbox_.Path("theirs")), "theirs");
  EXPECT_EQ(LookAt(At("log.md")).text, "new");
}

TEST_F(WorkFileTest, AnythingButAFileIsSomethingElse) {
  fs::create_directory(Absolute("folder"));
  ASSERT_EQ(::mkfifo(Absolute("pipe").c_str(), 0600), 0);
  test::WriteFile(Absolute("file"), "");
  for (const char* path : {"folder", "pipe", "file/below"})
    EXPECT_EQ(LookAt(At(path)).kind, Kind::kOther) << path;
  EXPECT_EQ(LookAt(At("none/below")).kind, Kind::kNothing);
  EXPECT_TRUE(Refuses("file/below"));
}

TEST_F(WorkFileTest, IsRemovedWhereItIs) {
  Put("log.md", "text");
  RemoveFile(At("log.md"));
  RemoveFile(At("log.md"));
  RemoveFile(At("none/log.md"));
  EXPECT_EQ(LookAt(At("log.md")).kind, Kind::kNothing);
}

}  // namespace
}  // namespace hooks
