#include "hooks/git/ref_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "hooks/git/handle.h"
#include "hooks/git/repository.h"

namespace git {
namespace {

namespace fs = std::filesystem;
using gates::ObjectId;

constexpr std::string_view kRefs = "refs/";
constexpr size_t kIdDigits = 40;

/// By name; nothing: a loose file that is no direct ref, and hides a packed one all the same.
using Targets = std::map<std::string, std::optional<ObjectId>, std::less<>>;

// Git reads digits in upper case too, and writes none.
std::optional<ObjectId> ReadId(std::string_view digits) {
  std::string lower(digits.substr(0, kIdDigits));
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return ObjectId::FromHex(lower);
}

// Nothing where it is no direct ref: a symbolic one, or garbage.
std::optional<ObjectId> ReadTarget(std::ifstream& file) {
  std::string text(kIdDigits + 1, '\n');
  file.read(text.data(), std::ssize(text));
  if (std::string_view(" \t\r\n").find(text.back()) == std::string_view::npos) return std::nullopt;
  return ReadId(text);
}

/// The loose refs of one repository.
class LooseRefs {
 public:
  LooseRefs(std::string directory, std::string_view prefix)
      : directory_(std::move(directory)), prefix_(prefix) {}

  Targets Read() {
    const size_t slash = prefix_.rfind('/');
    ReadFolder(prefix_.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
    return std::move(found_);
  }

 private:
  /// `folder` ends in a slash.
  void ReadFolder(std::string_view folder) {
    std::error_code failed;
    fs::directory_iterator entries(fs::path(directory_) / folder, failed);
    for (; !failed && entries != fs::directory_iterator(); entries.increment(failed))
      ReadEntry(*entries, std::string(folder) + entries->path().filename().string());
    // What is not there, or is gone by now, holds no refs.
    if (failed && failed != std::errc::no_such_file_or_directory &&
        failed != std::errc::not_a_directory)
      throw Unreadable("cannot list the refs in " + std::string(folder) + ": " + failed.message());
  }

  void ReadEntry(const fs::directory_entry& entry, const std::string& name) {
    std::error_code gone;
    if (entry.is_directory(gone)) {
      const std::string folder = name + "/";
      if (folder.starts_with(prefix_) || prefix_.starts_with(folder)) ReadFolder(folder);
    } else if (entry.is_regular_file(gone) && name.starts_with(prefix_) && IsRefName(name)) {
      std::ifstream file(entry.path(), std::ios::binary);
      if (file.is_open())
        found_[name] = ReadTarget(file);
      else if (fs::exists(entry.path(), gone))  // else it was packed or deleted just now
        throw Unreadable("cannot read the ref " + name);
    }
  }

  std::string directory_;
  std::string_view prefix_;
  Targets found_;
};

gates::WorldError BadPackedRefs(const std::string& line) {
  return Unreadable("packed-refs holds a line that is no ref: " + line);
}

// `<id> SP <name>`, and below it `^<id>` where the ref is a tag of that.
void AddPackedRefs(const std::string& file, std::string_view prefix, Targets& refs) {
  std::ifstream lines(file, std::ios::binary);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#') || line.starts_with('^')) continue;
    const std::string_view text = line;
    if (text.size() < kIdDigits + 2 || text[kIdDigits] != ' ') throw BadPackedRefs(line);
    const std::string_view name = text.substr(kIdDigits + 1);
    if (!name.starts_with(prefix) || refs.contains(name)) continue;
    const auto target = ReadId(text);
    if (!target) throw BadPackedRefs(line);
    if (IsRefName(std::string(name))) refs.emplace(name, target);
  }
}

}  // namespace

std::vector<gates::Ref> ListRefFiles(const std::string& common_directory, std::string_view prefix) {
  if (kRefs.starts_with(prefix)) prefix = kRefs;  // HEAD and its like are not listed
  if (!prefix.starts_with(kRefs)) return {};
  // What leads out of the folder of refs (`../`) holds none, and may be of any size.
  if (!IsRefName(std::string(prefix.substr(0, prefix.rfind('/') + 1)) + "x")) return {};
  // Loose ones first: one that is packed meanwhile is seen twice then, and not missed.
  Targets targets = LooseRefs(common_directory, prefix).Read();
  AddPackedRefs(common_directory + "/packed-refs", prefix, targets);
  std::vector<gates::Ref> refs;
  for (const auto& [name, target] : targets)
    if (target) refs.push_back({name, *target});
  return refs;
}

}  // namespace git
