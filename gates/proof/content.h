#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/core/rules.h"
#include "gates/proof/tree_walk.h"

namespace gates {

/// C(x): the files of a commit as the landing proof counts them, without
/// evidence and without what policy exempts.
class Content {
 public:
  Content(const Root& root, const Rules& rules, TreeReader& reader)
      : root_(root), rules_(rules), reader_(reader) {}

  /// Equal: the same paths with the same modes and bytes. Stops at the first that differs.
  bool operator==(const Content& other) const;

  /// The paths that differ, at most `limit` of them.
  std::vector<std::string> PathsUnlike(const Content& other, size_t limit) const;

 private:
  bool Counts(const std::string& path, const Side& side) const;
  bool TurnsSignature(const Difference& difference) const;

  Root root_;
  const Rules& rules_;
  TreeReader& reader_;
};

/// Whether a file is evidence: a log of the policy's gates in a work item's
/// folder, regular and not executable, or the armored SSH signature beside it.
bool IsEvidence(const std::string& path, const Side& side, const Rules& rules,
                const Objects& objects);

/// Whether a difference is one of evidence alone, on whichever sides it stands.
bool IsEvidenceOnAllSides(const Difference& difference, const Rules& rules, const Objects& objects);

/// The armored SSH signature that a blob holds; nothing where it holds anything else.
std::optional<std::string> ReadSignature(const ObjectId& blob, const Objects& objects);

}  // namespace gates
