#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/gates/landing.h"

namespace test {

/// The parts of a log that a job signs.
struct Words {
  std::string item = "ORCH-1";
  std::string status = "staging_status: SUCCESS";
  std::string timestamp = "2026-03-01T12:00:00Z";
  std::string more = "";
};

/// A staged change, in a repository whose logs are signed by `ci`.
struct Writers : testing::Test, StagedLanding {
  Writers() {
    policy().writers = gates::WritersRule{.allowed_signers = "signers"};
    trust.pinned->allowed_signers = "ci@example.org ci-key\nAda@Example.org ada-key\n";
  }

  std::string Log(const gates::ObjectId& validated, const Words& words = {}) const {
    return "---\nwork_item: " + words.item + "\n" + words.status +
           "\nvalidated_sha: " + validated.hex() + "\ntimestamp: " + words.timestamp + "\n" +
           words.more + "---\n";
  }

  /// A log and its signature, where they belong.
  Files Signed(const std::string& text, const std::string& path = StagingLog(),
               const std::string& key = "ci-key") {
    return {{path, text}, {path + ".sig", world.Sign(text, key)}};
  }

  gates::ObjectId On(const gates::ObjectId& parent, const Files& adds,
                     const std::string& message = "Record") {
    return world.Commit({.parents = {parent}, .adds = adds, .message = message});
  }

  /// The staged change, landed with a log that was signed at noon.
  gates::ObjectId Landed() { return Then(Signed(Log(staged))); }

  gates::WritersRule& writers() { return *policy().writers; }
};

}  // namespace test
