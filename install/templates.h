#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace install {

/// A ready file that a work tree gets for a forge. It is a plain file: no bit says that it runs.
struct CiFile {
  std::string_view forge;  // "github", as `install --ci` names it
  std::string_view path;   // from the top of the work tree
  std::string_view ready;  // its name in install/templates/
  std::string_view next;   // what is left to do by hand; may be empty
};

/// THE TABLE of CI files, those of one forge together.
std::span<const CiFile> AllCiFiles();

/// The forges of that table, each once.
std::vector<std::string_view> CiForges();

/// The text of a file in install/templates/, which the program holds. Empty: there is none.
std::string_view Template(std::string_view name);

}  // namespace install
