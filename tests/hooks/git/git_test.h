#pragma once

#include <gtest/gtest.h>

#include <stdexcept>

#include "hooks/git/repository.h"
#include "tests/support/git_fixture.h"

namespace git {

/// A test with a sandbox, and libgit2 started after HOME points into it.
class GitTest : public testing::Test {
 protected:
  test::Sandbox sandbox_;
  Library library_;
};

/// The WorldError that `action` throws; the test fails where it throws none.
template <class Action>
gates::WorldError FaultOf(Action action) {
  try {
    action();
  } catch (const gates::WorldError& error) {
    return error;
  }
  throw std::runtime_error("no WorldError was thrown");
}

inline Repository Open(const test::GitRepo& repo) { return Repository::Discover(repo.path()); }

inline gates::ObjectId AbsentId() { return *gates::ObjectId::FromHex(std::string(39, '0') + "1"); }

}  // namespace git
