#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "gates/core/object_id.h"
#include "gates/core/world.h"

namespace forges {

/// The variables of a CI job. What is not what it has to be throws WorldError
/// (INPUT_MALFORMED): a job that is half described is not judged.
class Variables {
 public:
  using Environment = std::map<std::string, std::string, std::less<>>;

  explicit Variables(const Environment& environment) : environment_(environment) {}

  /// Empty where it is not set.
  std::string Find(std::string_view name) const;

  /// Whether it says yes: set, and not to `false`.
  bool IsOn(std::string_view name) const;

  std::string Require(std::string_view name) const;

  /// A full id.
  gates::ObjectId RequireCommit(std::string_view name) const;

  /// A short branch name, made a full one.
  std::string RequireBranch(std::string_view name) const;

 private:
  const Environment& environment_;
};

/// A full id, which `what` holds.
gates::ObjectId RequireId(const std::string& text, const std::string& what);

/// The full name of a branch, which `what` names in short.
std::string FullName(const std::string& branch, const std::string& what);

/// That the job is not of a kind that could be judged.
gates::WorldError Unfit(const std::string& what);

}  // namespace forges
