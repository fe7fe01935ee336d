#pragma once

#include <string>
#include <vector>

#include "tests/e2e/story.h"

namespace e2e {

/// A story that is told in CI jobs: forges merge what Ada proposes, and clone for a job.
class CiStory : public Story {
 protected:
  /// What actions/checkout and GitLab's runner make of the server: all branches, no remote HEAD,
  /// and a commit checked out on no branch.
  GitRepo CloneForJob(const std::string& revision);

  /// Puts a commit on the server as refs/pull/7/<kind>.
  void Propose(const ObjectId& commit, const std::string& kind) const;

  /// The merge of topic into what main is now, as a forge makes it.
  ObjectId MergeByForge() const;

  /// Somebody else lands something on main.
  void MoveMain() const;

  /// The variables of a job on GitHub for a pull request, a merge group and a push.
  Environment PullRequest(const ObjectId& merge, const std::string& target = "main") const;
  Environment MergeGroup(const ObjectId& head, const ObjectId& base) const;
  Environment Push(const std::string& before, const ObjectId& after,
                   const std::string& ref = "refs/heads/main") const;

  /// Those of a pull request on Gitea, of a merge request on GitLab, of a change on Jenkins.
  Environment Gitea(const ObjectId& head) const;
  static Environment MergeRequest(const ObjectId& head);
  static Environment Jenkins();

  /// What `check` says in a clone with these variables: the headlines, once the exit code has
  /// been seen to agree with them.
  std::string Ask(const GitRepo& job, const Environment& environment,
                  std::vector<std::string> arguments = {});

  void ExpectSaid(const std::string& text) const;

  Ran ran_;

 private:
  Environment Github(const std::string& event, const std::string& ref, const ObjectId& head,
                     const std::string& payload) const;

  int jobs_ = 0;
};

/// `environment` with another value of a variable.
Environment With(Environment environment, const std::string& name, const std::string& value);

}  // namespace e2e
