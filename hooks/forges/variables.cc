#include "hooks/forges/variables.h"

#include <fmt/format.h>

#include "hooks/ref_lines.h"

namespace forges {

std::string Variables::Find(std::string_view name) const {
  const auto found = environment_.find(name);
  return found == environment_.end() ? "" : found->second;
}

bool Variables::IsOn(std::string_view name) const {
  const std::string value = Find(name);
  return !value.empty() && value != "false";
}

std::string Variables::Require(std::string_view name) const {
  std::string value = Find(name);
  if (value.empty()) throw Unfit(fmt::format("{} is not set", name));
  return value;
}

gates::ObjectId Variables::RequireCommit(std::string_view name) const {
  return RequireId(Require(name), std::string(name));
}

std::string Variables::RequireBranch(std::string_view name) const {
  return FullName(Require(name), std::string(name));
}

gates::ObjectId RequireId(const std::string& text, const std::string& what) {
  if (const auto id = gates::ObjectId::FromHex(text)) return *id;
  throw Unfit(fmt::format("{} is '{}' and no full id of a commit", what, text));
}

std::string FullName(const std::string& branch, const std::string& what) {
  std::string name = "refs/heads/" + branch;
  if (!branch.empty() && hooks::MayBeRefName(name)) return name;
  throw Unfit(fmt::format("{} is '{}' and no name of a branch", what, branch));
}

gates::WorldError Unfit(const std::string& what) {
  return {gates::Code::kInputMalformed, what,
          "give --base REV and --head REV by hand, or ask in a job for a merge or a push"};
}

}  // namespace forges
