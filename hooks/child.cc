#include "hooks/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>
#include <utility>

// glibc 2.36's header does not say that these are C.
extern "C" {
#include <sys/pidfd.h>
}

extern char** environ;

namespace hooks {
namespace {

using Clock = std::chrono::steady_clock;
using End = ChildAnswer::End;

constexpr int kMillisecondsToEnd = 1000;

[[noreturn]] void Fail(const char* attempt) {
  throw std::system_error(errno, std::generic_category(), attempt);
}

/// A descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { Close(); }

  int number() const { return number_; }
  void Close() {
    if (number_ >= 0) close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Fail("cannot make a pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void DoNotBlock(const Descriptor& end) {
  if (fcntl(end.number(), F_SETFL, O_NONBLOCK) != 0) Fail("cannot change a pipe");
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

/// What posix_spawn is told: three streams, signals and mostly a session of its own.
class SpawnSettings {
 public:
  SpawnSettings(const Pipe& in, const Pipe& out, const Pipe& err, const ChildOrder& order) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, in.read.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, out.write.number(), STDOUT_FILENO);
    if (order.errors == ChildOrder::Errors::kKept)
      posix_spawn_file_actions_adddup2(&actions_, err.write.number(), STDERR_FILENO);
    if (!order.directory.empty())
      posix_spawn_file_actions_addchdir_np(&actions_, order.directory.c_str());
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    const int session = order.terminal == ChildOrder::Terminal::kNone ? POSIX_SPAWN_SETSID : 0;
    posix_spawnattr_setflags(
        &attributes_, static_cast<short>(session | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

/// One stream of a running child, with what it still holds or has to take.
struct Streams {
  Descriptor in, out, err;
  std::string_view input;
};

/// Whether there may be more to read.
bool ReadSome(Descriptor& end, std::string& text, const ChildOrder& order, ChildAnswer& answer) {
  std::array<char, 16384> buffer;
  const ssize_t got = read(end.number(), buffer.data(), buffer.size());
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return errno == EINTR;
  if (got <= 0) {
    end.Close();
    return false;
  }
  const size_t kept = std::min(static_cast<size_t>(got), order.most_output - text.size());
  text.append(buffer.data(), kept);
  if (kept < static_cast<size_t>(got)) answer.output_was_cut = true;
  return true;
}

// A child need not read its input: what it leaves is no fault.
void WriteSome(Streams& streams) {
  const ssize_t put = write(streams.in.number(), streams.input.data(), streams.input.size());
  if (put > 0) streams.input.remove_prefix(static_cast<size_t>(put));
  const bool waits = put < 0 && (errno == EINTR || errno == EAGAIN);
  if (streams.input.empty() || (put < 0 && !waits)) streams.in.Close();
}

// Until the child has ended (kExit) or must end. What it started and left behind
// may hold its streams open longer: nobody waits for that.
End Attend(int child, Streams& streams, const ChildOrder& order, ChildAnswer& answer) {
  const auto end = Clock::now() + order.limit;
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return End::kOutOfTime;
    std::array<pollfd, 5> files{{{child, POLLIN, 0},
                                 {streams.out.number(), POLLIN, 0},
                                 {streams.err.number(), POLLIN, 0},
                                 {streams.in.number(), POLLOUT, 0},
                                 {order.stop, POLLIN, 0}}};
    const int ready =
        poll(files.data(), files.size(), static_cast<int>(std::min<long>(left, 60000)));
    if (ready < 0 && errno != EINTR) Fail("cannot wait for a child");
    if (ready <= 0) continue;
    if (files[3].revents != 0) WriteSome(streams);
    if (files[1].revents != 0) ReadSome(streams.out, answer.output, order, answer);
    if (files[2].revents != 0) ReadSome(streams.err, answer.errors, order, answer);
    if (files[4].revents != 0) return End::kStopped;
    if (files[0].revents == 0) continue;
    while (streams.out.number() >= 0 && ReadSome(streams.out, answer.output, order, answer)) {
    }
    while (streams.err.number() >= 0 && ReadSome(streams.err, answer.errors, order, answer)) {
    }
    return End::kExit;
  }
}

// Who reads a passphrase has to let the terminal echo again.
void TakeDown(pid_t child, const Descriptor& handle, const ChildOrder& order) {
  if (order.terminal == ChildOrder::Terminal::kNone) {
    kill(-child, SIGKILL);
    return;
  }
  kill(child, SIGTERM);
  pollfd ended{handle.number(), POLLIN, 0};
  poll(&ended, 1, kMillisecondsToEnd);
  kill(child, SIGKILL);
}

void Reap(pid_t child, End end, ChildAnswer& answer) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) Fail("cannot wait for a child");
  if (end != End::kExit) {
    answer.end = end;
  } else if (WIFEXITED(status)) {
    answer.end = End::kExit;
    answer.status = WEXITSTATUS(status);
  } else {
    answer.end = End::kSignal;
    answer.status = WTERMSIG(status);
  }
}

}  // namespace

ChildAnswer RunChild(const ChildOrder& order) {
  Pipe in = MakePipe(), out = MakePipe(), err = MakePipe();
  pid_t child = 0;
  ChildAnswer answer;
  {
    const SpawnSettings settings(in, out, err, order);
    answer.status = posix_spawnp(&child, order.arguments.at(0).c_str(), settings.actions(),
                                 settings.attributes(), Pointers(order.arguments).data(),
                                 Pointers(order.environment).data());
  }
  if (answer.status != 0) return answer;
  const Descriptor handle(pidfd_open(child, 0));
  Streams streams{std::move(in.write), std::move(out.read), std::move(err.read), order.input};
  in.read.Close();
  out.write.Close();
  err.write.Close();
  for (const Descriptor* end : {&streams.in, &streams.out, &streams.err}) DoNotBlock(*end);
  if (streams.input.empty()) streams.in.Close();
  const End end =
      handle.number() < 0 ? End::kStopped : Attend(handle.number(), streams, order, answer);
  if (end != End::kExit) TakeDown(child, handle, order);
  Reap(child, end, answer);
  return answer;
}

std::vector<std::string> EnvironmentWithout(const std::vector<std::string>& left_out) {
  std::vector<std::string> environment;
  for (char** variable = environ; *variable; ++variable) {
    const std::string_view text = *variable;
    const auto starts = [&](const std::string& name) { return text.starts_with(name); };
    if (std::ranges::none_of(left_out, starts)) environment.emplace_back(text);
  }
  return environment;
}

}  // namespace hooks
