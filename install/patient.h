#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gates/report/examination.h"
#include "hooks/command.h"
#include "hooks/door.h"
#include "install/places.h"
#include "install/scene.h"

namespace install {

/// A clone or a server, as `doctor` looks at it.
struct Patient {
  std::string server;     // as --server named it; empty for a clone
  std::string directory;  // where git is asked about it; absolute
  std::string common_directory;
  std::vector<HookFacts> hooks;               // of its side, in the table's order
  std::optional<git::Repository> repository;  // nothing for a folder that belongs to none
  std::string remote;                         // a clone's; empty where it has none
  int git_version = 0;
  std::map<std::string, std::string, std::less<>> environment;

  Side side() const { return server.empty() ? Side::kClient : Side::kServer; }

  /// The refs that its door goes by.
  hooks::KnownRefs Refs() const;

  /// ` --server DIR`, to be put behind a command; empty for a clone.
  std::string ServerOption() const;
};

/// Throws hooks::UsageError or gates::WorldError where there is nothing to look at.
Patient Admit(const std::string& server, const hooks::Process& process);

/// Whether the hook is there, and git-verdict answers at it. Something known to be wrong is told
/// of by the checks.
bool IsDoor(const HookFacts& hook);

/// Looks at everything once; nothing is changed. A check speaks of a hook under its name.
gates::Examination Examine(const Patient& patient);

// The single checks, for the table in examine.cc.
using Checks = std::vector<gates::Examined>;
void CheckHooks(const Patient& patient, Checks& checks);
void CheckHooksPath(const Patient& patient, Checks& checks);
void CheckWorktrees(const Patient& patient, Checks& checks);
void CheckSkips(const Patient& patient, Checks& checks);
void CheckPolicy(const Patient& patient, Checks& checks);
void CheckDefaultBranch(const Patient& patient, Checks& checks);
void CheckObjects(const Patient& patient, Checks& checks);
void CheckHistory(const Patient& patient, Checks& checks);
void CheckVersions(const Patient& patient, Checks& checks);

}  // namespace install
