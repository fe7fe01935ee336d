#include "hooks/start.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>

extern char** environ;

namespace hooks {
namespace {

bool IsNullDevice(int stream) {
  struct stat status = {};
  struct stat null = {};
  return fstat(stream, &status) == 0 && stat("/dev/null", &null) == 0 && S_ISCHR(status.st_mode) &&
         status.st_rdev == null.st_rdev;
}

}  // namespace

void SecureStandardStreams() {
  signal(SIGPIPE, SIG_IGN);
  // Open for the wrong direction, so that using a stream nobody has opened fails.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const int direction = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (fcntl(stream, F_GETFD) < 0 && errno == EBADF && open("/dev/null", direction) != stream)
      _exit(static_cast<int>(ExitCode::kCannotEvaluate));
  }
}

Process ThisProcess() {
  std::ios::sync_with_stdio(false);
  Process process{std::cin, std::cout, std::cerr, {}};
  for (char** variable = environ; *variable; ++variable) {
    const std::string_view text = *variable;
    const size_t equals = text.find('=');
    if (equals != std::string_view::npos)
      process.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  process.in_is_null = IsNullDevice(STDIN_FILENO);
  process.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  process.err_is_terminal = isatty(STDERR_FILENO) == 1;
  return process;
}

}  // namespace hooks
