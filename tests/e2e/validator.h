#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/story.h"

// Validators of what others read: from npm (tests/npm/install), and xmllint.

namespace e2e {

/// Why there are none on this machine; empty where they are there.
inline std::string NoValidators() {
  if (!std::filesystem::exists(SOURCE_DIR "/build/npm/installed"))
    return "no validators here: tests/npm/install";
  if (Shell("/", "command -v xmllint").status != 0)
    return "no xmllint here: install/dependencies --with-clients";
  return "";
}

/// What tests/npm/validate.mjs finds wrong; empty where all is well.
inline std::string FaultsOf(const std::string& kind, const std::vector<std::string>& files) {
  std::vector<std::string> command{"timeout", "60", "node", SOURCE_DIR "/tests/npm/validate.mjs",
                                   kind};
  command.insert(command.end(), files.begin(), files.end());
  const Ran ran = test::RunProgram(command, "/", PlainEnvironment());
  return ran.status == 0 ? "" : ran.out + ran.err;
}

inline std::string JunitFaults(std::vector<std::string> files) {
  files.insert(files.begin(), {"xmllint", "--noout", "--nonet", "--schema",
                               SOURCE_DIR "/tests/schemas/junit.xsd"});
  const Ran ran = test::RunProgram(files, "/", PlainEnvironment());
  return ran.status == 0 ? "" : ran.err;
}

}  // namespace e2e
