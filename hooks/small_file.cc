#include "hooks/small_file.h"

#include <filesystem>
#include <fstream>

namespace hooks {

std::optional<std::string> ReadSmallFile(const std::string& path, size_t most) {
  std::ifstream file;
  if (std::filesystem::is_regular_file(path)) file.open(path, std::ios::binary);
  std::string text(most + 1, '\0');
  file.read(text.data(), std::ssize(text));
  text.resize(static_cast<size_t>(file.gcount()));
  return file.is_open() && !file.bad() ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace hooks
