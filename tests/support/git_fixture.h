#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gates/core/object_id.h"
#include "tests/support/program.h"

// Repositories for tests, built by real git: hermetic (own HOME, no system
// config, scrubbed environment) and repeatable (fixed identity, a clock that
// goes a minute per commit), so the same calls give the same object ids.

namespace test {

/// A temporary folder with an own HOME in it; this process gets that HOME too.
/// Removed, with all that is in it, at the end.
class Sandbox {
 public:
  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// `name` inside the sandbox, or the sandbox itself.
  std::string Path(const std::string& name = "") const;

 private:
  std::string path_;
};

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, std::string_view text);  // makes the folders above it

/// One repository in a sandbox. What git refuses fails the test, by an
/// exception with git's own words; use TryGit where refusal is expected.
class GitRepo {
 public:
  /// `git init` at `name` in the sandbox, on branch main.
  static GitRepo Init(const Sandbox& sandbox, const std::string& name = "repo");
  static GitRepo InitBare(const Sandbox& sandbox, const std::string& name = "repo.git");

  /// `git clone <options> <source> <name>`; a `url()` as source for --depth and --filter.
  static GitRepo Clone(const Sandbox& sandbox, const std::string& source, const std::string& name,
                       const std::vector<std::string>& options = {});

  /// A repository that is already there (a linked worktree, say).
  explicit GitRepo(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  std::string url() const { return "file://" + path_; }
  std::string git_directory() const;

  /// Runs git here; its stdout without the last newline.
  std::string Git(const std::vector<std::string>& arguments, std::string_view input = "") const;
  Ran TryGit(const std::vector<std::string>& arguments, std::string_view input = "") const;

  /// Starts git here and does not wait.
  Running StartGit(const std::vector<std::string>& arguments) const;

  void Write(const std::string& file, std::string_view text) const;
  std::string Read(const std::string& file) const { return ReadFile(path_ + "/" + file); }

  /// Stages all there is, commits it (an empty commit too) and gives its id.
  gates::ObjectId Commit(const std::string& message) const;

  /// Write and Commit in one.
  gates::ObjectId CommitFile(const std::string& file, std::string_view text,
                             const std::string& message = "change a file") const;

  /// Merges `other` into HEAD, never fast-forward.
  gates::ObjectId Merge(const std::string& other, const std::string& message = "merge") const;

  /// `git rev-parse`.
  gates::ObjectId Id(const std::string& revision = "HEAD") const;

  /// Writes an object of any bytes, malformed ones too (`hash-object --literally`).
  gates::ObjectId WriteObject(const std::string& type, std::string_view bytes) const;

  /// A commit object made by hand, at a date of one's choice (seconds since 1970).
  gates::ObjectId WriteCommit(const gates::ObjectId& tree,
                              const std::vector<gates::ObjectId>& parents, long date,
                              const std::string& message = "by hand\n") const;

  /// The file of a loose object.
  std::string LooseObject(const gates::ObjectId& id) const;

  /// A variable that git gets here besides the usual ones.
  void SetVariable(const std::string& name, const std::string& value);

 private:
  Environment EnvironmentOfGit() const;

  std::string path_;
  Environment variables_;
  mutable long clock_ = 1'700'000'000;
};

/// One entry of a tree object as raw bytes: `<mode> <name> NUL <id>`.
std::string RawEntry(const std::string& mode, const std::string& name, const gates::ObjectId& id);

}  // namespace test
