#pragma once

#include <string>
#include <vector>

#include "install/scene.h"

namespace install {

/// A file to start from, and what its reader does with it next.
struct StarterFile {
  std::string path;  // from the top of the work tree
  std::string text;
  std::string next;
};

/// The files that a wish asks for.
std::vector<StarterFile> FilesFor(const Wish& wish);

}  // namespace install
