#pragma once

#include <optional>
#include <string>

#include "gates/core/object_id.h"
#include "hooks/child.h"
#include "hooks/door.h"
#include "install/patient.h"

namespace install {

/// The branch of the stand-in's clone that is pushed from.
inline constexpr const char* kProofBranch = "refs/heads/git-verdict-proof";

/// A folder of ours that goes away with its owner.
class PassingFolder {
 public:
  PassingFolder();
  ~PassingFolder();
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A copy of the patient's repository and a server to push to, with the hooks of one of the two
/// as they are found; objects are borrowed, nothing of the patient is written to, and git is
/// kept from any network.
class StandIn {
 public:
  StandIn(const Patient& patient, const HookFacts& door);

  std::string clone() const { return folder_.path() + "/clone"; }
  std::string server() const { return folder_.path() + "/server.git"; }
  const std::string& remote() const { return remote_; }

  /// A protected ref, in full, and the commit it is at; nothing where none is protected.
  struct Target {
    std::string ref;
    gates::ObjectId base;
  };
  const std::optional<Target>& target() const { return target_; }

  /// The repository of the door, and what it trusts; objects of the other one are seen too.
  git::Repository OpenDoor() const;
  hooks::KnownRefs RefsOf(const git::Repository& door) const;

  /// What git says in the clone when it is run as its user would run it, with the hooks.
  hooks::ChildAnswer RunWithHooks(std::vector<std::string> arguments) const;

  /// Makes a commit with the files and the message of `tip` on top of the target, or with another
  /// message, or merges `tip` into the target; where git refuses, gives what it said.
  enum class Making { kCommit, kOtherMessage, kMerge };
  std::optional<std::string> RefusalToMake(Making making, const gates::ObjectId& tip) const;

  /// How a push ended.
  struct Push {
    bool landed = false;  // the target moved
    bool succeeded = false;
    std::string said;
  };
  Push PushToTarget(const gates::ObjectId& tip) const;

 private:
  void MakeServer();
  void MakeClone();
  void FindTarget();
  void DressServer(const HookFacts& door) const;
  void DressClone() const;
  void CopyConfig() const;
  void CopyWorkTree() const;
  void CheckOutChangesOf(const gates::ObjectId& tip) const;

  const Patient& patient_;
  const HookFacts& door_;
  PassingFolder folder_;
  std::string remote_;
  std::optional<Target> target_;
};

}  // namespace install
