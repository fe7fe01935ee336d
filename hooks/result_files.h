#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/staging/results.h"
#include "hooks/command.h"

namespace hooks {

/// A file of results as it was read.
struct ResultFile {
  std::string path;  // "-": standard input
  std::string bytes;
};

/// Reads the files that a command line names, kMostResultBytes of them at most.
/// Throws where one cannot be read or is too large.
std::vector<ResultFile> ReadResultFiles(std::span<const std::string> paths, Process& process);

/// The results in all of them; or what is wrong, with the name of the file.
tl::expected<std::vector<gates::CheckResult>, std::string> ResultsIn(
    std::span<const ResultFile> files);

}  // namespace hooks
