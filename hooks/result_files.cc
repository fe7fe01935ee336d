#include "hooks/result_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>

#include "gates/core/world.h"

namespace hooks {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStandardInput = "-";

std::string NameOf(const std::string& path) {
  return path == kStandardInput ? "standard input" : path;
}

[[noreturn]] void Refuse(const std::string& path, std::string_view why) {
  throw gates::WorldError(gates::Code::kInputMalformed,
                          fmt::format("cannot read {}: {}", NameOf(path), why),
                          "name a readable file of results");
}

std::string ReadFrom(std::istream& in, const std::string& path, size_t room) {
  std::string bytes;
  std::array<char, 64 * 1024> chunk;
  errno = 0;
  while (in.read(chunk.data(), chunk.size()) || in.gcount() > 0) {
    bytes.append(chunk.data(), static_cast<size_t>(in.gcount()));
    if (bytes.size() > room)
      Refuse(path, fmt::format("more than {} MiB of results", gates::kMostResultBytes >> 20));
  }
  if (in.bad()) Refuse(path, errno ? std::strerror(errno) : "the read failed");
  return bytes;
}

std::string ReadPath(const std::string& path, size_t room, Process& process) {
  if (path == kStandardInput) return ReadFrom(process.in, path, room);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) Refuse(path, errno ? std::strerror(errno) : "it cannot be opened");
  return ReadFrom(file, path, room);
}

}  // namespace

std::vector<ResultFile> ReadResultFiles(std::span<const std::string> paths, Process& process) {
  size_t room = gates::kMostResultBytes;
  std::vector<ResultFile> files;
  for (const std::string& path : paths) {
    files.push_back({path, ReadPath(path, room, process)});
    room -= files.back().bytes.size();
  }
  return files;
}

tl::expected<std::vector<gates::CheckResult>, std::string> ResultsIn(
    std::span<const ResultFile> files) {
  std::vector<gates::CheckResult> all;
  for (const ResultFile& file : files) {
    auto results = gates::ReadResults(file.bytes);
    if (!results) return tl::unexpected(fmt::format("{}: {}", NameOf(file.path), results.error()));
    std::ranges::move(*results, std::back_inserter(all));
    if (all.size() > gates::kMostResults)
      return tl::unexpected(fmt::format("more than {} results", gates::kMostResults));
  }
  return all;
}

void RemoveResultFile(const std::string& path) {
  const auto refuse = [&](std::string_view why) {
    throw gates::WorldError(gates::Code::kInputMalformed,
                            fmt::format("{} {}, results cannot stand there", path, why),
                            "give --results another file");
  };
  std::error_code fault;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, fault)) refuse("is in no folder that is there");
  const fs::file_status status = fs::symlink_status(path);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_symlink(status))
    refuse("is no ordinary file");
  fs::remove(path);
}

// Beside its place first: whoever reads the file sees all of it.
void WriteResultFile(const std::string& path, std::string_view text) {
  const std::string draft = fmt::format("{}.{}.new", path, getpid());
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  bool is_written = file >= 0;
  while (is_written && !text.empty()) {
    const ssize_t put = write(file, text.data(), text.size());
    is_written = put > 0;
    if (is_written) text.remove_prefix(static_cast<size_t>(put));
  }
  is_written = is_written && fsync(file) == 0;
  is_written = file >= 0 && close(file) == 0 && is_written;
  is_written = is_written && rename(draft.c_str(), path.c_str()) == 0;
  if (is_written) return;
  const int error = errno;
  if (file >= 0) unlink(draft.c_str());
  throw std::runtime_error(
      fmt::format("cannot write the results to {}: {}", path, std::strerror(error)));
}

}  // namespace hooks
