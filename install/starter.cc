#include "install/starter.h"

#include <fmt/format.h>

#include "gates/core/policy.h"
#include "hooks/command.h"
#include "install/templates.h"

namespace install {
namespace {

std::vector<StarterFile> CiFilesOf(const std::string& forge) {
  std::vector<StarterFile> files;
  for (const CiFile& file : AllCiFiles())
    if (file.forge == forge)
      files.push_back(
          {std::string(file.path), std::string(Template(file.ready)), std::string(file.next)});
  if (files.empty())
    throw hooks::UsageError(
        fmt::format("--ci: there is no '{}' (there are {})", forge, fmt::join(CiForges(), ", ")));
  return files;
}

}  // namespace

std::vector<StarterFile> FilesFor(const Wish& wish) {
  std::vector<StarterFile> files;
  if (!wish.forge.empty()) files = CiFilesOf(wish.forge);
  if (wish.policy)
    files.push_back({std::string(gates::Policy::kPath), std::string(Template("policy/verdict.yml")),
                     "land .verdict.yml on the default branch: it judges from then on"});
  return files;
}

}  // namespace install
