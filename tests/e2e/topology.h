#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/e2e/story.h"

// Histories as the topology table names them: each row of docs/topology.md is
// built here by real git, once per `landing` policy, and judged.

namespace e2e::topology {

/// A bare server and a worktree of it, so that all that is committed is in both.
/// Main holds a first version and the policy; it moves only by Land().
class Ground {
 public:
  explicit Ground(const std::string& landing);

  const GitRepo& work() const { return work_; }
  const GitRepo& server() const { return server_; }

  void Branch(const std::string& name, const std::string& from = "main") const;
  void OnMain() const;

  /// One line of one of the files of forty lines.
  void SetLine(const std::string& file, int line, const std::string& text) const;
  ObjectId Change(const std::string& item, const std::string& file = "app.txt", int line = 5,
                  const std::string& text = "five") const;

  /// A commit of nothing but a log of `item`; the frontmatter is `keys`.
  ObjectId RecordKeys(const std::string& item, const std::string& keys) const;
  ObjectId Record(const std::string& item, const ObjectId& validated,
                  const std::string& token = "SUCCESS") const;

  /// A change and the log that names it, in two commits; gives the validated one.
  ObjectId Stage(const std::string& item, const std::string& file = "app.txt", int line = 5,
                 const std::string& text = "five") const;

  /// Merges `other` into HEAD; what does not merge is resolved by taking `text`
  /// for the whole of app.txt.
  void Merge(const std::string& other, const std::vector<std::string>& options = {}) const;
  void ConcludeByHand() const;

  /// A commit with the tree of `tree` on these parents; HEAD is there then.
  void CommitTree(const std::string& tree, const std::vector<std::string>& parents) const;

  /// Main is there now; nobody was asked.
  void Land(const std::string& revision = "HEAD", const std::string& ref = "main") const;

  /// One more line of the push that is judged.
  void Push(const std::string& revision = "HEAD", const std::string& ref = "refs/heads/main");

  /// The push, as git gives it to a hook.
  const std::string& lines() const { return lines_; }
  std::string Path(const std::string& name) const { return sandbox_.Path(name); }
  const test::Sandbox& sandbox() const { return sandbox_; }

  /// What the server says: the code or the proof of each line, by commas.
  std::string Answer() const;

 private:
  test::Sandbox sandbox_;
  GitRepo server_;
  GitRepo work_;
  std::string lines_;
};

/// A history under the name of its row.
struct Fixture {
  std::string name;
  std::function<void(Ground&)> build;
};

std::vector<Fixture> EverydayFixtures();  // nine ways to land, on four bases each
std::vector<Fixture> MergeFixtures();     // merges of every kind, and edits in them
std::vector<Fixture> TreeFixtures();      // modes, submodules, files that move
std::vector<Fixture> LogFixtures();       // what is done to logs
std::vector<Fixture> RefFixtures();       // many landings and many refs

}  // namespace e2e::topology
