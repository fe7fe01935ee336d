#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/rules.h"
#include "install/stand_in.h"

namespace install {

/// A change that is to be pushed, and whether it may land.
struct Plant {
  std::string name;  // "a missing verdict"
  gates::ObjectId tip;
  bool is_good = false;
};

/// Makes the changes in the stand-in's clone, on top of its target; or says why none can be.
tl::expected<std::vector<Plant>, std::string> PlantAll(const StandIn& stand_in,
                                                       const gates::Rules& rules);

}  // namespace install
