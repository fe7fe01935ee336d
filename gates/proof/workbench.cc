#include "gates/proof/workbench.h"

namespace gates {

KeptTrees Workbench::ReleaseTrees() {
  KeptTrees kept = reader.ReleaseKept();
  for (const ObjectId& made : overlay.MadeTrees()) kept.Forget(made);
  return kept.is_roomy() ? std::move(kept) : KeptTrees();
}

}  // namespace gates
