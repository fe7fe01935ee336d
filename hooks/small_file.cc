#include "hooks/small_file.h"

#include <array>
#include <filesystem>
#include <fstream>

namespace hooks {

std::optional<std::string> ReadSmallFile(const std::string& path, size_t most) {
  std::ifstream file;
  if (std::filesystem::is_regular_file(path)) file.open(path, std::ios::binary);
  std::string text;
  std::array<char, 64 * 1024> chunk;
  while (text.size() <= most && (file.read(chunk.data(), chunk.size()) || file.gcount() > 0))
    text.append(chunk.data(), static_cast<size_t>(file.gcount()));
  if (!file.is_open() || file.bad()) return std::nullopt;
  text.resize(std::min(text.size(), most + 1));
  return text;
}

}  // namespace hooks
