#pragma once

#include "install/patient.h"

namespace install {

/// Pushes bad verdicts and a good one at every door of the patient, each in a copy of its own
/// that is thrown away, and adds what became of them. `examination` holds what Examine found:
/// it tells why a door that let something through is open.
void Prove(const Patient& patient, gates::Examination& examination);

}  // namespace install
