#pragma once

#include <cstdint>
#include <string>

#include "gates/core/object_id.h"

namespace gates {

/// One path of an index.
struct StagedFile {
  enum class Kind { kConflict, kFile };

  std::string path;
  std::uint32_t mode = 0;  // of a file, as it would stand in a tree; as are links and submodules
  ObjectId id;
  Kind kind = Kind::kConflict;
};

}  // namespace gates
