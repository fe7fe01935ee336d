#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/pattern.h"
#include "gates/core/policy.h"
#include "gates/core/tree.h"

namespace gates {

/// Where a path stands as seen from the work items.
struct Placement {
  std::string_view work_item;      // empty: in no item's folder
  const GateRule* gate = nullptr;  // the path is this gate's log, or its signature
  bool is_signature = false;
};

/// The policy's section `docs`, compiled: its globs, and what a placeholder looks like.
struct DocsPatterns {
  struct Update {
    std::vector<Pattern> when;
    std::vector<Pattern> update;
  };

  std::vector<Update> rules;  // as in the policy
  std::vector<Pattern> placeholder_paths;
  std::optional<Pattern> placeholder;
};

bool MatchesAny(std::span<const Pattern> patterns, std::string_view path);

/// A policy, compiled: what its words mean for refs, paths and names.
class Rules {
 public:
  /// `default_branch` is a full ref name, empty where it is not known;
  /// `allowed_signers` what stands in the file that `writers` names.
  Rules(Policy policy, std::string default_branch, std::string allowed_signers = "");

  const Policy& policy() const { return policy_; }
  const std::string& default_branch() const { return default_branch_; }
  const std::string& allowed_signers() const { return allowed_signers_; }
  const DocsPatterns& docs() const { return docs_; }

  bool IsProtected(std::string_view ref) const;

  /// What the full names of protected refs start with; none starts with another one.
  std::vector<std::string> ProtectedPrefixes() const;

  /// Whether a name that is not protected would be after ASCII case folding, or
  /// after dropping its non-ASCII characters: a look-alike of a protected ref.
  bool LooksProtected(std::string_view ref) const;

  /// Whether `name` is a whole-match work item ID and one plain path component.
  bool IsWorkItem(std::string_view name) const;

  Placement Place(std::string_view path) const;

  /// Whether policy exempts the file at `path`: regular, not executable, and
  /// never the policy itself, its allowed signers or a log: those are judged
  /// whatever a glob covers.
  bool IsExempt(std::string_view path, const TreeEntry& entry) const;

  std::string ItemFolder(std::string_view work_item) const;

 private:
  std::vector<std::string> ProtectedGlobs() const;
  const std::vector<Pattern>& LookAlikes() const;

  Policy policy_;
  std::string default_branch_;
  std::string allowed_signers_;
  std::vector<Pattern> protected_refs_;
  mutable std::vector<Pattern> look_alikes_;  // of protected refs; compiled when first asked for
  Pattern id_;
  std::vector<Pattern> exempt_;
  DocsPatterns docs_;
};

}  // namespace gates
