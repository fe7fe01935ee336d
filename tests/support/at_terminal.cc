#include "tests/support/at_terminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace test {
namespace {

using Clock = std::chrono::steady_clock;

/// The words of `env -i -C directory NAME=value... command...`.
std::vector<std::string> WithEnv(const std::vector<std::string>& command,
                                 const std::string& directory, const Environment& environment) {
  std::vector<std::string> words{"/usr/bin/env", "-i", "-C", directory};
  for (const auto& [name, value] : environment) words.push_back(name + "=" + value);
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

// Until the program has let go of its terminal, or time is up.
std::string Converse(int terminal, const std::string& question, std::string answer) {
  const auto end = Clock::now() + std::chrono::seconds(30);
  std::string shown;
  std::array<char, 4096> chunk;
  while (Clock::now() < end) {
    pollfd file{terminal, POLLIN, 0};
    if (::poll(&file, 1, 1000) <= 0) continue;
    const ssize_t count = ::read(terminal, chunk.data(), chunk.size());
    if (count <= 0) break;
    shown.append(chunk.data(), static_cast<size_t>(count));
    if (answer.empty() || shown.find(question) == std::string::npos) continue;
    if (::write(terminal, answer.data(), answer.size()) < 0) break;
    answer.clear();
  }
  return shown;
}

}  // namespace

Ran RunAtTerminal(const std::vector<std::string>& command, const std::string& directory,
                  const Environment& environment, const std::string& question,
                  const std::string& answer) {
  std::vector<std::string> words = WithEnv(command, directory, environment);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child < 0) throw std::runtime_error("no terminal is to be had");
  if (child == 0) {
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  Ran ran;
  ran.out = Converse(terminal, question, answer);
  ::close(terminal);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

}  // namespace test
