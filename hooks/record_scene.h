#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "hooks/door.h"
#include "hooks/git/repository.h"
#include "hooks/git/work_tree.h"
#include "hooks/git/writer.h"
#include "hooks/refusal.h"

namespace hooks {

/// The ref that a log is committed on, and where it points.
struct Target {
  std::string ref;  // in full; HEAD where it is detached
  gates::Commit tip;
};

/// A repository in which a verdict is to be recorded.
struct Scene {
  git::Repository repository;
  git::Writer writer;
  Target target;
  TrustedRules trusted;
  std::optional<git::WorkTree> tree;  // nothing in a bare repository
  bool commits_here = true;           // on the current branch: the work tree follows
};

/// The scene at the current directory: the current branch, or the branch `onto` (empty:
/// none), which nobody may have checked out.
tl::expected<Scene, Refusal> SetScene(const std::string& onto);

/// The commit of HEAD, where it holds all that is in the work tree but evidence: who staged
/// the work tree has staged that commit.
tl::expected<gates::ObjectId, Refusal> FindStagedCommit(const Scene& scene);

/// The bytes that the tip holds at a path of evidence; nothing where it holds none. A
/// refusal where something else than an ordinary file stands there or on the way.
tl::expected<std::optional<std::string>, Refusal> ReadAtTip(const Scene& scene,
                                                            const std::string& path);

/// Refuses where the file at `path`, on disk or in the index, is none that a commit holds
/// (the tip or a parent of it): it must not be overwritten.
tl::expected<void, Refusal> RequireCommitted(const Scene& scene, const std::string& path);

}  // namespace hooks
