#include "hooks/last_words.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>

#include "hooks/git/watch.h"

#if defined(__SANITIZE_ADDRESS__)
#define VERDICT_HAS_SANITIZER 1
#elif defined(__has_feature)
#define VERDICT_HAS_SANITIZER __has_feature(address_sanitizer)
#else
#define VERDICT_HAS_SANITIZER 0
#endif

namespace hooks {
namespace {

constexpr int kTickSignal = SIGVTALRM;
constexpr int kTicksPerLimit = 10;

// Plain memory, never destroyed: a signal may come at any moment, at exit too.
struct Text {
  std::array<char, LastWords::kLongest> bytes;
  size_t size;
};
Text stuck_out, stuck_err, crashed_out, crashed_err;
int stuck_status = 2, crashed_status = 2;
std::array<char, 64 * 1024> crash_stack;  // the usual one may be what overflowed

void Keep(std::string_view words, Text& text) {
  text.size = std::min(words.size(), text.bytes.size());
  std::copy_n(words.begin(), text.size, text.bytes.begin());
}

// --- in signal handlers: only what POSIX calls async-signal-safe ---

void Write(int descriptor, const Text& text) {
  size_t written = 0;
  while (written < text.size) {
    const ssize_t count = ::write(descriptor, text.bytes.data() + written, text.size - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    written += static_cast<size_t>(count);
  }
}

[[noreturn]] void Leave(const Text& out, const Text& err, int status) {
  ::signal(SIGPIPE, SIG_IGN);
  Write(STDOUT_FILENO, out);
  Write(STDERR_FILENO, err);
  ::_exit(status);
}

void OnCrash(int) { Leave(crashed_out, crashed_err, crashed_status); }

void OnTick(int) {
  static unsigned last_moment = 0;
  static int ticks = 0;
  const unsigned moment = git::WatchedMoment();
  const bool in_same_call = moment % 2 == 1 && moment == last_moment;
  ticks = in_same_call ? ticks + 1 : 0;
  last_moment = moment;
  if (ticks >= kTicksPerLimit) Leave(stuck_out, stuck_err, stuck_status);
}

// --- outside of them ---

void Handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigfillset(&action.sa_mask);
  if (::sigaction(signal, &action, nullptr) != 0) std::abort();
}

void HandleCrashes() {
  if (!LastWords::CatchesCrashes()) return;
  stack_t stack{};
  stack.ss_sp = crash_stack.data();
  stack.ss_size = crash_stack.size();
  if (::sigaltstack(&stack, nullptr) != 0) std::abort();
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    Handle(signal, OnCrash, SA_ONSTACK | static_cast<int>(SA_RESETHAND));
}

// A timer of CPU time: a slow disk or a stopped process is nothing stuck.
void StartTicking(std::chrono::seconds limit) {
  static timer_t timer;
  static bool created = false;
  if (!created) {
    Handle(kTickSignal, OnTick, SA_RESTART);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = kTickSignal;
    if (::timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0) std::abort();
    created = true;
  }
  const auto tick = std::chrono::nanoseconds(limit) / kTicksPerLimit;
  itimerspec period{};
  period.it_interval.tv_sec = static_cast<time_t>(tick / std::chrono::seconds(1));
  period.it_interval.tv_nsec = static_cast<long>((tick % std::chrono::seconds(1)).count());
  period.it_value = period.it_interval;
  if (::timer_settime(timer, 0, &period, nullptr) != 0) std::abort();
}

}  // namespace

void LastWords::Arm(Words stuck, Words crashed, std::chrono::seconds limit) {
  sigset_t ticks, before;
  sigemptyset(&ticks);
  sigaddset(&ticks, kTickSignal);
  ::sigprocmask(SIG_BLOCK, &ticks, &before);
  Keep(stuck.out, stuck_out);
  Keep(stuck.err, stuck_err);
  Keep(crashed.out, crashed_out);
  Keep(crashed.err, crashed_err);
  stuck_status = stuck.status;
  crashed_status = crashed.status;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  HandleCrashes();
  StartTicking(limit);
}

bool LastWords::CatchesCrashes() { return !VERDICT_HAS_SANITIZER; }

std::chrono::seconds LastWords::LimitFrom(std::optional<std::string_view> text) {
  int seconds = 0;
  if (!text) return kLimit;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, seconds);
  if (read.ec != std::errc() || read.ptr != end || seconds < 1) return kLimit;
  return std::min(kLimit, std::chrono::seconds(seconds));
}

}  // namespace hooks
