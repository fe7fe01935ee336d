#include "install/git_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

extern char** environ;

namespace install {
namespace {

[[noreturn]] void Fail(int error, const std::string& attempt) {
  throw std::system_error(error, std::generic_category(), attempt);
}

std::string ReadToEnd(int file) {
  std::string text;
  char buffer[4096];
  while (true) {
    const ssize_t got = read(file, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<size_t>(got));
  }
}

// Without git's variables: the repository is the one we stand in, whatever they say.
std::vector<char*> PlainEnvironment() {
  std::vector<char*> plain;
  for (char** variable = environ; *variable; ++variable)
    if (!std::string_view(*variable).starts_with("GIT_")) plain.push_back(*variable);
  plain.push_back(nullptr);
  return plain;
}

pid_t Start(const std::vector<std::string>& arguments, int output) {
  std::vector<std::string> words{"git"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error = posix_spawnp(&child, "git", &actions, nullptr, argv.data(),
                                 PlainEnvironment().data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Fail(error, "cannot run git");
  return child;
}

}  // namespace

GitAnswer AskGit(const std::vector<std::string>& arguments) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Fail(errno, "cannot make a pipe");
  const pid_t child = Start(arguments, ends[1]);
  close(ends[1]);
  GitAnswer answer;
  answer.output = ReadToEnd(ends[0]);
  close(ends[0]);
  if (answer.output.ends_with('\n')) answer.output.pop_back();
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) Fail(errno, "cannot wait for git");
  answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return answer;
}

}  // namespace install
