#include "tests/e2e/managers.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "tests/docs/page.h"
#include "tests/e2e/story.h"

namespace e2e {

namespace fs = std::filesystem;

void UseManagers() {
  static const bool is_done = [] {
    const char* path = std::getenv("PATH");
    const std::string all = fs::path(kProgram).parent_path().string() + ":" + kNpmPrograms + ":" +
                            (path ? path : "/usr/bin:/bin");
    ::setenv("PATH", all.c_str(), 1);
    ::setenv("npm_config_update_notifier", "false", 1);
    return true;
  }();
  static_cast<void>(is_done);
}

bool IsInstalled(const std::string& program) {
  UseManagers();
  std::istringstream path(std::getenv("PATH"));
  for (std::string folder; std::getline(path, folder, ':');)
    if (::access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  return false;
}

void MakeNodePackage(const std::string& directory) {
  test::WriteFile(directory + "/package.json", "{}\n");
  test::WriteFile(directory + "/.git/info/exclude", "node_modules\n");
  fs::create_directory_symlink(SOURCE_DIR "/build/npm/node_modules", directory + "/node_modules");
}

std::string BlockOf(const std::string& page, const std::string& words) {
  for (const docs::Block& block :
       docs::BlocksOf(test::ReadFile(SOURCE_DIR "/docs/hooks/" + page))) {
    std::string text;
    for (const std::string& line : block.lines) text += line + "\n";
    if (text.find(words) != std::string::npos) return text;
  }
  throw std::runtime_error("no block of " + page + " holds " + words);
}

}  // namespace e2e
