#pragma once

#include <span>
#include <string>
#include <string_view>
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

/// Takes an earlier file of results away; throws where something else stands there.
void RemoveResultFile(const std::string& path);

/// Writes a file of results, all of it or nothing. Throws where it cannot.
void WriteResultFile(const std::string& path, std::string_view text);

}  // namespace hooks
