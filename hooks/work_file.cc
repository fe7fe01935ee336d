#include "hooks/work_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "gates/core/world.h"
#include "gates/proof/verdict_log.h"

namespace hooks {
namespace {

constexpr int kRealFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr mode_t kAnyFolder = 0777;  // as git makes them: the umask has its say
constexpr mode_t kAnyFile = 0666;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

[[noreturn]] void Fail(const WorkPath& file, const char* attempt) {
  throw gates::WorldError(
      gates::Code::kRepositoryUnreadable,
      fmt::format("cannot {} {}: {}", attempt, file.path, std::strerror(errno)),
      "see that the disk has space, and that it is a plain file in real folders "
      "which you may write; then run it again");
}

std::string_view NameOf(const WorkPath& file) {
  return std::string_view(file.path).substr(file.path.rfind('/') + 1);
}

std::string PreparedNameOf(const WorkPath& file) {
  return fmt::format(".{}.git-verdict", NameOf(file));
}

/// Whether there is one now, on disk too.
bool MakeFolder(const Descriptor& parent, const std::string& name) {
  if (::mkdirat(parent.get(), name.c_str(), kAnyFolder) != 0) return errno == EEXIST;
  return ::fsync(parent.get()) == 0;
}

enum class Missing { kLeave, kMake };

/// The folder that the file stands in, opened step by step; closed where there is none.
Descriptor OpenFolder(const WorkPath& file, Missing missing) {
  Descriptor folder(::open(file.work_tree.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::string_view rest = file.path;
  for (size_t slash; folder.is_open() && (slash = rest.find('/')) != std::string_view::npos;) {
    const std::string name(rest.substr(0, slash));
    rest.remove_prefix(slash + 1);
    if (missing == Missing::kMake && !MakeFolder(folder, name)) return Descriptor(-1);
    folder = Descriptor(::openat(folder.get(), name.c_str(), kRealFolder));
  }
  return folder;
}

void WriteAll(const Descriptor& target, std::string_view text, const WorkPath& file) {
  while (!text.empty()) {
    const ssize_t count = ::write(target.get(), text.data(), text.size());
    if (count < 0 && errno != EINTR) Fail(file, "write");
    text.remove_prefix(static_cast<size_t>(std::max<ssize_t>(count, 0)));
  }
  if (::fsync(target.get()) != 0) Fail(file, "flush");
}

std::string ReadUpTo(const Descriptor& source, size_t limit) {
  std::string text(limit, '\0');
  size_t done = 0;
  while (done < limit) {
    const ssize_t count = ::read(source.get(), text.data() + done, limit - done);
    if (count == 0 || (count < 0 && errno != EINTR)) break;
    done += static_cast<size_t>(std::max<ssize_t>(count, 0));
  }
  text.resize(done);
  return text;
}

}  // namespace

OnDisk LookAt(const WorkPath& file) {
  const Descriptor folder = OpenFolder(file, Missing::kLeave);
  if (!folder.is_open())
    return {errno == ENOENT ? OnDisk::Kind::kNothing : OnDisk::Kind::kOther, ""};
  const std::string name(NameOf(file));
  // Not blocking: opening a named pipe would wait for somebody to write into it.
  const Descriptor source(
      ::openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!source.is_open())
    return {errno == ENOENT ? OnDisk::Kind::kNothing : OnDisk::Kind::kOther, ""};
  if (::fstat(source.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  const auto size = static_cast<std::uint64_t>(status.st_size);
  return {OnDisk::Kind::kFile, ReadUpTo(source, std::min(size, gates::kLogBytes))};
}

void PrepareFile(const WorkPath& file, std::string_view text) {
  const Descriptor folder = OpenFolder(file, Missing::kMake);
  if (!folder.is_open()) Fail(file, "reach");
  const std::string name = PreparedNameOf(file);
  // What an ended run has left.
  if (::unlinkat(folder.get(), name.c_str(), 0) != 0 && errno != ENOENT) Fail(file, "write beside");
  const Descriptor target(::openat(folder.get(), name.c_str(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kAnyFile));
  if (!target.is_open()) Fail(file, "write beside");
  WriteAll(target, text, file);
}

void PlaceFile(const WorkPath& file) {
  const Descriptor folder = OpenFolder(file, Missing::kLeave);
  const std::string name(NameOf(file));
  if (!folder.is_open() ||
      ::renameat(folder.get(), PreparedNameOf(file).c_str(), folder.get(), name.c_str()) != 0)
    Fail(file, "write");
  if (::fsync(folder.get()) != 0) Fail(file, "flush the folder of");
}

void DropPrepared(const WorkPath& file) noexcept {
  const Descriptor folder = OpenFolder(file, Missing::kLeave);
  if (folder.is_open()) ::unlinkat(folder.get(), PreparedNameOf(file).c_str(), 0);
}

void RemoveFile(const WorkPath& file) {
  const Descriptor folder = OpenFolder(file, Missing::kLeave);
  const std::string name(NameOf(file));
  if (!folder.is_open()) return;
  if (::unlinkat(folder.get(), name.c_str(), 0) != 0) {
    if (errno != ENOENT) Fail(file, "remove");
  } else if (::fsync(folder.get()) != 0) {
    Fail(file, "flush the folder of");
  }
}

}  // namespace hooks
