#include "hooks/git/loose_backend.h"

#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <limits>

namespace git {
namespace {

constexpr int kPriority = 1;  // after packs, as in libgit2
constexpr size_t kLongestHeader = 32;

int Refuse(const char* why) {
  git_error_set_str(GIT_ERROR_ODB, why);
  return GIT_ERROR;
}

// One loose object: a zlib stream of `<type> SP <size> NUL <bytes>`.
class LooseFile {
 public:
  explicit LooseFile(const char* path) : file_(::open(path, O_RDONLY | O_CLOEXEC)) {
    error_ = errno;
    ready_ = file_ >= 0 && ::inflateInit(&stream_) == Z_OK;
  }
  ~LooseFile() {
    if (ready_) ::inflateEnd(&stream_);
    if (file_ >= 0) ::close(file_);
  }
  LooseFile(const LooseFile&) = delete;
  LooseFile& operator=(const LooseFile&) = delete;

  bool is_absent() const { return file_ < 0 && (error_ == ENOENT || error_ == ENOTDIR); }

  /// Reads the header, which comes first; 0 or what libgit2 is to return.
  int ReadHeader(size_t& size, git_object_t& type);

  /// Inflates up to `wanted` bytes; fewer where the object ends or is damaged.
  size_t Inflate(unsigned char* target, size_t wanted);

  /// Whether the stream has ended well and nothing stands behind it.
  bool EndsHere();

 private:
  bool Refill();

  int file_;
  int error_ = 0;
  bool ready_ = false;
  int status_ = Z_OK;
  z_stream stream_{};
  std::array<unsigned char, 16 * 1024> chunk_;
};

bool LooseFile::Refill() {
  ssize_t count = 0;
  do count = ::read(file_, chunk_.data(), chunk_.size());
  while (count < 0 && errno == EINTR);
  stream_.next_in = chunk_.data();
  stream_.avail_in = static_cast<uInt>(std::max<ssize_t>(count, 0));
  return count > 0;
}

size_t LooseFile::Inflate(unsigned char* target, size_t wanted) {
  size_t done = 0;
  while (ready_ && done < wanted && status_ == Z_OK) {
    if (stream_.avail_in == 0 && !Refill()) break;
    const auto step =
        static_cast<uInt>(std::min<size_t>(wanted - done, std::numeric_limits<uInt>::max()));
    stream_.next_out = target + done;
    stream_.avail_out = step;
    status_ = ::inflate(&stream_, Z_NO_FLUSH);
    if (status_ == Z_BUF_ERROR) status_ = Z_OK;  // it only wants more input
    done += step - stream_.avail_out;
  }
  return done;
}

bool LooseFile::EndsHere() {
  unsigned char beyond = 0;
  return Inflate(&beyond, 1) == 0 && status_ == Z_STREAM_END && stream_.avail_in == 0 && !Refill();
}

int LooseFile::ReadHeader(size_t& size, git_object_t& type) {
  if (is_absent()) return GIT_ENOTFOUND;
  if (!ready_) return Refuse("a loose object cannot be opened");
  std::array<char, kLongestHeader> header{};
  size_t length = 0;
  while (length < header.size()) {
    unsigned char byte = 0;
    if (Inflate(&byte, 1) == 0) return Refuse("a loose object is damaged in its header");
    if (byte == 0) break;
    header[length++] = static_cast<char>(byte);
  }
  char* const end = header.data() + length;
  char* const space = std::find(header.data(), end, ' ');
  if (space == end || length == header.size()) return Refuse("a loose object has no header");
  *space = '\0';
  type = git_object_string2type(header.data());
  const auto read = std::from_chars(space + 1, end, size);
  if (!git_object_typeisloose(type) || read.ec != std::errc() || read.ptr != end)
    return Refuse("a loose object has no sane header");
  return 0;
}

struct LooseBackend : git_odb_backend {
  std::string directory;  // with a slash at its end
};

std::string PathOf(const git_odb_backend* backend, const git_oid* id) {
  std::array<char, GIT_OID_HEXSZ + 2> path{};  // "ab/cdef..."
  git_oid_pathfmt(path.data(), id);
  return static_cast<const LooseBackend*>(backend)->directory + path.data();
}

// --- what libgit2 calls; noexcept, since nothing may be thrown through it ---

int ReadHeader(size_t* size, git_object_t* type, git_odb_backend* backend,
               const git_oid* id) noexcept {
  return LooseFile(PathOf(backend, id).c_str()).ReadHeader(*size, *type);
}

int Read(void** bytes, size_t* size, git_object_t* type, git_odb_backend* backend,
         const git_oid* id) noexcept {
  LooseFile file(PathOf(backend, id).c_str());
  if (const int code = file.ReadHeader(*size, *type); code < 0) return code;
  if (*size == std::numeric_limits<size_t>::max()) return Refuse("a loose object is too large");
  void* const data = git_odb_backend_data_alloc(backend, *size + 1);
  if (!data) return GIT_ERROR;
  auto* const target = static_cast<unsigned char*>(data);
  if (file.Inflate(target, *size) != *size || !file.EndsHere()) {
    git_odb_backend_data_free(backend, data);
    return Refuse("a loose object is truncated or damaged");
  }
  target[*size] = '\0';  // libgit2's parsers count on it
  *bytes = data;
  return 0;
}

int Exists(git_odb_backend* backend, const git_oid* id) noexcept {
  return ::access(PathOf(backend, id).c_str(), F_OK) == 0;
}

void Free(git_odb_backend* backend) noexcept {
  const std::unique_ptr<LooseBackend> owned(static_cast<LooseBackend*>(backend));
}

}  // namespace

void AddLooseObjects(git_odb* odb, const std::string& objects_directory) {
  auto backend = std::make_unique<LooseBackend>();
  Check(git_odb_init_backend(backend.get(), GIT_ODB_BACKEND_VERSION), "make a backend");
  backend->directory = objects_directory + "/";
  backend->read = Read;
  backend->read_header = ReadHeader;
  backend->exists = Exists;
  backend->free = Free;
  Check(git_odb_add_backend(odb, backend.get(), kPriority), "add loose objects");
  (void)backend.release();  // the object database frees it
}

}  // namespace git
