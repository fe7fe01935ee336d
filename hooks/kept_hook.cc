#include "hooks/kept_hook.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include "hooks/command_line.h"

extern char** environ;

namespace hooks {
namespace {

/// An owned file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void Fail(int error, const std::string& attempt) {
  throw std::system_error(error, std::generic_category(), attempt);
}

// In memory: whatever the child does with its input, nobody waits for a pipe.
void Fill(const Descriptor& file, std::string_view input) {
  if (file.number() < 0) Fail(errno, "cannot keep the hook's input");
  while (!input.empty()) {
    const ssize_t written = write(file.number(), input.data(), input.size());
    if (written < 0) Fail(errno, "cannot keep the hook's input");
    input.remove_prefix(static_cast<size_t>(written));
  }
  if (lseek(file.number(), 0, SEEK_SET) != 0) Fail(errno, "cannot keep the hook's input");
}

// A failed start is a failed hook, and so a refused push.
pid_t Start(const std::string& path, std::vector<char*> argv, int input) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int error = posix_spawn(&child, path.c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) Fail(error, "cannot run the kept hook " + path);
  return child;
}

}  // namespace

void AddKeptOption(CommandLine& line, std::string& kept) {
  line.AddOption("--kept", kept, "FILE", "run this hook as well when ours allows");
}

int RunKeptHook(const std::string& path, const std::vector<std::string>& arguments,
                std::string_view input) {
  if (access(path.c_str(), X_OK) != 0) return 0;
  const Descriptor file(memfd_create("hook-input", MFD_CLOEXEC));
  Fill(file, input);
  std::string program = path;
  std::vector<std::string> words = arguments;
  std::vector<char*> argv{program.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = Start(program, std::move(argv), file.number());
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) Fail(errno, "cannot wait for the kept hook " + path);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

ExitCode AskKeptHook(const std::string& path, const std::vector<std::string>& arguments,
                     std::string_view input) {
  const bool allows = path.empty() || RunKeptHook(path, arguments, input) == 0;
  return allows ? ExitCode::kAllowed : ExitCode::kRefused;
}

}  // namespace hooks
