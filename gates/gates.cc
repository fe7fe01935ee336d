// The table of gates. To add one: write gates/<name>.cc, add its two lines here.

#include "gates/gate.h"

namespace gates {

GateOutcome JudgeVerdicts(const Change&, const Asked&);

namespace {
constexpr Gate kAllGates[] = {
    {"verdict",
     "every work item that a change concerns has the pass token of each required verdict gate, "
     "and one of their logs proves the landing",
     JudgeVerdicts},
};
}  // namespace

std::span<const Gate> AllGates() { return kAllGates; }

}  // namespace gates
