#pragma once

#include <string>

// The hook managers that tests run beside git-verdict, and the pages that tell how.

namespace e2e {

inline const std::string kNpmPrograms = SOURCE_DIR "/build/npm/node_modules/.bin";

/// Puts git-verdict and the programs of tests/npm into the PATH of this process, and keeps
/// npm from asking for updates.
void UseManagers();

/// Whether a program is in the PATH.
bool IsInstalled(const std::string& program);

/// Makes a clone a package of npm's, with the programs of tests/npm as its own.
void MakeNodePackage(const std::string& directory);

/// The first block of docs/hooks/<page> that holds these words.
std::string BlockOf(const std::string& page, const std::string& words);

/// Skips the test where a program is not there.
#define NEEDS(program) \
  if (!::e2e::IsInstalled(program)) GTEST_SKIP() << program << " is not installed here"

}  // namespace e2e
