#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "install/git_process.h"
#include "install/scene.h"

namespace install {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& attempt) {
  throw std::system_error(errno, std::generic_category(), attempt);
}

void MakeFolderOf(const std::string& path) { fs::create_directories(fs::path(path).parent_path()); }

/// A new file with this text and exactly this mode; gives whether it could be written whole.
bool WriteNew(const std::string& path, const std::string& text, mode_t mode) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == std::ssize(text) &&
                       (mode == 0644 || fchmod(file, mode) == 0) && fsync(file) == 0;
  const int error = errno;
  close(file);
  errno = error;
  return written;
}

void WriteHookFile(const Step& step) {
  MakeFolderOf(step.path);
  const std::string temporary = fmt::format("{}.{}.new", step.path, getpid());
  const bool written = WriteNew(temporary, step.text, 0755);
  if (written && rename(temporary.c_str(), step.path.c_str()) == 0) return;
  const int error = errno;
  unlink(temporary.c_str());
  errno = error;
  Fail("cannot write " + step.path);
}

// A second name first, so that the hook that is there is at its place until ours is.
void Keep(const Step& step) {
  if (linkat(AT_FDCWD, step.from.c_str(), AT_FDCWD, step.path.c_str(), 0) == 0) return;
  if (errno == EEXIST || rename(step.from.c_str(), step.path.c_str()) != 0)
    Fail("cannot keep " + step.from);
}

void WriteNewFile(const Step& step) {
  MakeFolderOf(step.path);
  if (!WriteNew(step.path, step.text, 0644)) Fail("cannot write " + step.path);
}

void RemoveEmptyFolder(const Step& step) {
  if (rmdir(step.path.c_str()) != 0 && errno != ENOTEMPTY && errno != EEXIST && errno != ENOENT)
    Fail("cannot remove " + step.path);
}

void ChangeConfig(const std::vector<std::string>& arguments) {
  const GitAnswer said = AskGit(arguments);
  if (!said.Succeeded()) throw std::runtime_error("git config: " + said.errors);
}

void CarryOut(const Step& step) {
  using Kind = Step::Kind;
  switch (step.kind) {
    case Kind::kKeep: return Keep(step);
    case Kind::kRestore: return fs::rename(step.from, step.path);
    case Kind::kWriteHook: return WriteHookFile(step);
    case Kind::kWriteFile: return WriteNewFile(step);
    case Kind::kRemove: fs::remove(step.path); return;
    case Kind::kRemoveFolder: return RemoveEmptyFolder(step);
    case Kind::kConfig: return ChangeConfig({"config", "--local", step.path, step.text});
    case Kind::kForgetConfig:
      return ChangeConfig({"config", "--local", "--remove-section", step.path});
  }
}

}  // namespace

void CarryOut(const Plan& plan) {
  for (const Step& step : plan.steps) CarryOut(step);
}

}  // namespace install
