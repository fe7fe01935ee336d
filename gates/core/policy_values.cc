#include "gates/core/policy_values.h"

#include <algorithm>

namespace gates {

bool IsPathComponent(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !name.empty() && name != "." && name != ".." && name != ".git" &&
         name.find('/') == std::string_view::npos && std::ranges::none_of(name, is_control);
}

bool IsPath(const std::string& text) {
  std::string_view path = text;
  while (true) {
    const size_t slash = path.find('/');
    if (!IsPathComponent(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace gates
