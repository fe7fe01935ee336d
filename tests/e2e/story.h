#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/git_fixture.h"

// What the end-to-end tests tell their stories with: the real program, real
// git, a server and Ada's clone of it.

namespace e2e {

using gates::ObjectId;
using test::Environment;
using test::GitRepo;
using test::Ran;

inline const std::string kProgram = VERDICT_PROGRAM;
inline const std::string kItem = "docs/work-items/WI-1/";
inline const std::string kLog = kItem + "15-staging-log.md";
inline const std::string kZeros(40, '0');

/// Runs git-verdict in `directory`, for a minute at most (else 124). The
/// environment holds HOME, PATH and `more`, no more.
Ran Verdict(const std::string& directory, const std::vector<std::string>& arguments,
            std::string_view input = "", const Environment& more = {});

/// Runs a line of shell in `directory`, for a minute at most; $VERDICT is the program.
Ran Shell(const std::string& directory, const std::string& line, const Environment& more = {});

/// How many random cases to try: `full`, or the part of it that VERDICT_TEST_SCALE asks for.
int Scaled(int full);

/// The log of WI-1, as a pipeline writes it.
std::string StagingLog(const ObjectId& validated, const std::string& token = "SUCCESS",
                       const std::string& more_keys = "");

/// `<decision> <ref> <code|proof>` of each update in a text report, one per line; of
/// one that came by way of a server too, behind `remote:`.
std::string Headlines(const std::string& report);

/// Compares with tests/e2e/golden/<name>; writes it where UPDATE_GOLDEN is set.
void ExpectGolden(const std::string& name, const std::string& text);

/// A server whose main holds a first version, and Ada's clone of it, on the
/// branch topic. The hook is not in yet.
class Story : public testing::Test {
 protected:
  Story();

  /// Puts the hook in, with the program's own command.
  void InstallHook() const;

  /// A commit that changes app.txt for WI-1.
  ObjectId ChangeCode(const std::string& text = "two") const;

  /// A commit that changes nothing but the log of WI-1.
  ObjectId RecordLog(const std::string& text) const;
  ObjectId RecordVerdict(const ObjectId& validated, const std::string& token = "SUCCESS") const;

  /// Code and its verdict in two commits, ready to land; gives the second.
  ObjectId PrepareLanding() const;

  /// `git push origin <refspecs>`: the headlines of the hook. Holds git to
  /// them: what is allowed is on the server afterwards, else nothing has moved.
  std::string Push(const std::vector<std::string>& refspecs);
  std::string PushFrom(const GitRepo& clone, const std::vector<std::string>& arguments);

  /// Puts commits on a branch of the server past the hook, and fetches them.
  void LandUnjudged(const std::string& refspec) const;

  ObjectId OnServer(const std::string& ref) const { return server_.Id("refs/heads/" + ref); }

  test::Sandbox sandbox_;
  GitRepo server_;
  GitRepo clone_;
  std::string said_;  // what the last push wrote to stderr
};

/// A story whose clone has the hook in from the start.
class HookStory : public Story {
 protected:
  HookStory() { InstallHook(); }
};

}  // namespace e2e
