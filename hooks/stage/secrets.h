#pragma once

#include <map>
#include <string>
#include <vector>

#include "gates/staging/suite.h"

namespace stage {

/// The secrets of a suite: each has either a value or a reason why it has none.
struct Secrets {
  gates::SecretValues values;
  std::map<std::string, std::string, std::less<>> faults;
};

/// Reads them from this process's environment and from files.
Secrets ReadSecrets(const std::vector<gates::SecretSource>& sources);

}  // namespace stage
