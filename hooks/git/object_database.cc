#include "hooks/git/object_database.h"

#include <git2/sys/odb_backend.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "hooks/git/loose_backend.h"

namespace git {
namespace {

namespace fs = std::filesystem;

constexpr int kPackPriority = 2;  // packs before loose objects
constexpr int kDeepestAlternate = 5;

// Object directories in the order they are to be searched, none of them twice.
class ObjectDirectories {
 public:
  /// Adds `directory`, where there is one, and what its `info/alternates` names.
  void Add(const fs::path& directory, int depth = 0) {
    std::error_code absent;
    const fs::path path = fs::canonical(directory, absent);
    if (absent || !fs::is_directory(path) || std::ranges::find(paths_, path) != paths_.end())
      return;
    paths_.push_back(path);
    if (depth == kDeepestAlternate) return;
    std::ifstream alternates(path / "info/alternates");
    for (std::string line; std::getline(alternates, line);) {
      if (line.empty() || line.front() == '#') continue;
      if (line.front() != '/' && depth > 0) continue;  // git allows relative ones here only
      Add(path / line, depth + 1);
    }
  }

  const std::vector<fs::path>& paths() const { return paths_; }

 private:
  std::vector<fs::path> paths_;
};

using BackendHandle =
    Handle<git_odb_backend, [](git_odb_backend* backend) { backend->free(backend); }>;

void AddPacks(git_odb* odb, const std::string& directory) {
  auto packs =
      Own<BackendHandle>("read the packs in " + directory, git_odb_backend_pack, directory.c_str());
  Check(git_odb_add_backend(odb, packs.get(), kPackPriority), "add the packs in " + directory);
  (void)packs.release();  // the object database frees it
}

}  // namespace

OdbHandle OpenObjectDatabase(const std::string& common_directory,
                             const std::vector<std::string>& more) {
  ObjectDirectories directories;
  directories.Add(fs::path(common_directory) / "objects");
  for (const std::string& directory : more) directories.Add(directory);
  auto odb = Own<OdbHandle>("make an object database", git_odb_new);
  for (const fs::path& path : directories.paths()) {
    AddPacks(odb.get(), path.string());
    AddLooseObjects(odb.get(), path.string());
  }
  return odb;
}

}  // namespace git
