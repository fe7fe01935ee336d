#include "hooks/run_lock.h"

#include <gtest/gtest.h>

#include "gates/core/world.h"
#include "tests/support/git_fixture.h"

namespace hooks {
namespace {

TEST(RunLock, IsHeldByOneUntilItsEnd) {
  const test::Sandbox sandbox;
  {
    const auto held = RunLock::TryTake(sandbox.Path() + "/");
    EXPECT_TRUE(held);
    EXPECT_FALSE(RunLock::TryTake(sandbox.Path() + "/"));
  }
  EXPECT_TRUE(RunLock::TryTake(sandbox.Path() + "/")) << "its file stays, and is no lock";
}

TEST(RunLock, CannotBeHadWhereThereIsNoFolder) {
  EXPECT_THROW(RunLock::TryTake("/nonexistent/"), gates::WorldError);
}

}  // namespace
}  // namespace hooks
