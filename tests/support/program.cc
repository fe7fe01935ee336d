#include "tests/support/program.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>

namespace test {
namespace {

[[noreturn]] void Fail(const std::string& what) { throw std::runtime_error(what); }

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t WaitFor(pid_t child, int& status, int options) {
  pid_t ended = 0;
  while ((ended = ::waitpid(child, &status, options)) < 0)
    if (errno != EINTR) Fail("cannot wait for a child");
  return ended;
}

}  // namespace

// A file without a name: it cannot fill up like a pipe, so nothing has to be polled.
class Running::Scratch {
 public:
  explicit Scratch(std::string_view text = "") : file_(std::tmpfile()) {
    if (!file_) Fail("cannot make a temporary file");
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) Fail("cannot write to it");
    std::fflush(file_);
    std::rewind(file_);
  }
  ~Scratch() { std::fclose(file_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  int descriptor() const { return ::fileno(file_); }

  std::string Text() {
    std::string text;
    char chunk[4096];
    std::rewind(file_);
    while (const size_t count = std::fread(chunk, 1, sizeof chunk, file_))
      text.append(chunk, count);
    return text;
  }

 private:
  FILE* file_;
};

Running::Running(const std::vector<std::string>& command, const std::string& directory,
                 const Environment& environment, std::string_view input)
    : in_(std::make_unique<Scratch>(input)),
      out_(std::make_unique<Scratch>()),
      err_(std::make_unique<Scratch>()) {
  std::vector<std::string> arguments = command;
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  posix_spawn_file_actions_adddup2(&actions, in_->descriptor(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out_->descriptor(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err_->descriptor(), STDERR_FILENO);
  const int error = ::posix_spawnp(&pid_, arguments[0].c_str(), &actions, nullptr,
                                   Pointers(arguments).data(), Pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error == 0) return;
  pid_ = 0;
  std::string words;
  for (const std::string& word : command) words += word + " ";
  Fail("cannot start " + words + "in " + directory);
}

Running::~Running() {
  if (pid_ == 0 || HasEnded()) return;
  ::kill(pid_, SIGKILL);
  WaitFor(pid_, wait_status_, 0);
}

Running::Running(Running&& other) noexcept
    : in_(std::move(other.in_)),
      out_(std::move(other.out_)),
      err_(std::move(other.err_)),
      pid_(std::exchange(other.pid_, 0)),
      wait_status_(other.wait_status_) {}

bool Running::HasEnded() {
  if (pid_ != 0 && WaitFor(pid_, wait_status_, WNOHANG) == pid_) pid_ = 0;
  return pid_ == 0;
}

Ran Running::Wait() {
  if (pid_ != 0) WaitFor(std::exchange(pid_, 0), wait_status_, 0);
  const int status =
      WIFEXITED(wait_status_) ? WEXITSTATUS(wait_status_) : 128 + WTERMSIG(wait_status_);
  return {status, out_->Text(), err_->Text()};
}

Ran RunProgram(const std::vector<std::string>& command, const std::string& directory,
               const Environment& environment, std::string_view input) {
  return Running(command, directory, environment, input).Wait();
}

}  // namespace test
