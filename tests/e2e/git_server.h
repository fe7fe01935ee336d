#pragma once

#include <string>

#include "tests/support/git_fixture.h"

// Real servers, on loopback, set up with the blocks of docs/servers.md.

namespace e2e {

/// A bare repository where pushes arrive, with the pre-receive hook in it.
class GitServer {
 public:
  GitServer() = default;
  virtual ~GitServer() = default;
  GitServer(const GitServer&) = delete;
  GitServer& operator=(const GitServer&) = delete;

  /// What a pusher calls it.
  virtual std::string url() const = 0;

  /// What a pusher's git needs besides.
  virtual test::Environment variables() const { return {}; }

  /// The same on the server's disk.
  virtual test::GitRepo repository() const = 0;
};

/// The `number`th fenced block (from 0) under `## <heading>` of docs/servers.md.
std::string BlockOfServersPage(const std::string& heading, int number = 0);

/// Types a block of that page in a folder, with git-verdict in PATH; gives what became of it.
test::Ran TypeBlock(const std::string& block, const std::string& directory,
                    const test::Environment& more = {});

/// The hook of that page, for a program that is at `program`.
std::string ServerHook(const std::string& program);

/// `text` with each `old` in it made `now`; throws where there is none.
std::string Replaced(std::string text, const std::string& old, const std::string& now);

}  // namespace e2e
