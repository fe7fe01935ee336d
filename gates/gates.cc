// The table of gates. To add one: write gates/<name>.cc, add its two lines here.

#include "gates/gate.h"

namespace gates {

GateOutcome JudgeVerdicts(const Change&, const Asked&);
GateOutcome JudgeDocs(const Change&, const Asked&);

namespace {
constexpr Gate kAllGates[] = {
    {"verdict",
     "every work item that a change concerns has the pass token of each required verdict gate, "
     "and one of their logs proves the landing",
     JudgeVerdicts},
    {"docs",
     "what a change touches is told of in the documents that the policy names, and no placeholder "
     "is left in them",
     JudgeDocs},
};
}  // namespace

std::span<const Gate> AllGates() { return kAllGates; }

}  // namespace gates
