#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gates/proof/change.h"

namespace gates {

/// The search for placeholders in the texts that a change brings, where the policy asks for it.
class PlaceholderSearch {
 public:
  explicit PlaceholderSearch(const Change& change) : change_(change) {}

  /// Takes up a path that the change brings, if it is one of those to be searched.
  void Add(const std::string& path, const TreeEntry& entry);

  /// PLACEHOLDER_UNRESOLVED for the first of each line, and for a text that is too large to be
  /// searched; not more than a hundred.
  std::vector<Finding> Run();

 private:
  const std::vector<Placeholder>& PlaceholdersIn(const ObjectId& text);
  std::vector<Placeholder> SearchText(const std::string& text) const;
  std::vector<Finding> FaultsOf(const std::string& path, const ObjectId& text);

  const Change& change_;
  std::vector<std::pair<std::string, ObjectId>> texts_;  // path, blob
};

}  // namespace gates
