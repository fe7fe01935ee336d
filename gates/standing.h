#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/rules.h"
#include "gates/core/world.h"
#include "gates/stages.h"
#include "gates/survey.h"

// Where work items stand, by their logs alone. A report and never a permission:
// what may land is for the gates to say.

namespace gates {

/// What the verdict of a stage says of the commit that is looked at.
enum class StageState {
  kUnreadable,
  kOpen,        // no log
  kSuperseded,  // whatever it says: a stage before this one has a later verdict
  kStale,       // a pass, but of other content
  kFailed,
  kPassed,
};

std::string_view Name(StageState state);  // "unreadable", "open", ...

/// The content of the validated commit beside that of the one that is looked at.
enum class Agreement { kUnknown, kDiffers, kSame };

struct StageStanding {
  Stage stage;
  StageState state = StageState::kUnreadable;
  SurveyedLog log;  // kOpen: only where it would stand
  Agreement content = Agreement::kUnknown;
  std::string differs_in;  // kDiffers: the first such path
};

struct Standing {
  std::string work_item;
  std::vector<StageStanding> stages;  // one for each of AllStages()

  /// The name of a stage, kDone or kDevelopment; nothing where it cannot be told.
  std::optional<std::string_view> next_stage = std::nullopt;
};

/// Where the work items of a commit stand. `findings` are about no single log.
struct Standings {
  std::optional<ObjectId> commit = std::nullopt;  // nothing: it could not be read
  bool has_landed = false;                        // the default branch holds it already
  std::vector<Standing> work_items = {};          // by id
  std::vector<Finding> findings = {};

  /// Worst finding; ALLOW where every log could be read, whatever it says.
  Decision decision() const;
};

/// The commit that is looked at.
struct Seen {
  Commit commit;
  bool has_landed = false;
};

/// Where the items of a commit stand; with `work_item` only that one, which need have no folder.
Standings FindStandings(const Seen& seen, const Rules& rules, const World& world,
                        const std::optional<std::string>& work_item);

}  // namespace gates
