#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gates/core/object_id.h"
#include "hooks/forges/variables.h"

namespace forges {

enum class Kind {
  kProposed,  // somebody asks to merge a head
  kQueued,    // the very commit that the ref gets next, if all goes well
  kPushed,    // the ref has it already
};

/// Where a job's base is to be found.
enum class Base {
  kTargetTip,    // where the target stands in this clone
  kFirstParent,  // of the head: a merge that the forge made, and nobody else can make
  kGiven,        // Job::before
};

/// What a CI job is asked to judge, in the words of its forge.
struct Job {
  std::string event;   // what started it
  std::string target;  // full name of the ref that would move
  Kind kind = Kind::kProposed;
  std::optional<gates::ObjectId> head;  // nothing: what is checked out
  Base base = Base::kTargetTip;
  std::optional<gates::ObjectId> before;  // of kGiven; nothing: the ref was not there
  std::string default_branch;             // full name; empty: the forge does not tell
};

/// A CI forge. To add one: write its file, add its two lines to the table.
struct Forge {
  std::string_view title;
  std::string_view whole_history;  // what makes its clones whole
  bool (*runs)(const Variables&);  // whether its variables are there
  Job (*read)(const Variables&);   // throws WorldError (INPUT_MALFORMED)
};

std::span<const Forge> AllForges();

/// The forge whose job this is, or null. Throws where it might be more than one.
const Forge* FindForge(const Variables& variables);

}  // namespace forges
