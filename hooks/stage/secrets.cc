#include "hooks/stage/secrets.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <tl/expected.hpp>

#include "hooks/stage/masks.h"

namespace stage {
namespace {

constexpr size_t kLongest = 64 * 1024;

using Read = tl::expected<std::string, std::string>;

tl::unexpected<std::string> Why(std::string why) { return tl::unexpected(std::move(why)); }

// Not blocking: a pipe that nobody writes to would hold up the whole run.
Read ReadSecretFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return Why(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  struct stat status {};
  const bool is_regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  std::string text(kLongest + 1, '\0');
  const ssize_t got = is_regular ? read(file, text.data(), text.size()) : -1;
  const int error = errno;
  close(file);
  if (!is_regular) return Why(fmt::format("{} is no ordinary file", path));
  if (got < 0) return Why(fmt::format("cannot read {}: {}", path, std::strerror(error)));
  text.resize(static_cast<size_t>(got));
  // An editor's line end is not part of a secret.
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Read ReadVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value) return Why(fmt::format("the variable {} is not set", name));
  return std::string(value);
}

Read ReadSecret(const gates::SecretSource& source) {
  Read value = source.file.empty() ? ReadVariable(source.variable) : ReadSecretFile(source.file);
  if (!value) return value;
  if (value->size() < Masks::kShortest)
    return Why(
        fmt::format("it is shorter than {} bytes and could not be masked", Masks::kShortest));
  if (value->size() > kLongest) return Why("it is longer than 64 KiB");
  if (value->find('\0') != std::string::npos) return Why("it holds a NUL byte");
  return value;
}

}  // namespace

Secrets ReadSecrets(const std::vector<gates::SecretSource>& sources) {
  Secrets secrets;
  for (const gates::SecretSource& source : sources) {
    Read value = ReadSecret(source);
    if (value)
      secrets.values.emplace(source.name, *std::move(value));
    else
      secrets.faults.emplace(source.name, value.error());
  }
  return secrets;
}

}  // namespace stage
