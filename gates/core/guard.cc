#include "gates/core/guard.h"

#include "gates/core/world.h"

namespace gates {

std::vector<Finding> Guard(const std::function<std::vector<Finding>()>& work) {
  try {
    return work();
  } catch (const WorldError& error) {
    Finding finding = MakeFinding(error.code, error.what(), error.remedy);
    finding.sha = error.sha;
    finding.weight = Weight::kCannotEvaluate;
    return {std::move(finding)};
  } catch (const std::exception& error) {
    Finding finding = MakeFinding(Code::kInternal, "the gate itself failed",
                                  "run it again; if it fails again, report this");
    finding.found = error.what();
    return {std::move(finding)};
  }
}

}  // namespace gates
