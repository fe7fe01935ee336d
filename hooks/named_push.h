#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gates/core/object_id.h"
#include "gates/core/report.h"
#include "hooks/command.h"
#include "hooks/git/repository.h"

namespace hooks {

/// A push as pre-commit and prek tell of it, which keep git's input to themselves: in the
/// variables PRE_COMMIT_*. One ref, whatever else the push moves.
struct NamedPush {
  std::string remote;
  std::string ref;  // full name, on the remote
  std::string tip;  // a full id, or what was typed for it
  /// What `ref` holds, or else (it is new, or nobody here knows) where history is known there.
  std::optional<gates::ObjectId> from;
};

/// The push that the environment names; nothing where it names none. INPUT_MALFORMED where
/// it names a part of one.
tl::expected<std::optional<NamedPush>, gates::Finding> ReadNamedPush(const Process& process);

/// Judges it on what is known of the remote. Where a protected ref stands is not taken from
/// the environment: what that says has to agree, else nobody can tell.
gates::Report JudgeNamedPush(const NamedPush& push, const git::Repository& repository);

}  // namespace hooks
