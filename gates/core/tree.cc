#include "gates/core/tree.h"

#include <algorithm>

namespace gates {

int CompareInTree(const TreeEntry& a, const TreeEntry& b) {
  const size_t common = std::min(a.name.size(), b.name.size());
  if (const int order = std::memcmp(a.name.data(), b.name.data(), common)) return order;
  const auto next = [common](const TreeEntry& entry) -> int {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return entry.is_tree() ? '/' : 0;
  };
  if (const int order = next(a) - next(b)) return order;
  return a.name.size() == b.name.size() ? 0 : (a.name.size() < b.name.size() ? -1 : 1);
}

}  // namespace gates
