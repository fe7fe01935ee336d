#include "frontmatter/node.h"

#include <algorithm>

namespace frontmatter {

const Field* Node::Find(std::string_view key) const {
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [key](const Field& candidate) { return candidate.key == key; });
  return field == fields.end() ? nullptr : &*field;
}

}  // namespace frontmatter
